import type { CopyStatement } from "#kit/db-copy.ts";
import { type Database, type Db, statement } from "#kit/db.ts";
import type { DaySum } from "./file-tally.ts";
import type { DifferenceKind, Side } from "./reconciliation.ts";

const IMPORT = `id, n, provider, file_name as "fileName", day, lines_loaded as "linesLoaded", lag_days as "lagDays",
  loaded_at as "loadedAt", compared_at as "comparedAt"`;

const insertImport = statement<
  ImportRow,
  [provider: string, hash: string, name: string, day: string | null, source: string]
>(
  "reconciliation.insert-import",
  `insert into reconciliation_import (provider, file_hash, file_name, day, source) values ($1, $2, $3, $4, $5)
   on conflict on constraint reconciliation_import_once do nothing returning ${IMPORT}`,
);

const selectImport = statement<ImportRow, [provider: string, hash: string]>(
  "reconciliation.find-import",
  `select ${IMPORT} from reconciliation_import where provider = $1 and file_hash = $2`,
);

/**
 * Nothing is written unless this batch is the next one: a second process with the same file cannot add a line twice. A batch
 * need not be on the disk before the next one is sent: lines and their count go together, and the end of loading waits for
 * all of them.
 */
const claimBatch = statement<unknown, [n: number, from: number, count: number]>(
  "reconciliation.claim-batch",
  `with quick as materialized (select set_config('synchronous_commit', 'off', true) as said)
   update reconciliation_import set lines_loaded = $2::int + $3::int from quick
   where n = $1 and lines_loaded = $2::int and loaded_at is null and quick.said = 'off'`,
);

const copyRows: CopyStatement = {
  name: "reconciliation.copy-rows",
  text: `copy reconciliation_row (import_n, line, reference, provider_transaction, is_refund, status, amount, fee, occurred_on,
    settled_on) from stdin`,
};

const finishLoading = statement<unknown, [n: number, lag: number]>(
  "reconciliation.finish-loading",
  "update reconciliation_import set loaded_at = coalesce(loaded_at, now()), lag_days = coalesce(lag_days, $2) where n = $1",
);

/**
 * Hash tables of a million names fit; only for this transaction. The rows were written a moment ago and have no statistics:
 * without them the planner would sort both sides by name instead of hashing.
 */
const giveMemory = statement<unknown, []>(
  "reconciliation.give-memory",
  `select set_config('work_mem', '192MB', true), set_config('statement_timeout', '600s', true),
     set_config('enable_mergejoin', 'off', true), set_config('max_parallel_workers_per_gather', '2', true)`,
);

const VN_DAY = (instant: string) => `(${instant} at time zone 'Asia/Ho_Chi_Minh')::date`;

const OURS = (attempts: string, refunds: string) => `
  select a.provider_order as reference, false as is_refund, a.provider_transaction as transaction, a.amount,
    case a.state when 'succeeded' then 'success' when 'failed' then 'failed' else 'pending' end as status,
    ${VN_DAY("coalesce(s.settled_at, a.changed_at)")} as day
  from payment_attempt a left join settlement s on s.attempt_id = a.id where a.provider = $2 and ${attempts}
  union all
  select r.provider_refund, true, r.provider_transaction, r.amount,
    case r.state when 'refunded' then 'success' when 'declined' then 'failed' else 'pending' end,
    ${VN_DAY("coalesce(r.done_at, r.sent_at, r.requested_at)")}
  from refund r join settlement s on s.id = r.settlement_id where s.provider = $2 and r.sent_at is not null and not r.by_hand and ${refunds}`;

/**
 * VietQR: the statement names bookings, not our payments. Ours are the lines of the feed that were taken in, and captures
 * that say they came by a booking which the feed never had.
 */
const OURS_AT_BANK = (lines: string, settlements: string) => `
  select l.line as reference, false as is_refund, ''::text as transaction, l.amount, 'success'::text as status, ${VN_DAY("l.booked_at")} as day
  from bank_statement_line l where $2::text = 'vietqr' and l.outcome <> 'outgoing' and ${lines}
  union all
  select s.provider_transaction, false, '', s.amount, 'success', ${VN_DAY("s.settled_at")}
  from settlement s where s.provider = 'vietqr' and ${settlements}
    and not exists (select 1 from bank_statement_line l where l.line = s.provider_transaction)`;

