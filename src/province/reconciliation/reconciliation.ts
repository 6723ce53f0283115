/** The words of the province's reconciliation. */

/** What the statement says of one booking. Amounts in đồng. */
export interface BankLine {
  readonly line: string;
  readonly bookedAt: Date;
  readonly direction: "in" | "out";
  readonly amount: number;
  readonly content: string;
}

/** remittance: the hub paid on · cash: handed over at the desk · transfer: recorded at the counter · refund: paid back. */
export type BankLineKind = "remittance" | "cash" | "transfer" | "refund" | "unmatched";

export type AnswerWord = "done" | "already" | "unknown" | "cannot-book";
export type CloseWord = "closed" | "already" | "nothing" | "reason-missing" | "amount-changed";
export type HandoverWord = "handed" | "already" | "nothing" | "slip-used";

/** Accounts that an accountant may say money belongs to. */
export const BOOKABLE = ["hub-clearing", "cash-in-transit", "returns-payable", "other-income", "bank-charges"] as const;
export type BookableAccount = (typeof BOOKABLE)[number];
