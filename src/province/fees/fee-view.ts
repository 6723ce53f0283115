/** Read models of the room: they join the dossier and the receipts, and change nothing. `db` is the tenant's. */
import { type Db, statement } from "#kit/db.ts";
import type { Text } from "#kit/i18n.ts";
import type { Obligation, ObligationLine, PayableDossier, PaymentRequest, Transaction } from "./fee.ts";

const OBLIGATION = `o.id, o.dossier_id as "dossierId", o.total, o.state, o.occasion, o.reason, o.pay_code as "payCode",
     o.due_at as "dueAt", o.created_at as "createdAt", o.paid_at as "paidAt",
     (select coalesce(jsonb_agg(jsonb_build_object('code', l.code, 'kind', l.kind, 'name', l.name, 'amount', l.amount,
        'quantity', l.quantity, 'unitAmount', l.unit_amount, 'basis', l.basis, 'exemption', l.exemption,
        'refundable', l.refundable) order by l.position), '[]')
      from due_line l where l.obligation_id = o.id) as lines`;

type ObligationRow = Omit<Obligation, "lines"> & { lines: ObligationLine[] };

const selectObligations = statement<ObligationRow, [dossier: string]>(
  "fees.list-obligations",
  `select ${OBLIGATION} from obligation o where o.dossier_id = $1 and o.state <> 'cancelled'
   order by o.created_at, o.occasion, o.id limit 50`,
);

const selectObligationById = statement<ObligationRow, [id: string]>(
  "fees.find-obligation-by-id",
  `select ${OBLIGATION} from obligation o where o.id = $1`,
);

const selectObligationByPayCode = statement<ObligationRow, [code: string]>(
  "fees.find-obligation-by-pay-code",
  `select ${OBLIGATION} from obligation o where o.pay_code = $1`,
);

/** What a request pays, in the order in which it was asked for. */
const selectPartsOfRequest = statement<ObligationRow, [request: string]>(
  "fees.list-parts-of-request",
  `select ${OBLIGATION} from payment_request_part p join obligation o on o.id = p.obligation_id
   join payment_request r on r.id = p.request_id where p.request_id = $1 order by (o.id = r.obligation_id) desc, o.created_at, o.id`,
);

const selectDossier = statement<PayableDossier, [dossier: string]>(
  "fees.find-payable-dossier",
  `select id, number, code, state, applicant_sub as "applicantSub", applicant, procedure, agency from dossier where id = $1`,
);

const selectUnfinished = statement<PaymentRequest, [dossier: string]>(
  "fees.find-unfinished-request",
  `select r.id, r.obligation_id as "obligationId", o.dossier_id as "dossierId", r.reference, r.amount, r.state,
     r.pay_url as "payUrl", r.ask_count as "askCount", r.created_at as "createdAt"
   from payment_request_part p join payment_request r on r.id = p.request_id join obligation o on o.id = p.obligation_id
   where o.dossier_id = $1 and p.active and o.state = 'due' order by (r.state = 'verifying') desc, r.created_at limit 1`,
);

const selectUnfinishedFor = statement<PaymentRequest, [obligation: string]>(
  "fees.find-unfinished-request-for",
  `select r.id, r.obligation_id as "obligationId", o.dossier_id as "dossierId", r.reference, r.amount, r.state,
     r.pay_url as "payUrl", r.ask_count as "askCount", r.created_at as "createdAt"
   from payment_request_part p join payment_request r on r.id = p.request_id join obligation o on o.id = r.obligation_id
   where p.obligation_id = $1 and p.active`,
);

/** In the order in which we learned of them. Attempts, and requests of which the hub says that an attempt is undecided. */
const TRANSACTIONS = `
  select t.id, t.recorded_at::text as key, d.id as "dossierId", d.number as "dossierNumber", d.code as "dossierCode", t.at, t.amount, t.state,
    t.hub_transaction as "hubTransaction", s.kept, t.method,
    (select x.state from payment_dispute x where x.attempt_id = t.attempt_id and x.state in ('open', 'lost')
     order by x.state = 'lost' desc limit 1) as dispute,
    coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'kind', c.kind) order by c.kind desc, c.number)
      from receipt c where c.settlement_id = s.id and not exists (select 1 from receipt n where n.replaces = c.id)), '[]') as receipts
  from (
    select case when p.obligation_id = r.obligation_id then a.id else md5(a.id::text || p.obligation_id)::uuid end as id,
      a.occurred_at as at, a.recorded_at, p.amount, a.state, a.hub_transaction, p.obligation_id, a.id as attempt_id,
      null::uuid as counter_id, 'online' as method
    from payment_attempt a join payment_request r on r.id = a.request_id join payment_request_part p on p.request_id = r.id
    union all
    select case when p.obligation_id = r.obligation_id then r.id else md5(r.id::text || p.obligation_id)::uuid end,
      r.created_at, r.changed_at, p.amount, 'verifying', null, p.obligation_id, null, null, 'online'
    from payment_request r join payment_request_part p on p.request_id = r.id where r.state = 'verifying'
    union all
    select c.id, c.received_at, c.recorded_at, c.amount, 'succeeded', nullif(c.reference, ''), c.obligation_id, null, c.id, c.method
    from counter_payment c
  ) t
  join obligation o on o.id = t.obligation_id
  join dossier d on d.id = o.dossier_id
  left join settlement s on s.obligation_id = t.obligation_id and (s.attempt_id = t.attempt_id or s.counter_payment_id = t.counter_id)`;

