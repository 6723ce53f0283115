import { type Db, statement } from "#kit/db.ts";
import type { LedgerEntryRow } from "#kit/ledger-journal.ts";

const selectBalances = statement<AccountBalance, []>(
  "ledger.balances",
  `select account, sum(amount)::bigint as balance, coalesce(sum(amount) filter (where amount > 0), 0)::bigint as debit,
     coalesce(-sum(amount) filter (where amount < 0), 0)::bigint as credit, count(*) as entries
   from ledger_entry group by account order by account limit 1000`,
);

const selectCheck = statement<LedgerCheck, []>(
  "ledger.check",
  `select (select coalesce(sum(amount), 0)::bigint from ledger_entry) as total,
     (select count(*) from (select transaction_id from ledger_entry group by transaction_id having sum(amount) <> 0) t) as unbalanced,
     (select count(*) from settlement s where not exists (select 1 from ledger_transaction t where t.subject = s.id))
       + (select count(*) from refund r where r.state = 'refunded'
          and not exists (select 1 from ledger_transaction t where t.kind = 'refund' and t.subject = r.id)
          and not exists (select 1 from hand_transfer h join ledger_transaction t on t.kind = 'transfer-out' and t.subject = h.id
            where h.refund_id = r.id)) as unbooked,
     (select count(*) from ledger_transaction t where not case
        when t.kind in ('settlement', 'overpayment') then exists (select 1 from settlement s where s.id = t.subject)
        when t.kind in ('refund-due', 'refund', 'refund-declined') then exists (select 1 from refund r where r.id = t.subject)
        when t.kind = 'payout' then exists (select 1 from provider_payout p where p.id = t.subject)
        when t.kind in ('bank-credit', 'bank-debit') then exists (select 1 from bank_statement_line l where l.id = t.subject)
        when t.kind in ('transfer-out', 'transfer-matched') then exists (select 1 from hand_transfer h where h.id = t.subject)
        when t.kind in ('transfer-assigned', 'transfer-return', 'transfer-explained') then
          exists (select 1 from statement_proposal p where p.id = t.subject) or exists (select 1 from bank_statement_line l where l.id = t.subject)
        when t.kind in ('dispute', 'dispute-ended', 'dispute-lost') then exists (select 1 from dispute x where x.id = t.subject)
        when t.kind = 'remittance' then exists (select 1 from remittance m where m.id = t.subject)
        else exists (select 1 from reconciliation_difference d where d.id = t.subject) end) as "unexplained"`,
);

const selectEntries = statement<LedgerEntryRow, [after: number, transactions: number]>(
  "ledger.list-entries",
  `select t.id as transaction, t.kind, t.subject, t.at, e.account, e.amount
   from (select * from ledger_transaction where id > $1 order by id limit $2) t
   join ledger_entry e on e.transaction_id = t.id order by t.id, e.id`,
);

export interface AccountBalance {
  readonly account: string;
  /** đồng; debits less credits */
  readonly balance: number;
  readonly debit: number;
  readonly credit: number;
  readonly entries: number;
}

/** All four are 0 in a ledger that is whole. */
export interface LedgerCheck {
  readonly total: number;
  readonly unbalanced: number;
  /** Settlements and finished refunds without a ledger transaction. */
  readonly unbooked: number;
  /** Ledger transactions about nothing that exists. */
  readonly unexplained: number;
}

/** Balance of every account in đồng. */
export function listBalances(db: Db): Promise<AccountBalance[]> {
  return db.many(selectBalances, []);
}

export function checkLedger(db: Db): Promise<LedgerCheck> {
  return db.one(selectCheck, []);
}

const PAGE = 2_000;

/** Every entry in the order of its transaction, page by page (whole transactions): memory stays small. */
export async function* readEntries(db: Db): AsyncGenerator<readonly LedgerEntryRow[]> {
  let after = 0;
  for (;;) {
    const rows = await db.many(selectEntries, [after, PAGE]);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.transaction;
  }
}
