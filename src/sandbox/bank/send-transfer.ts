import type { Behaviour } from "../control/index.ts";
import type { Journal } from "../journal/index.ts";
import type { BankBook, BankEvent } from "./bank-book.ts";

export interface Bank {
  readonly book: BankBook;
  readonly journal: Journal<BankEvent>;
  /** Bearer key of the statement feed. */
  readonly key: string;
}

export interface Transfer {
  readonly account: string;
  readonly amount: number;
  readonly content: string;
  /** An order under a key that was booked before is that booking. */
  readonly key?: string;
}

/** The form's fields as a transfer; or the name of the field that is wrong. */
export function readTransfer(body: Readonly<Record<string, unknown>>): Transfer | { readonly wrong: string } {
  const account = String(body["tai-khoan"] ?? body.account ?? "").replace(/\s/g, "");
  const content = String(body["noi-dung"] ?? body.content ?? "")
    .normalize("NFC")
    .trim();
  const amount = Number(String(body["so-tien"] ?? body.amount ?? "").replace(/[\s.,]/g, "") || "0");
  if (!/^\d{6,20}$/.test(account)) return { wrong: "tai-khoan" };
  if (!Number.isSafeInteger(amount) || amount < 1 || amount > 999_999_999_999) return { wrong: "so-tien" };
  if (content === "" || content.length > 140) return { wrong: "noi-dung" };
  const key = typeof body["key"] === "string" ? body["key"].slice(0, 64) : "";
  return { account, amount, content, ...(key === "" ? {} : { key }) };
}

/**
 * Books a transfer, at once or as the control panel ordered: late, or taken back afterwards by a booking the other way.
 * Gives the bank's number, or undefined while it is held back.
 */
export function sendTransfer(bank: Bank, transfer: Transfer, behaviour: Behaviour | undefined): string | undefined {
  const before = transfer.key === undefined ? undefined : bank.book.ordered(transfer.key);
  if (before) return before.id;
  if (behaviour?.kind === "settle-late") {
    bank.journal.append({ kind: "held", ...transfer });
    setTimeout(() => book(bank, transfer, "in"), behaviour.ms).unref();
    return undefined;
  }
  const id = book(bank, transfer, "in");
  if (behaviour?.kind === "reversal") setTimeout(() => book(bank, transfer, "out"), behaviour.ms).unref();
  return id;
}

/** The holder of the account transfers to somebody. */
export function sendOut(bank: Bank, transfer: Transfer): string {
  return book(bank, transfer, "out");
}

function book(bank: Bank, transfer: Transfer, direction: "in" | "out"): string {
  const id = bank.book.nextId();
  bank.journal.append({ kind: "booked", id, direction, ...transfer });
  return id;
}
