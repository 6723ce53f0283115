import type { Db } from "#kit/db.ts";
import { type LedgerFormat, ledgerHead, ledgerText } from "#kit/ledger-journal.ts";
import { readEntries } from "./ledger-view.ts";

/** The hub's whole ledger as text, piece by piece. */
export async function* exportLedger(db: Db, format: LedgerFormat): AsyncGenerator<string> {
  yield ledgerHead(format, "motcua: national payment hub");
  for await (const rows of readEntries(db)) yield ledgerText(format, rows);
}
