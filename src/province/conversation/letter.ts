/** The words of the conversation room. */
export type Side = "citizen" | "officer";

export type LetterFile = {
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
};

export type Letter = {
  readonly id: string;
  readonly side: Side;
  readonly authorName: string;
  readonly body: string;
  readonly at: Date;
  /** When the other side first saw it. */
  readonly readAt: Date | null;
  readonly files: readonly LetterFile[];
};

export const BODY_MAX = 4_000;
export const FILES_MAX = 5;
/** Of one side on one dossier. */
export const LETTERS_MAX = 100;

export type LetterRefusal = "not-found" | "closed" | "too-many";
