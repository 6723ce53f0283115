/** `db` is the tenant's everywhere here. */
import { type Db, statement } from "#kit/db.ts";
import type { LedgerEntryRow } from "#kit/ledger-journal.ts";

const selectBalances = statement<AccountBalance, []>(
  "province-ledger.balances",
  "select account, sum(amount)::bigint as balance, count(*) as entries from ledger_entry group by account order by account limit 1000",
);

/** Transactions about what these agencies are owed or took, and bookings on their payee's accounts. */
const selectScoped = statement<AccountBalance, [agencies: readonly string[], accounts: readonly string[]]>(
  "province-ledger.balances-of-agencies",
  `select e.account, sum(e.amount)::bigint as balance, count(*) as entries
   from ledger_transaction t join ledger_entry e on e.transaction_id = t.id
   where t.subject in (
     select o.id from obligation o join dossier d on d.id = o.dossier_id where d.agency_id = any ($1)
     union all
     select s.id from settlement s join obligation o on o.id = s.obligation_id join dossier d on d.id = o.dossier_id where d.agency_id = any ($1)
     union all
     select r.id from refund_due r join settlement s on s.id = r.settlement_id join obligation o on o.id = s.obligation_id
       join dossier d on d.id = o.dossier_id where d.agency_id = any ($1)
     union all
     select id from cash_close where agency_id = any ($1)
     union all
     select id from cash_handover where agency_id = any ($1)
     union all
     select id from bank_line where account = any ($2)
     union all
     select id from sender_return where account = any ($2)
     union all
     select id from post_settlement where agency_id = any ($1))
   group by e.account order by e.account limit 1000`,
);

const selectCheck = statement<LedgerCheck, []>(
  "province-ledger.check",
  `select (select coalesce(sum(amount), 0)::bigint from ledger_entry) as total,
     (select count(*) from (select transaction_id from ledger_entry group by transaction_id having sum(amount) <> 0) t) as unbalanced,
     (select count(*) from settlement s where not exists (select 1 from ledger_transaction t where t.subject = s.id))
       + (select count(*) from obligation o where not exists (select 1 from ledger_transaction t where t.subject = o.id)) as unbooked,
     (select coalesce(sum(amount), 0)::bigint from ledger_entry where account = 'receivable')
       - (select coalesce(sum(total), 0)::bigint from obligation where state = 'due') as "receivableDrift"`,
);

export interface AccountBalance {
  readonly account: string;
  /** đồng; debits positive */
  readonly balance: number;
  readonly entries: number;
}

/** All four are 0 in a ledger that is whole. */
export interface LedgerCheck {
  readonly total: number;
  readonly unbalanced: number;
  /** Obligations and settlements without a ledger transaction. */
  readonly unbooked: number;
  /** What the ledger says is owed, less what the unpaid obligations say. */
  readonly receivableDrift: number;
}

/** Balance of every account in đồng. */
export function listBalances(db: Db): Promise<AccountBalance[]> {
  return db.many(selectBalances, []);
}

/** The same of what concerns some agencies; `accounts` are their payees' at the bank. */
export function listBalancesOf(
  db: Db,
  agencies: readonly string[],
  accounts: readonly string[],
): Promise<AccountBalance[]> {
  return db.many(selectScoped, [agencies, accounts]);
}

export function checkLedger(db: Db): Promise<LedgerCheck> {
  return db.one(selectCheck, []);
}

const selectEntries = statement<LedgerEntryRow, [after: number, transactions: number]>(
  "province-ledger.list-entries",
  `select t.id as transaction, t.kind, t.subject, t.at, e.account, e.amount
   from (select * from ledger_transaction where id > $1 order by id limit $2) t
   join ledger_entry e on e.transaction_id = t.id order by t.id, e.id`,
);

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
