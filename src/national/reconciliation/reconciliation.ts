/** The words of the reconciliation room. */
import type { PlainDate } from "#kit/calendar.ts";

/**
 * missing-ours: they have it, our books do not · missing-theirs: we have it, their file does not · amount, status: both
 * have it and disagree · duplicate: their file names it again · date: both have it, on different days (the cut-off).
 */
export type DifferenceKind = "missing-ours" | "missing-theirs" | "amount" | "status" | "duplicate" | "date";

export type FileStatus = "success" | "failed" | "pending" | "reversed";

/** One line of a provider's file, in the hub's own terms. */
export interface FileRow {
  /** The order's (or refund's) name at the provider, which we made. */
  readonly reference: string;
  readonly transaction: string;
  readonly isRefund: boolean;
  readonly status: FileStatus;
  /** đồng */
  readonly amount: number;
  readonly fee: number;
  /** Vietnamese calendar. */
  readonly occurredOn: PlainDate;
  readonly settledOn: PlainDate;
}

/** What one side says; `day` of ours is the day of settling, of theirs the day it occurred. */
export interface Side {
  readonly amount: number;
  readonly status: string;
  readonly transaction: string | null;
  readonly day: PlainDate;
  readonly settledOn?: PlainDate;
}

export interface Difference {
  readonly kind: DifferenceKind;
  /** Line of the file, the header being line 1; absent when the file has no such line. */
  readonly line?: number;
  readonly reference: string;
  readonly type: "payment" | "refund";
  readonly ours?: Side;
  readonly theirs?: Side;
}

export interface Reconciled {
  readonly importId: string;
  /** Lines of the file without its header. */
  readonly rows: number;
  /** Lines that agree with our books. */
  readonly matched: number;
  readonly differences: readonly Difference[];
}
