/** What travels with a page to be drawn: plain data, the same for the viewer and the editor. */

/** How a step stands. `problem`: a check found something there. */
export type Mark = "done" | "current" | "late" | "problem" | "changed" | "added";

export interface Picture {
  /** BPMN 2.0 with its drawing. */
  readonly xml: string;
  readonly marks: Readonly<Record<string, Mark>>;
  readonly words: PictureWords;
}

export interface PictureWords {
  /** What a screen reader calls the picture. */
  readonly label: string;
  readonly closer: string;
  readonly farther: string;
  readonly whole: string;
  readonly marks: Readonly<Record<Mark, string>>;
}
