/** Read models of the accountant's pages. `db` is the tenant's; `agencies` are the units that the officer may look at. */
import { AppError } from "#kit/errors.ts";
import { type Db, statement } from "#kit/db.ts";
import type { PlainDate } from "#kit/calendar.ts";

const OF_DAY = `>= ($1::date::timestamp at time zone 'Asia/Ho_Chi_Minh')`;
const BEFORE_NEXT = `< (($1::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh')`;

const selectTakings = statement<TakingsRow, [day: string, agencies: readonly string[]]>(
  "accounting.takings",
  `select coalesce(c.method, 'online') as method, coalesce(nullif(a.bank, ''), c.method, '') as channel,
     case when o.occasion = 'postage' then 'postage' else l.kind end as kind,
     count(distinct s.id) as payments, sum(l.amount)::bigint as amount
   from settlement s join obligation o on o.id = s.obligation_id join dossier d on d.id = o.dossier_id
     join due_line l on l.obligation_id = o.id and l.amount > 0
     left join payment_attempt a on a.id = s.attempt_id left join counter_payment c on c.id = s.counter_payment_id
   where s.kept and s.settled_at ${OF_DAY} and s.settled_at ${BEFORE_NEXT} and d.agency_id = any ($2)
   group by 1, 2, 3 order by 1, 2, 3 limit 500`,
);

const selectAgencyTakings = statement<AgencyTakingsRow, [day: string, agencies: readonly string[]]>(
  "accounting.takings-by-agency",
  `select d.agency_id as agency, count(*)::int as payments, sum(s.amount)::bigint as amount
   from settlement s join obligation o on o.id = s.obligation_id join dossier d on d.id = o.dossier_id
   where s.kept and s.settled_at ${OF_DAY} and s.settled_at ${BEFORE_NEXT} and d.agency_id = any ($2)
   group by d.agency_id order by 3 desc, 1 limit 500`,
);

/** The last 30 days up to and with the day. */
const selectDays = statement<DayRow, [day: string, agencies: readonly string[]]>(
  "accounting.days",
  `select to_char(x.day, 'YYYY-MM-DD') as day, coalesce(sum(l.amount) filter (where l.kind = 'fee'), 0)::bigint as fee,
     coalesce(sum(l.amount) filter (where l.kind = 'charge'), 0)::bigint as charge
   from generate_series(($1::date - 29)::timestamp, $1::date::timestamp, interval '1 day') as x (day)
     left join settlement s on s.kept and s.settled_at >= (x.day at time zone 'Asia/Ho_Chi_Minh')
       and s.settled_at < ((x.day + interval '1 day') at time zone 'Asia/Ho_Chi_Minh')
       and exists (select 1 from obligation o join dossier d on d.id = o.dossier_id where o.id = s.obligation_id and d.agency_id = any ($2))
     left join due_line l on l.obligation_id = s.obligation_id
   group by x.day order by x.day`,
);

/**
 * Money that is neither applied to its dossier nor given back: a kept payment of a dossier that does not know it, that
 * ended without a result, or that has no receipt yet; and every payment that was not kept until its refund is done.
 */
const selectUnsettled = statement<UnsettledRow, [agencies: readonly string[]]>(
  "accounting.unsettled",
  `select * from (
     select s.id as "settlementId", d.id as "dossierId", coalesce(d.code, d.number::text) as name, d.applicant ->> 'name' as applicant,
       coalesce(r.amount, case when s.kept then (select coalesce(sum(amount) filter (where refundable), 0) from due_line where obligation_id = o.id)
         else s.amount end)::bigint as amount, s.settled_at as "settledAt",
       coalesce(c.method, 'online') as method,
       case when r.id is not null then r.reason
         when d.state in ('declined', 'withdrawn', 'stopped') then 'dossier-over'
         when o.occasion <> 'postage' and not exists (select 1 from obligation x where x.dossier_id = d.id and x.state = 'due' and x.occasion <> 'postage') and d.fee_state <> 'paid' then 'dossier-not-told'
         when not exists (select 1 from receipt e where e.settlement_id = s.id) then 'no-receipt' end as why,
       r.id as "refundId", q.state as "refundState", q.payee_name as "payeeName", q.payee_account as "payeeAccount", q.note,
       q.proposed_by as "proposedBy", q.proposed_name as "proposedName", q.proposed_at as "proposedAt",
       q.approved_name as "approvedName", q.approved_at as "approvedAt", q.refusal
     from settlement s join obligation o on o.id = s.obligation_id join dossier d on d.id = o.dossier_id
       left join refund_due r on r.settlement_id = s.id left join refund_decision q on q.refund_due_id = r.id
       left join counter_payment c on c.id = s.counter_payment_id
     where d.agency_id = any ($1) and coalesce(q.state, '') <> 'done'
       -- What a bank or wallet wants back, or has taken, stands in a list of its own (dispute-view.ts).
       and not exists (select 1 from payment_dispute x where x.attempt_id = s.attempt_id
         and (x.state = 'open' or x.state = 'lost' and x.consequence <> 'by-hand'))
   ) t where why is not null and amount > 0 order by "settledAt" limit 200`,
);