/** One full join; whatever agrees stays in the database. */
const COMPARE = (theirs: string, ours: string, onlyTheirs: boolean) => `
  with theirs as (select * from reconciliation_row where import_n = $1 and ${theirs}),
  again as (select reference, is_refund, min(line) as first from reconciliation_row
    where cardinality($6::text[]) > 0 and import_n = $1 and reference = any ($6::text[]) group by reference, is_refund having count(*) > 1),
  ours as (${ours})
  select * from (
    select case
        when t.line is null then 'missing-theirs'
        when t.line > d.first then 'duplicate'
        when o.reference is null or (o.transaction <> '' and t.provider_transaction <> '' and o.transaction <> t.provider_transaction) then 'missing-ours'
        when t.amount <> o.amount then 'amount'
        when t.status <> o.status then 'status'
        when o.status = 'success' and (t.occurred_on <> o.day or t.settled_on - $3::int <> o.day) then 'date'
      end as kind, t.line, coalesce(t.reference, o.reference) as reference, coalesce(t.is_refund, o.is_refund) as "isRefund",
      t.amount as "theirAmount", t.fee as "theirFee", t.status as "theirStatus", t.provider_transaction as "theirTransaction", t.occurred_on as "theirDay",
      t.settled_on as "settledOn", o.amount as "ourAmount", o.status as "ourStatus", o.transaction as "ourTransaction", o.day as "ourDay"
    from theirs t ${onlyTheirs ? "left" : "full"} join ours o on o.reference = t.reference and o.is_refund = t.is_refund
    left join again d on d.reference = t.reference and d.is_refund = t.is_refund
    where t.line is not null or (o.status = 'success' and o.day between $4::date and $5::date)) compared
  where kind is not null order by line nulls last, reference limit 200001`;

type CompareParams = [n: number, provider: string, lag: number, from: string, to: string, repeated: readonly string[]];

const compareAll = statement<CompareRow, CompareParams>(
  "reconciliation.compare",
  COMPARE(
    "true",
    OURS(
      "a.created_at >= $4::date - 4 and a.created_at < $5::date + 3",
      "r.requested_at >= $4::date - 60 and r.requested_at < $5::date + 3",
    ),
    false,
  ),
);

const compareStatement = statement<CompareRow, CompareParams>(
  "reconciliation.compare-statement",
  COMPARE(
    "true",
    OURS_AT_BANK(
      "l.booked_at >= $4::date - 4 and l.booked_at < $5::date + 4",
      "s.settled_at >= $4::date - 4 and s.settled_at < $5::date + 4",
    ),
    false,
  ),
);

/** The same question for lines whose payment was begun outside those days. */
type CompareLinesParams = [...CompareParams, lines: number[], references: string[]];

const compareLines = statement<CompareRow, CompareLinesParams>(
  "reconciliation.compare-lines",
  COMPARE("line = any ($7)", OURS("a.provider_order = any ($8)", "r.provider_refund = any ($8)"), true),
);

const compareStatementLines = statement<CompareRow, CompareLinesParams>(
  "reconciliation.compare-statement-lines",
  COMPARE("line = any ($7)", OURS_AT_BANK("l.line = any ($8)", "s.provider_transaction = any ($8)"), true),
);

/** Those of our references that another file of the provider has. */
const elsewhere = statement<{ reference: string }, [provider: string, n: number, references: string[]]>(
  "reconciliation.elsewhere",
  `select distinct r.reference from reconciliation_import i join reconciliation_row r on r.import_n = i.n
   where i.provider = $1 and i.n <> $2 and i.loaded_at is not null and r.reference = any ($3)`,
);

const keepDifferences = statement<unknown, [importId: string, rows: string]>(
  "reconciliation.keep-differences",
  `insert into reconciliation_difference (import_id, kind, line, reference, is_refund, ours, theirs)
   select $1, d.kind, d.line, d.reference, d.is_refund, d.ours, d.theirs
   from jsonb_to_recordset($2::jsonb) as d(kind text, line int, reference text, is_refund boolean, ours jsonb, theirs jsonb)
   on conflict do nothing`,
);

const OPEN = "not exists (select 1 from reconciliation_action c where c.difference_id = d.id and c.action <> 'asked')";

/** What this file said before and says no more, and what other files missed that this one has. */
const closeGone = statement<unknown, [importId: string, n: number, provider: string, rows: string]>(
  "reconciliation.close-gone",
  `insert into reconciliation_action (difference_id, action)
   select d.id, 'gone' from reconciliation_difference d where ${OPEN} and (
     (d.import_id = $1 and not exists (select 1 from jsonb_to_recordset($4::jsonb) as c(kind text, line int, reference text, is_refund boolean)
        where c.kind = d.kind and c.reference = d.reference and c.is_refund = d.is_refund and coalesce(c.line, 0) = coalesce(d.line, 0)))
     or (d.import_id <> $1 and d.kind = 'missing-theirs' and exists (select 1 from reconciliation_import i where i.id = d.import_id and i.provider = $3)
        and exists (select 1 from reconciliation_row r where r.import_n = $2 and r.reference = d.reference and r.is_refund = d.is_refund)))`,
);

const hasOpenElsewhere = statement<{ some: boolean }, [importId: string]>(
  "reconciliation.has-open",
  `select exists (select 1 from reconciliation_difference d where (d.import_id = $1 or d.kind = 'missing-theirs') and ${OPEN}) as some`,
);

const bookCall = statement<{ days: number }, [importId: string, days: string]>(
  "reconciliation.book",
  "select reconciliation_book($1, $2::jsonb) as days",
);

