/** Read models of the statement's and the till's pages. `db` is the tenant's everywhere here. */
import { type Db, statement } from "#kit/db.ts";
import type { BankLineKind } from "./reconciliation.ts";

const LINE = `b.id, b.account, b.line, b.booked_at as "bookedAt", b.direction, b.amount, b.content, b.kind, b.difference, b.source,
  a.action, a.account as "answerAccount", a.note, a.officer_name as "answeredBy"`;
const WAITS = "a.line_id is null and (b.kind = 'unmatched' or coalesce(b.difference, 0) <> 0)";

const selectOpen = statement<BankLineRow, [accounts: readonly string[]]>(
  "bank.list-open",
  `select ${LINE} from bank_line b left join bank_answer a on a.line_id = b.id
   where b.account = any ($1) and ${WAITS} order by b.booked_at, b.id limit 100`,
);

const selectRecent = statement<BankLineRow, [accounts: readonly string[], before: string | null]>(
  "bank.list-recent",
  `select ${LINE} from bank_line b left join bank_answer a on a.line_id = b.id
   where b.account = any ($1)
     and ($2::uuid is null or (b.booked_at, b.id) < (select x.booked_at, x.id from bank_line x where x.id = $2))
   order by b.booked_at desc, b.id desc limit 31`,
);

const selectLine = statement<BankLineRow & { open: boolean }, [id: string, accounts: readonly string[]]>(
  "bank.find-line",
  `select ${LINE}, ${WAITS} as open from bank_line b left join bank_answer a on a.line_id = b.id
   where b.id = $1 and b.account = any ($2)`,
);

/** Our own records that no line has confirmed yet. */
const selectExpected = statement<ExpectedRow, [agencies: readonly string[]]>(
  "bank.list-expected",
  `select * from (
     select 'transfer' as kind, c.reference, c.amount, c.received_at as since, c.officer_name as "officerName" from counter_payment c
       join obligation o on o.id = c.obligation_id join dossier d on d.id = o.dossier_id
     where c.method = 'transfer' and d.agency_id = any ($1) and not exists (select 1 from bank_line b where b.subject = c.id)
       and not exists (select 1 from bank_answer a where a.subject = c.id)
     union all
     select 'cash', h.slip, h.amount, h.handed_at, h.officer_name from cash_handover h
     where h.agency_id = any ($1) and not exists (select 1 from bank_line b where b.subject = h.id) and not exists (select 1 from bank_answer a where a.subject = h.id)
   ) e order by since limit 100`,
);

const selectBalances = statement<{ account: string; balance: number }, []>(
  "bank.balances",
  `select account, sum(amount)::bigint as balance from ledger_entry
   where account in ('bank', 'hub-clearing', 'cash', 'cash-in-transit', 'transfers-unmatched', 'outgoing-unmatched', 'returns-payable') group by account`,
);

const selectTill = statement<{ payments: number; amount: number }, [officer: string]>(
  "cash.till",
  `select count(*)::int as payments, coalesce(sum(c.amount), 0)::bigint as amount from counter_payment c
   where c.method = 'cash' and c.officer_id = $1 and not exists (select 1 from cash_close_payment x where x.counter_payment_id = c.id)`,
);

const selectClosings = statement<ClosingRow, [agencies: readonly string[], officer: string | null]>(
  "cash.closings",
  `select c.id, c.officer_name as "officerName", c.expected, c.counted, c.reason, c.closed_at as "closedAt", h.slip,
     case when h.id is null then null else exists (select 1 from bank_line b where b.subject = h.id)
       or exists (select 1 from bank_answer a where a.subject = h.id) end as confirmed
   from cash_close c left join cash_handover_close x on x.close_id = c.id left join cash_handover h on h.id = x.handover_id
   where c.agency_id = any ($1) and ($2::text is null or c.officer_id = $2) order by c.closed_at desc limit 50`,
);

const selectToHand = statement<{ amount: number }, [officer: string]>(
  "cash.to-hand-over",
  `select coalesce(sum(c.counted), 0)::bigint as amount from cash_close c
   where c.officer_id = $1 and not exists (select 1 from cash_handover_close x where x.close_id = c.id)`,
);

export interface BankLineRow {
  readonly id: string;
  readonly account: string;
  readonly line: string;
  readonly bookedAt: Date;
  readonly direction: "in" | "out";
  readonly amount: number;
  readonly content: string;
  readonly kind: BankLineKind;
  readonly difference: number | null;
  readonly source: "feed" | "file";
  readonly action: "matched" | "booked" | "explained" | null;
  readonly answerAccount: string | null;
  readonly note: string | null;
  readonly answeredBy: string | null;
}

export interface ExpectedRow {
  readonly kind: "transfer" | "cash";
  readonly reference: string;
  readonly amount: number;
  readonly since: Date;
  readonly officerName: string;
}

export interface ClosingRow {
  readonly id: string;
  readonly officerName: string;
  readonly expected: number;
  readonly counted: number;
  readonly reason: string;
  readonly closedAt: Date;
  readonly slip: string | null;
  /** By the statement; null before it is handed over. */
  readonly confirmed: boolean | null;
}

const PAGE = 30;

/** The hundred oldest lines that wait for a person. */
export function listOpenLines(db: Db, accounts: readonly string[]): Promise<BankLineRow[]> {
  return db.many(selectOpen, [accounts]);
}

/** Newest first, thirty at a time; `next` is the id to go on after. */
export async function listLines(
  db: Db,
  accounts: readonly string[],
  before: string | undefined,
): Promise<{ rows: readonly BankLineRow[]; next: string | undefined }> {
  const found = await db.many(selectRecent, [accounts, before ?? null]);
  const rows = found.slice(0, PAGE);
  return { rows, next: found.length > PAGE ? rows.at(-1)?.id : undefined };
}

export function findLine(
  db: Db,
  id: string,
  accounts: readonly string[],
): Promise<(BankLineRow & { open: boolean }) | undefined> {
  return db.maybe(selectLine, [id, accounts]);
}

export function listExpected(db: Db, agencies: readonly string[]): Promise<ExpectedRow[]> {
  return db.many(selectExpected, [agencies]);
}

/** Balances of the accounts around the bank, đồng; an account without entries is absent. */
export async function readBalances(db: Db): Promise<Readonly<Record<string, number>>> {
  return Object.fromEntries((await db.many(selectBalances, [])).map(({ account, balance }) => [account, balance]));
}

/** Cash that the officer took and has not closed. */
export function readTill(db: Db, officerId: string): Promise<{ payments: number; amount: number }> {
  return db.one(selectTill, [officerId]);
}

/** The last fifty; `officerId` leaves out everybody else's. */
export function listClosings(
  db: Db,
  agencies: readonly string[],
  officerId: string | undefined,
): Promise<ClosingRow[]> {
  return db.many(selectClosings, [agencies, officerId ?? null]);
}

/** Closed and not yet brought to the bank, đồng. */
export async function readToHandOver(db: Db, officerId: string): Promise<number> {
  return (await db.one(selectToHand, [officerId])).amount;
}
