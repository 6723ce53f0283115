/** What an operator may do about a difference, and which entries that adds. Pure. Nothing here changes what was written. */
import type { DifferenceKind, Side } from "./reconciliation.ts";

export interface Booking {
  readonly debit: string;
  readonly credit: string;
  /** đồng */
  readonly amount: number;
}

export interface OpenDifference {
  readonly kind: DifferenceKind;
  readonly isRefund: boolean;
  readonly provider: string;
  readonly ours: Side | null;
  readonly theirs: Side | null;
}

const BANK = "bank:collection";
const UNIDENTIFIED = "suspense:unidentified";

/**
 * Money that came with the payout and that our books do not know is held in suspense; money of ours that the provider does
 * not have is a claim against it; where only the amount differs, what came is booked and the rest stays in the clearing
 * account. Undefined where no money is in question.
 */
export function bookingOf(one: OpenDifference): Booking | undefined {
  const theirs = one.theirs?.status === "success" ? one.theirs.amount : 0;
  const ours = one.ours?.status === "success" ? one.ours.amount : 0;
  // Its lines are booked when the feed is read; only what the statement denies is booked here.
  if (one.provider === "vietqr") {
    return one.kind === "missing-theirs" ? { debit: "disputed:vietqr", credit: BANK, amount: ours } : undefined;
  }
  const clearing = `clearing:${one.provider}`;
  const booking = ((): Booking | undefined => {
    switch (one.kind) {
      case "missing-ours":
      case "duplicate":
        return { debit: BANK, credit: UNIDENTIFIED, amount: theirs };
      case "missing-theirs":
        return { debit: `disputed:${one.provider}`, credit: clearing, amount: ours };
      case "status":
        return theirs > 0
          ? { debit: BANK, credit: UNIDENTIFIED, amount: theirs }
          : { debit: `disputed:${one.provider}`, credit: clearing, amount: ours };
      case "amount":
        return { debit: BANK, credit: clearing, amount: theirs };
      case "date":
        return undefined;
    }
  })();
  if (!booking || booking.amount <= 0) return undefined;
  return one.isRefund ? { ...booking, debit: booking.credit, credit: booking.debit } : booking;
}

/** Whether asking the provider can bring our books up: it has a success that we have not. */
export function mayAsk(one: Pick<OpenDifference, "kind" | "isRefund" | "ours">): boolean {
  return !one.isRefund && one.ours !== null && (one.kind === "status" || one.kind === "amount");
}