const selectRefunded = statement<UnsettledRow, [agencies: readonly string[]]>(
  "accounting.refunded",
  `select s.id as "settlementId", d.id as "dossierId", coalesce(d.code, d.number::text) as name, d.applicant ->> 'name' as applicant,
     r.amount, q.finished_at as "settledAt", coalesce(c.method, 'online') as method, r.reason as why, r.id as "refundId",
     q.state as "refundState", q.payee_name as "payeeName", q.payee_account as "payeeAccount", coalesce(q.reference, '') as note,
     q.proposed_by as "proposedBy", q.proposed_name as "proposedName", q.proposed_at as "proposedAt",
     q.approved_name as "approvedName", q.approved_at as "approvedAt", q.refusal
   from refund_decision q join refund_due r on r.id = q.refund_due_id join settlement s on s.id = r.settlement_id
     join obligation o on o.id = s.obligation_id join dossier d on d.id = o.dossier_id left join counter_payment c on c.id = s.counter_payment_id
   where q.state = 'done' and d.agency_id = any ($1) order by q.finished_at desc limit 50`,
);

/** A receipt stays what was issued; this says that its money is not there any more: taken back by a bank, or refunded whole. */
const GONE_BACK = `case when exists (select 1 from settlement s join payment_dispute x on x.attempt_id = s.attempt_id
         where s.id = e.settlement_id and x.state = 'lost' and x.consequence <> 'by-hand') then 'taken-back'
       when exists (select 1 from settlement s join refund_due r on r.settlement_id = s.id
         join refund_decision q on q.refund_due_id = r.id
         where s.id = e.settlement_id and q.state = 'done' and r.amount >= s.amount) then 'returned' end`;

const RECEIPT = `select e.id, e.form, e.series, e.number, e.created_at as "createdAt", e.paid_at as "paidAt", e.kind, e.amount,
     e.content -> 'payer' ->> 'name' as payer, e.content -> 'payer' ->> 'address' as address,
     (select string_agg(line ->> 'name', '; ' order by place)
      from jsonb_array_elements(e.content -> 'lines') with ordinality l (line, place)) as what,
     (select string_agg(line ->> 'unitAmount', '; ' order by place)
      from jsonb_array_elements(e.content -> 'lines') with ordinality l (line, place)) as rate,
     coalesce(d.code, d.number::text) as dossier, d.id as "dossierId",
     o.form as "oldForm", o.series as "oldSeries", o.number as "oldNumber", e.replacement_reason as reason,
     (select n.series || '/' || lpad(n.number::text, 8, '0') from receipt n where n.replaces = e.id) as "replacedBy",
     ${GONE_BACK} as "goneBack"
   from receipt e join dossier d on d.id = e.dossier_id left join receipt o on o.id = e.replaces`;

/** So many receipts stand on a page; the table for the tax office reads one page after the other. */
export const RECEIPTS_PAGE = 2_000;
const RECEIPT_PAGES_MAX = 100;

/** 01/TH-BLĐT: every receipt of the day, in order of its number. */
const selectReceipts = statement<
  ReceiptRow,
  [day: string, agencies: readonly string[], form: string, series: string, number: number]
>(
  "accounting.receipts-of-day",
  `${RECEIPT}
   where e.created_at ${OF_DAY} and e.created_at ${BEFORE_NEXT} and d.agency_id = any ($2)
     and (e.form, e.series, e.number) > ($3, $4, $5)
   order by e.form, e.series, e.number limit ${RECEIPTS_PAGE}`,
);

const selectReceipt = statement<ReceiptRow, [id: string, agencies: readonly string[]]>(
  "accounting.receipt",
  `${RECEIPT}
   where e.id = $1 and d.agency_id = any ($2)`,
);

/** Numbers of a series: how many were given, the last one, and whether one is missing. */
const selectSeries = statement<SeriesRow, []>(
  "accounting.series",
  `select c.form, c.series, c.last, count(e.id) as issued, count(e.id) filter (where e.replaces is not null) as replacements,
     c.last - count(e.id) as missing
   from receipt_counter c left join receipt e on e.form = c.form and e.series = c.series
   group by c.form, c.series, c.last order by c.series desc limit 100`,
);

