/**
 * A ledger as text that other programs read: hledger's journal format, or CSV. Pure; both ledgers of the country (the
 * national hub's and each province's) are written by it. Amounts are whole đồng; debits positive, credits negative.
 */
import { formatIsoLocal, plainDateOf } from "./calendar.ts";

export interface LedgerEntryRow {
  readonly transaction: number;
  readonly kind: string;
  /** What the transaction is about: id of a settlement, a refund, an obligation, … */
  readonly subject: string;
  readonly at: Date;
  readonly account: string;
  readonly amount: number;
}

export type LedgerFormat = "hledger" | "csv";

export const LEDGER_FORMATS: readonly LedgerFormat[] = ["hledger", "csv"];

/** First line of the file. */
export function ledgerHead(format: LedgerFormat, owner: string): string {
  return format === "csv" ? "transaction,date,at,kind,subject,account,amount\n" : `; ${owner}\ncommodity 1000. VND\n`;
}

/**
 * Entries of whole transactions, in their order. hledger refuses a transaction that does not sum to zero: reading the file
 * checks every one of them again.
 */
export function ledgerText(format: LedgerFormat, rows: readonly LedgerEntryRow[]): string {
  let text = "";
  let current = -1;
  for (const row of rows) {
    if (format === "csv") {
      const fields = [
        row.transaction,
        plainDateOf(row.at),
        formatIsoLocal(row.at),
        row.kind,
        row.subject,
        row.account,
        row.amount,
      ];
      text += `${fields.map(csvField).join(",")}\n`;
      continue;
    }
    if (row.transaction !== current) {
      current = row.transaction;
      text += `\n${plainDateOf(row.at)} * (${row.transaction}) ${plain(row.kind)} | ${plain(row.subject)}\n`;
    }
    text += `    ${plain(row.account)}  ${row.amount} VND\n`;
  }
  return text;
}

/** Nothing that ends a name in the journal format: line ends, comments, two blanks. */
function plain(text: string): string {
  return text.replace(/[\s;|]+/g, " ").trim();
}

function csvField(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
