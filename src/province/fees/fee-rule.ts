/** What the rules of a procedure make a person owe. The rules themselves are part of the procedure's definition. */
import type { Text } from "#kit/i18n.ts";

/** One document of a fee counted by page, for the page that explains the amount. */
export type DueLine = {
  readonly label: string;
  readonly pages: number;
  readonly copies: number;
  readonly perCopy: number;
  readonly amount: number;
};

/** One line a person owes. `amount` is the total of the line; 0 only together with `exemption`. */
export type Due = {
  readonly code: string;
  /** fee = phí, charge = lệ phí: separate lines, separate receipts. */
  readonly kind: "fee" | "charge";
  readonly name: Text;
  readonly amount: number;
  readonly quantity?: number;
  readonly unitAmount?: number;
  /** The legal text the amount comes from. */
  readonly basis: string;
  readonly collect: "on-filing" | "on-result";
  /** false: not given back when the request is refused. */
  readonly refundable?: boolean;
  readonly exemption?: { readonly code: string; readonly reason: Text; readonly basis: string };
  readonly breakdown?: readonly DueLine[];
};

/** A line that is due although nobody has published how much: shown in words, never as 0. */
export type UndeterminedDue = Pick<Due, "code" | "kind" | "name" | "basis">;
