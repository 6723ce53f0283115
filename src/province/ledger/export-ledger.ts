import type { Db } from "#kit/db.ts";
import { type LedgerFormat, ledgerHead, ledgerText } from "#kit/ledger-journal.ts";
import { readEntries } from "./ledger-view.ts";

/** The whole ledger of one province as text, piece by piece. `db` is the tenant's. */
export async function* exportLedger(db: Db, format: LedgerFormat, tenant: string): AsyncGenerator<string> {
  yield ledgerHead(format, `motcua: ${tenant}`);
  for await (const rows of readEntries(db)) yield ledgerText(format, rows);
}
