import type { Recorded } from "../journal/index.ts";

/** One booking on one account. */
export interface Booking {
  /** Grows, never used twice. */
  readonly id: string;
  readonly account: string;
  readonly direction: "in" | "out";
  /** đồng */
  readonly amount: number;
  readonly content: string;
  readonly bookedAt: string;
  /** Of whoever ordered it: the same key is the same booking. */
  readonly key?: string;
}

export type BankEvent =
  /** `id` is written with it, so that a restart never gives a number twice. */
  | ({ readonly kind: "booked" } & Omit<Booking, "bookedAt">)
  /** The payer has sent it, the bank books it later. */
  | { readonly kind: "held"; readonly account: string; readonly amount: number; readonly content: string };

/** Bookings of every account in the order in which they were made: rebuilt from the journal. */
export class BankBook {
  readonly bookings: Booking[] = [];

  readonly apply = (event: Recorded<BankEvent>): void => {
    if (event.kind !== "booked") return;
    const { seq: _seq, kind: _kind, at, ...booking } = event;
    this.bookings.push({ ...booking, bookedAt: at });
  };

  /** What was booked under this key before. */
  ordered(key: string): Booking | undefined {
    return this.bookings.find((one) => one.key === key);
  }

  /** `FT` and twelve digits. */
  nextId(): string {
    return `FT${String(this.bookings.length + 1).padStart(12, "0")}`;
  }

  /** Lines of an account behind line `since` and from an instant on, oldest first. */
  statement(account: string, since: string, from: Date | undefined, limit: number): Booking[] {
    return this.bookings
      .filter((one) => one.account === account && one.id > since && (!from || one.bookedAt >= from.toISOString()))
      .slice(0, limit);
  }
}
