/** Read models of the room: they join the dossier and the receipts, and change nothing. `db` is the tenant's. */
import { type Db, statement } from "#kit/db.ts";
import type { Obligation, ObligationLine, PayableDossier, PaymentRequest, Transaction } from "./fee.ts";

const selectObligation = statement<Omit<Obligation, "lines"> & { lines: ObligationLine[] }, [dossier: string]>(
  "fees.find-obligation",
  `select o.id, o.dossier_id as "dossierId", o.total, o.state, o.due_at as "dueAt", o.created_at as "createdAt", o.paid_at as "paidAt",
     (select coalesce(jsonb_agg(jsonb_build_object('code', l.code, 'kind', l.kind, 'name', l.name, 'amount', l.amount,
        'quantity', l.quantity, 'unitAmount', l.unit_amount, 'basis', l.basis, 'exemption', l.exemption) order by l.position), '[]')
      from due_line l where l.obligation_id = o.id) as lines
   from obligation o where o.dossier_id = $1`,
);

const selectDossier = statement<PayableDossier, [dossier: string]>(
  "fees.find-payable-dossier",
  `select id, number, code, state, applicant_sub as "applicantSub", applicant, procedure, agency from dossier where id = $1`,
);

const selectUnfinished = statement<PaymentRequest, [dossier: string]>(
  "fees.find-unfinished-request",
  `select r.id, r.obligation_id as "obligationId", o.dossier_id as "dossierId", r.reference, r.amount, r.state,
     r.pay_url as "payUrl", r.ask_count as "askCount", r.created_at as "createdAt"
   from payment_request r join obligation o on o.id = r.obligation_id
   where o.dossier_id = $1 and r.state in ('initiated', 'open', 'verifying')`,
);

/** In the order in which we learned of them. Attempts, and requests of which the hub says that an attempt is undecided. */
const TRANSACTIONS = `
  select t.id, t.recorded_at::text as key, d.id as "dossierId", d.number as "dossierNumber", d.code as "dossierCode", t.at, t.amount, t.state,
    t.hub_transaction as "hubTransaction", s.kept,
    coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'kind', c.kind) order by c.kind desc)
      from receipt c where c.settlement_id = s.id), '[]') as receipts
  from (
    select a.id, a.occurred_at as at, a.recorded_at, a.amount, a.state, a.hub_transaction, r.obligation_id, a.id as attempt_id
    from payment_attempt a join payment_request r on r.id = a.request_id
    union all
    select r.id, r.created_at, r.changed_at, r.amount, 'verifying', null, r.obligation_id, null from payment_request r where r.state = 'verifying'
  ) t
  join obligation o on o.id = t.obligation_id
  join dossier d on d.id = o.dossier_id
  left join settlement s on s.attempt_id = t.attempt_id`;

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

const selectSettlement = statement<
  { id: string; dossierId: string; amount: number; settledAt: Date; bank: string; kept: boolean },
  [settlement: string]
>(
  "fees.find-settlement",
  `select s.id, o.dossier_id as "dossierId", s.amount, s.settled_at as "settledAt", a.bank, s.kept
   from settlement s join obligation o on o.id = s.obligation_id join payment_attempt a on a.id = s.attempt_id where s.id = $1`,
);

export function findObligation(db: Db, dossierId: string): Promise<Obligation | undefined> {
  return db.maybe(selectObligation, [dossierId]);
}

export function findPayableDossier(db: Db, dossierId: string): Promise<PayableDossier | undefined> {
  return db.maybe(selectDossier, [dossierId]);
}

export function findUnfinishedRequest(db: Db, dossierId: string): Promise<PaymentRequest | undefined> {
  return db.maybe(selectUnfinished, [dossierId]);
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

export function findSettlement(
  db: Db,
  id: string,
): Promise<
  { id: string; dossierId: string; amount: number; settledAt: Date; bank: string; kept: boolean } | undefined
> {
  return db.maybe(selectSettlement, [id]);
}
