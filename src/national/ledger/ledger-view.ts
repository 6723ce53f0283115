import { type Db, statement } from "#kit/db.ts";

const selectBalances = statement<{ account: string; balance: number; entries: number }, []>(
  "ledger.balances",
  "select account, sum(amount)::bigint as balance, count(*) as entries from ledger_entry group by account order by account limit 1000",
);

const selectCheck = statement<LedgerCheck, []>(
  "ledger.check",
  `select (select coalesce(sum(amount), 0)::bigint from ledger_entry) as total,
     (select count(*) from (select transaction_id from ledger_entry group by transaction_id having sum(amount) <> 0) t) as unbalanced,
     (select count(*) from settlement s where not exists (select 1 from ledger_transaction t where t.subject = s.id)) as unbooked,
     (select count(*) from ledger_transaction t where not exists (select 1 from settlement s where s.id = t.subject)) as "unexplained"`,
);

/** All four are 0 in a ledger that is whole. */
export interface LedgerCheck {
  readonly total: number;
  readonly unbalanced: number;
  /** Settlements without a ledger transaction. */
  readonly unbooked: number;
  /** Ledger transactions without a settlement. */
  readonly unexplained: number;
}

/** Balance of every account in đồng. */
export function listBalances(db: Db): Promise<{ account: string; balance: number; entries: number }[]> {
  return db.many(selectBalances, []);
}

export function checkLedger(db: Db): Promise<LedgerCheck> {
  return db.one(selectCheck, []);
}
