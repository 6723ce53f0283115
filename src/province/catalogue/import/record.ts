/** A procedure as a file of the national catalogue says it, whatever the file's shape. Texts are clean (NFC) but nothing is judged yet. */
import type { Way } from "#province/procedure/index.ts";

export type RawLevel = "central" | "province" | "district" | "commune" | "other";
export type RawTimeUnit = "working_day" | "day" | "hour" | "month" | "year";

export interface RawChannel {
  readonly way: Way;
  /** Null when the file gives none, or only a placeholder that means "see the text". */
  readonly time: { readonly amount: number; readonly unit: RawTimeUnit } | null;
  readonly timeText?: string;
  /** Null: the file says nothing. Zero: the file says "0", which by itself means nothing either. */
  readonly fee: number | null;
  readonly currency: string;
  readonly feeName?: string;
  readonly note?: string;
  /** The amounts stand in the note, not in the number. */
  readonly feeSeeNote?: boolean;
}

export interface RawPaper {
  readonly case: string | null;
  readonly name: string;
  readonly originals: number;
  readonly copies: number;
  readonly form?: string;
  /** A remark of the law that stands among the papers. */
  readonly isNote: boolean;
}

export interface RawProcedure {
  /** As written; judged by `readCode`. */
  readonly code: string;
  readonly name: string;
  readonly field: string | null;
  readonly levels: readonly RawLevel[];
  readonly issuer: string | null;
  readonly decision: string | null;
  readonly agencies: readonly string[];
  readonly audience: readonly string[];
  readonly channels: readonly RawChannel[];
  readonly timeText?: string;
  readonly feeText?: string;
  readonly papers: readonly RawPaper[];
  readonly results: readonly { readonly name: string; readonly code: string | null }[];
  readonly legalBasis: readonly string[];
  readonly steps: readonly { readonly title: string; readonly text: string }[];
  readonly conditions: string | null;
  /** Its page at the national portal. */
  readonly url?: string;
}

/** Why a record of a file was not taken. */
export type RejectReason =
  | "not-json"
  | "not-a-procedure"
  | "broken-utf8"
  | "too-large"
  | "columns"
  | "code-missing"
  | "code-shape"
  | "code-of-other-province"
  | "code-twice"
  | "name-missing"
  | "name-too-long"
  | "text-too-long"
  | "time"
  | "fee"
  | "levels";

/** One record of a file: understood, or refused with its reason. `line` counts from 1. */
export type ReadRecord =
  | { readonly line: number; readonly raw: RawProcedure }
  | { readonly line: number; readonly code: string | null; readonly reason: RejectReason };

/** A value of a file that cannot be read; carries the reason. */
export class RecordError extends Error {
  readonly reason: RejectReason;

  constructor(reason: RejectReason) {
    super(reason);
    this.reason = reason;
  }
}