const markCompared = statement<unknown, [n: number, matched: number]>(
  "reconciliation.mark-compared",
  "update reconciliation_import set compared_at = clock_timestamp(), matched = $2 where n = $1",
);

const comparedDays = statement<{ day: string }, [provider: string, days: string[]]>(
  "reconciliation.compared-days",
  "select distinct day from reconciliation_import where provider = $1 and day = any ($2::date[]) and compared_at is not null",
);

const remitCall = statement<{ made: number }, [through: string]>(
  "reconciliation.remit",
  "select remit_collected($1::date) as made",
);

export interface ImportRow {
  readonly id: string;
  readonly n: number;
  readonly provider: string;
  readonly fileName: string;
  readonly day: string | null;
  readonly linesLoaded: number;
  readonly lagDays: number | null;
  readonly loadedAt: Date | null;
  readonly comparedAt: Date | null;
}

export interface CompareRow {
  readonly kind: DifferenceKind;
  readonly line: number | null;
  readonly reference: string;
  readonly isRefund: boolean;
  readonly theirAmount: number | null;
  readonly theirFee: number | null;
  readonly theirStatus: string | null;
  readonly theirTransaction: string | null;
  readonly theirDay: string | null;
  readonly settledOn: string | null;
  readonly ourAmount: number | null;
  readonly ourStatus: string | null;
  readonly ourTransaction: string | null;
  readonly ourDay: string | null;
}

export interface KeptDifference {
  readonly kind: DifferenceKind;
  readonly line: number | null;
  readonly reference: string;
  readonly is_refund: boolean;
  readonly ours: Side | null;
  readonly theirs: Side | null;
}

/** The import of this file, made now or known from before. */
export async function putImport(
  db: Db,
  file: { provider: string; hash: string; name: string; day: string | null; source: string },
): Promise<ImportRow> {
  const made = await db.maybe(insertImport, [file.provider, file.hash, file.name, file.day, file.source]);
  return made ?? (await db.one(selectImport, [file.provider, file.hash]));
}

/** False when the batch is not the next one (another process was quicker). `lines` are in COPY's text format. */
export function putBatch(
  database: Database,
  batch: { readonly n: number; readonly from: number; readonly count: number; readonly lines: Buffer },
): Promise<boolean> {
  return database.tx(async (db) => {
    if ((await db.run(claimBatch, [batch.n, batch.from, batch.count])) === 0) return false;
    await db.copy(copyRows, batch.lines);
    return true;
  });
}

export async function endLoading(db: Db, n: number, lag: number): Promise<void> {
  await db.run(finishLoading, [n, lag]);
}

export interface CompareInput {
  readonly n: number;
  readonly provider: string;
  readonly lag: number;
  readonly from: string;
  readonly to: string;
  /** References that the file may have more than once: no others do. */
  readonly repeated: readonly string[];
}

/** Call it inside a transaction. */
export async function compareRows(db: Db, input: CompareInput): Promise<CompareRow[]> {
  await db.run(giveMemory, []);
  return db.many(input.provider === "vietqr" ? compareStatement : compareAll, [
    input.n,
    input.provider,
    input.lag,
    input.from,
    input.to,
    input.repeated,
  ]);
}

export function compareLate(db: Db, input: CompareInput, rows: readonly CompareRow[]): Promise<CompareRow[]> {
  const lines = rows.map((row) => row.line ?? 0);
  return db.many(input.provider === "vietqr" ? compareStatementLines : compareLines, [
    input.n,
    input.provider,
    input.lag,
    input.from,
    input.to,
    input.repeated,
    lines,
    rows.map((row) => row.reference),
  ]);
}

export async function findElsewhere(
  db: Db,
  provider: string,
  n: number,
  references: readonly string[],
): Promise<Set<string>> {
  return new Set((await db.many(elsewhere, [provider, n, [...references]])).map((row) => row.reference));
}

/** Writes what the comparison says, books the payout, closes what is no longer so. Inside the caller's transaction. */
export async function keepComparison(
  db: Db,
  file: ImportRow,
  result: { rows: readonly KeptDifference[]; days: readonly DaySum[]; matched: number },
): Promise<void> {
  const rows = JSON.stringify(result.rows);
  if (result.rows.length > 0) await db.run(keepDifferences, [file.id, rows]);
  if ((await db.one(hasOpenElsewhere, [file.id])).some) await db.run(closeGone, [file.id, file.n, file.provider, rows]);
  if (result.days.length > 0) await db.one(bookCall, [file.id, JSON.stringify(result.days)]);
  await db.run(markCompared, [file.n, result.matched]);
}

/** Which of these days have been compared. */
export async function findComparedDays(db: Db, provider: string, days: readonly string[]): Promise<Set<string>> {
  return new Set((await db.many(comparedDays, [provider, [...days]])).map((row) => row.day));
}

/** Pays on what was collected up to the day, once. Answers how many remittances were made. */
export async function remitThrough(db: Db, through: string): Promise<number> {
  return (await db.one(remitCall, [through])).made;
}
