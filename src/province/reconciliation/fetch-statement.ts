import type { Database } from "#kit/db.ts";
import type { Periodic } from "#kit/jobs.ts";
import type { Log } from "#kit/log.ts";
import { fetchStatement } from "#protocols/vietqr/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import { findCursor, moveCursor, rematchLines, takeLines } from "./bank-store.ts";

export interface BankDeps {
  readonly database: Database;
  readonly log: Log;
  readonly tenants: readonly { readonly tenant: Tenant; readonly partner: string }[];
  /** The treasury's statement feed; absent: accountants bring statements by hand. */
  readonly feed: { readonly url: string; readonly key: string } | undefined;
}

const EVERY_MS = 60_000;
const LINES = 100;
const ROUNDS = 10;

/** Every minute: what is new on the payees' accounts of every province. */
export function bankJobs(deps: BankDeps): { periodic: Periodic[] } {
  if (!deps.feed) return { periodic: [] };
  return { periodic: [{ name: "province.bank-statement", everyMs: EVERY_MS, run: () => fetchStatements(deps) }] };
}

/** A bank that is silent is asked again at the next round; one account's trouble stops no other. */
export async function fetchStatements(deps: BankDeps): Promise<void> {
  for (const { tenant, partner } of deps.tenants) {
    for (const account of new Set(tenant.payment.payees.map((payee) => payee.account))) {
      try {
        await fetchAccount(deps, tenant.code, partner, account);
      } catch (error) {
        deps.log.warn({ err: error, tenant: tenant.code }, "the treasury's statement was not read");
      }
    }
    await rematchLines(deps.database, tenant.code);
  }
}

/** Bounded: at most 1,000 lines a run; the next run goes on behind the cursor. */
async function fetchAccount(
  { database, feed, log }: BankDeps,
  tenant: string,
  partner: string,
  account: string,
): Promise<void> {
  if (!feed) return;
  const db = database.forTenant(tenant);
  for (let round = 0; round < ROUNDS; round += 1) {
    const since = await findCursor(db, account);
    const found = await fetchStatement({ ...feed, account }, { limit: LINES, ...(since ? { since } : {}) });
    const last = found.at(-1);
    if (!last) return;
    const lines = found.map(({ id, bookedAt, direction, amount, content }) => ({
      line: id,
      bookedAt,
      direction,
      amount,
      content,
    }));
    const { taken, contradicts } = await takeLines(database, { tenant, account, source: "feed", partner, lines });
    if (taken > 0) log.info({ tenant, taken }, "statement lines taken in");
    if (contradicts)
      log.error({ tenant, line: contradicts }, "the bank says something else about a booking than before");
    await moveCursor(db, account, last.id);
    if (found.length < LINES) return;
  }
}