const selectTransactionsOf = statement<
  Transaction & TransactionKey,
  [sub: string, before: string | null, beforeId: string | null, limit: number]
>(
  "fees.list-transactions-of",
  `${TRANSACTIONS}
   where d.applicant_sub = $1 and ($2::timestamptz is null or (t.recorded_at, t.id) < ($2::timestamptz, $3::uuid))
   order by t.recorded_at desc, t.id desc limit $4`,
);

/** Oldest first, as the source shows them; a dossier has few. */
const selectTransactionsOfDossier = statement<Transaction, [dossier: string]>(
  "fees.list-transactions-of-dossier",
  `select * from (${TRANSACTIONS} where d.id = $1 order by t.recorded_at desc, t.id desc limit 100) latest
   order by key::timestamptz, id`,
);

const selectSettlement = statement<SettlementRow, [settlement: string]>(
  "fees.find-settlement",
  `select s.id, o.id as "obligationId", o.dossier_id as "dossierId", s.amount, s.settled_at as "settledAt", coalesce(a.bank, '') as bank,
     s.kept, coalesce(c.method, 'online') as method, c.payer_name as "payerName"
   from settlement s join obligation o on o.id = s.obligation_id left join payment_attempt a on a.id = s.attempt_id
     left join counter_payment c on c.id = s.counter_payment_id where s.id = $1`,
);

const OWED = `select o.id as "obligationId", o.dossier_id as "dossierId", d.number, d.code, d.procedure -> 'name' as "procedureName",
     d.agency ->> 'id' as "agencyId", o.total, o.due_at as "dueAt", o.occasion, o.reason,
     (select r.state from payment_request_part p join payment_request r on r.id = p.request_id
      where p.obligation_id = o.id and p.active limit 1) as unfinished
   from obligation o join dossier d on d.id = o.dossier_id
   where d.applicant_sub = $1 and o.state = 'due' and d.state not in ('draft', 'declined', 'withdrawn', 'stopped')`;

/** The person's filed dossiers that owe money now, oldest debt first. */
const selectOwedBy = statement<OwedRow, [sub: string]>("fees.list-owed-by", `${OWED} order by o.due_at, o.id limit 50`);

/** The same of the parts of one linked filing, in the order of their numbers. */
const selectOwedInFiling = statement<OwedRow, [sub: string, whole: string]>(
  "fees.list-owed-in-filing",
  `${OWED} and d.linked_whole = $2 order by d.number, o.due_at, o.id limit 50`,
);

const selectDossiers = statement<PayableDossier, [ids: readonly string[]]>(
  "fees.list-payable-dossiers",
  `select id, number, code, state, applicant_sub as "applicantSub", applicant, procedure, agency from dossier
   where id = any ($1::uuid[]) limit 1000`,
);

/** By official code or by number: for the national portal's question about what a dossier still owes. */
const selectDossierByName = statement<PayableDossier, [name: string]>(
  "fees.find-payable-dossier-by-name",
  `select id, number, code, state, applicant_sub as "applicantSub", applicant, procedure, agency from dossier
   where state <> 'draft' and (code = $1 or number::text = $1) limit 1`,
);

export interface SettlementRow {
  readonly id: string;
  readonly obligationId: string;
  readonly dossierId: string;
  readonly amount: number;
  readonly settledAt: Date;
  readonly bank: string;
  readonly kept: boolean;
  readonly method: "online" | "cash" | "transfer";
  /** Who paid at the desk. */
  readonly payerName: string | null;
}

