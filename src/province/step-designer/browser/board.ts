/** What the editor's page brings along: the drawing, what checks found, and every word that the editor shows. */
import type { PictureWords } from "./picture.ts";

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface BoardProblem {
  readonly element: string;
  readonly message: string;
}

export interface Board {
  readonly lang: "vi" | "en";
  readonly problems: readonly BoardProblem[];
  readonly words: BoardWords;
  readonly picture: PictureWords;
  readonly roles: readonly Choice[];
  /** "own" first, then the province's agencies. */
  readonly units: readonly Choice[];
  readonly kinds: readonly Choice[];
  readonly acts: readonly Choice[];
  readonly facts: readonly (Choice & { readonly values: readonly Choice[] })[];
}

export interface BoardWords {
  readonly board: string;
  readonly panel: string;
  readonly element: string;
  readonly process: string;
  readonly types: {
    readonly start: string;
    readonly end: string;
    readonly step: string;
    readonly call: string;
    readonly exclusive: string;
    readonly parallel: string;
    readonly timer: string;
    readonly wait: string;
    readonly flow: string;
    readonly note: string;
    readonly other: string;
  };
  readonly name: string;
  readonly english: string;
  readonly flowName: string;
  readonly role: string;
  readonly unit: string;
  readonly hours: string;
  readonly hoursHint: string;
  readonly kind: string;
  readonly act: string;
  readonly duration: string;
  readonly durationUnit: string;
  readonly hoursUnit: string;
  readonly daysUnit: string;
  readonly isDefault: string;
  readonly condition: string;
  readonly conditionNone: string;
  readonly conditionIs: string;
  readonly conditionIsNot: string;
  readonly conditionValue: string;
  readonly ways: string;
  readonly add: string;
  readonly addTimer: string;
  readonly connect: string;
  readonly connectButton: string;
  readonly remove: string;
  readonly undo: string;
  readonly redo: string;
  readonly problemsHere: string;
  readonly newStep: string;
  readonly newCall: string;
  readonly notSaved: string;
  readonly broken: string;
  readonly removed: string;
  readonly added: string;
  readonly connected: string;
  readonly refused: string;
  readonly hint: string;
}