export interface TakingsRow {
  readonly method: "online" | "cash" | "transfer";
  /** Bank or wallet as the hub names it. */
  readonly channel: string;
  /** postage is collected for the post */
  readonly kind: "fee" | "charge" | "postage";
  readonly payments: number;
  readonly amount: number;
}

export interface AgencyTakingsRow {
  readonly agency: string;
  readonly payments: number;
  readonly amount: number;
}

export interface DayRow {
  readonly day: PlainDate;
  readonly fee: number;
  readonly charge: number;
}

export type WhyUnsettled =
  | "postage-unused"
  | "obligation-already-paid"
  | "obligation-cancelled"
  | "dossier-over"
  | "dossier-not-told"
  | "no-receipt";

export interface UnsettledRow {
  readonly settlementId: string;
  readonly dossierId: string;
  readonly name: string;
  readonly applicant: string;
  readonly amount: number;
  readonly settledAt: Date;
  readonly method: "online" | "cash" | "transfer";
  readonly why: WhyUnsettled;
  readonly refundId: string | null;
  readonly refundState: "proposed" | "approved" | "sent" | "refused" | "done" | null;
  readonly payeeName: string | null;
  readonly payeeAccount: string | null;
  readonly note: string | null;
  readonly proposedBy: string | null;
  readonly proposedName: string | null;
  readonly proposedAt: Date | null;
  readonly approvedName: string | null;
  readonly approvedAt: Date | null;
  /** Why the hub refused. */
  readonly refusal: string | null;
}

export interface ReceiptRow {
  readonly id: string;
  readonly form: string;
  readonly series: string;
  readonly number: number;
  readonly createdAt: Date;
  readonly paidAt: Date;
  readonly kind: "fee" | "charge";
  readonly amount: number;
  readonly payer: string;
  readonly address: string | null;
  /** Names of its lines, and what one of each costs in đồng. */
  readonly what: string;
  readonly rate: string;
  readonly dossier: string;
  readonly dossierId: string;
  readonly oldForm: string | null;
  readonly oldSeries: string | null;
  readonly oldNumber: number | null;
  readonly reason: string | null;
  readonly replacedBy: string | null;
  readonly goneBack: "taken-back" | "returned" | null;
}

export interface SeriesRow {
  readonly form: string;
  readonly series: string;
  readonly last: number;
  readonly issued: number;
  readonly replacements: number;
  readonly missing: number;
}

export function listTakings(db: Db, day: PlainDate, agencies: readonly string[]): Promise<TakingsRow[]> {
  return db.many(selectTakings, [day, agencies]);
}

export function listAgencyTakings(db: Db, day: PlainDate, agencies: readonly string[]): Promise<AgencyTakingsRow[]> {
  return db.many(selectAgencyTakings, [day, agencies]);
}

export function listDays(db: Db, day: PlainDate, agencies: readonly string[]): Promise<DayRow[]> {
  return db.many(selectDays, [day, agencies]);
}

export function listUnsettled(db: Db, agencies: readonly string[]): Promise<UnsettledRow[]> {
  return db.many(selectUnsettled, [agencies]);
}

export function listRefunded(db: Db, agencies: readonly string[]): Promise<UnsettledRow[]> {
  return db.many(selectRefunded, [agencies]);
}

/** The next receipts of the day after this one, at most a page. */
export function listReceiptsOfDay(
  db: Db,
  day: PlainDate,
  agencies: readonly string[],
  after?: Pick<ReceiptRow, "form" | "series" | "number">,
): Promise<ReceiptRow[]> {
  const { form, series, number } = after ?? { form: "", series: "", number: 0 };
  return db.many(selectReceipts, [day, agencies, form, series, number]);
}

/** The whole day, however many pages: a table for the tax office with receipts left out would be wrong. */
export async function listAllReceiptsOfDay(
  db: Db,
  day: PlainDate,
  agencies: readonly string[],
): Promise<readonly ReceiptRow[]> {
  const rows: ReceiptRow[] = [];
  for (let page = 0; page < RECEIPT_PAGES_MAX; page += 1) {
    const next = await listReceiptsOfDay(db, day, agencies, rows.at(-1));
    rows.push(...next);
    if (next.length < RECEIPTS_PAGE) return rows;
  }
  throw new AppError("too-large", { message: "more receipts in a day than a table holds" });
}

export function findReceiptRow(db: Db, id: string, agencies: readonly string[]): Promise<ReceiptRow | undefined> {
  return db.maybe(selectReceipt, [id, agencies]);
}

export function listSeries(db: Db): Promise<SeriesRow[]> {
  return db.many(selectSeries, []);
}