/** One obligation that is due, in the list of what a person owes. */
export interface OwedRow {
  readonly obligationId: string;
  readonly dossierId: string;
  readonly number: number | null;
  readonly code: string | null;
  readonly procedureName: Text;
  readonly agencyId: string;
  readonly total: number;
  readonly dueAt: Date;
  readonly occasion: Obligation["occasion"];
  readonly reason: string | null;
  /** State of the request that is unfinished. */
  readonly unfinished: PaymentRequest["state"] | null;
}

/** Every obligation of a dossier that was not replaced, oldest first. */
export function listObligations(db: Db, dossierId: string): Promise<Obligation[]> {
  return db.many(selectObligations, [dossierId]);
}

/**
 * What the dossier owes now, as one: the lines of everything that is due. When nothing is, everything that was paid or
 * exempt. undefined: there never was anything. `of`: "fees" leaves postage out, which goes to the post and holds the letter
 * only.
 */
export async function findObligation(
  db: Db,
  dossierId: string,
  of: "fees" | "everything" = "everything",
): Promise<Obligation | undefined> {
  const all = (await listObligations(db, dossierId)).filter((one) => of === "everything" || one.occasion !== "postage");
  const due = all.filter((one) => one.state === "due");
  const shown = due.length > 0 ? due : all;
  const [first] = shown;
  if (!first) return undefined;
  const paid = shown.filter((one) => one.paidAt !== null);
  return {
    ...first,
    total: shown.reduce((sum, one) => sum + one.total, 0),
    state: due.length > 0 ? "due" : paid.length > 0 ? "paid" : first.state,
    paidAt: due.length > 0 ? null : (paid.at(-1)?.paidAt ?? null),
    dueAt: new Date(Math.min(...shown.map((one) => one.dueAt.getTime()))),
    lines: shown.flatMap((one) => one.lines),
  };
}

export function findObligationById(db: Db, id: string): Promise<Obligation | undefined> {
  return db.maybe(selectObligationById, [id]);
}

export function findObligationByPayCode(db: Db, code: string): Promise<Obligation | undefined> {
  return db.maybe(selectObligationByPayCode, [code]);
}

export function listPartsOfRequest(db: Db, requestId: string): Promise<Obligation[]> {
  return db.many(selectPartsOfRequest, [requestId]);
}

export function listOwedBy(db: Db, sub: string): Promise<OwedRow[]> {
  return db.many(selectOwedBy, [sub]);
}

export function listOwedInFiling(db: Db, filing: { wholeId: string; sub: string }): Promise<OwedRow[]> {
  return db.many(selectOwedInFiling, [filing.sub, filing.wholeId]);
}

/** `name`: official code or number. */
export function findPayableDossierByName(db: Db, name: string): Promise<PayableDossier | undefined> {
  return db.maybe(selectDossierByName, [name]);
}

export function findPayableDossier(db: Db, dossierId: string): Promise<PayableDossier | undefined> {
  return db.maybe(selectDossier, [dossierId]);
}

export function listPayableDossiers(db: Db, ids: readonly string[]): Promise<PayableDossier[]> {
  return db.many(selectDossiers, [ids]);
}

export function findUnfinishedRequest(db: Db, dossierId: string): Promise<PaymentRequest | undefined> {
  return db.maybe(selectUnfinished, [dossierId]);
}

/** The unfinished request that pays this obligation, alone or with others. */
export function findUnfinishedRequestFor(db: Db, obligationId: string): Promise<PaymentRequest | undefined> {
  return db.maybe(selectUnfinishedFor, [obligationId]);
}

export interface TransactionKey {
  /** When we learned of it, with the database's microseconds: the hub's own time has whole seconds only. */
  readonly key: string;
  readonly id: string;
}

/** The person's transactions in this province, newest first, one page; `next` is the key of the following page. */
export async function listTransactions(
  db: Db,
  sub: string,
  after: TransactionKey | undefined,
  size = 20,
): Promise<{ readonly rows: Transaction[]; readonly next: TransactionKey | undefined }> {
  const rows = await db.many(selectTransactionsOf, [sub, after?.key ?? null, after?.id ?? null, size + 1]);
  const last = rows[size - 1];
  return { rows: rows.slice(0, size), next: rows.length > size && last ? { key: last.key, id: last.id } : undefined };
}

export function listTransactionsOfDossier(db: Db, dossierId: string): Promise<Transaction[]> {
  return db.many(selectTransactionsOfDossier, [dossierId]);
}

export function findSettlement(db: Db, id: string): Promise<SettlementRow | undefined> {
  return db.maybe(selectSettlement, [id]);
}
