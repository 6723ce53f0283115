import { type Database, type Db, statement } from "#kit/db.ts";

const proposeCall = statement<
  { word: ProposeWord },
  [tenant: string, settlement: string, payee: string, account: string, note: string, officer: string, name: string]
>("accounting.propose-refund", "select refund_propose($1, $2, $3, $4, $5, $6, $7) as word");

const approveCall = statement<{ word: ApproveWord }, [tenant: string, refund: string, officer: string, name: string]>(
  "accounting.approve-refund",
  "select refund_approve($1, $2, $3, $4) as word",
);

const finishCall = statement<{ word: FinishWord }, [tenant: string, refund: string, reference: string, actor: string]>(
  "accounting.finish-refund",
  "select refund_finish($1, $2, $3, $4) as word",
);

const askAgainCall = statement<{ word: AskAgainWord }, [tenant: string, refund: string, officer: string]>(
  "accounting.ask-again",
  "select refund_ask_again($1, $2, $3) as word",
);

const heardCall = statement<
  { state: string | null },
  [tenant: string, refund: string, round: number, word: string, reference: string, reason: string, next: Date | null]
>("accounting.refund-heard", "select refund_heard($1, $2, $3, $4, $5, $6, $7) as state");

const claimCall = statement<{ id: string }, [limit: number]>(
  "accounting.claim-refunds",
  "select id from refund_claim($1)",
);

const selectToSend = statement<RefundToSend, [refund: string]>(
  "accounting.refund-to-send",
  `select q.refund_due_id as id, q.round, q.state, d.amount, d.reason, q.note, q.payee_name as "payeeName",
     q.payee_account as "payeeAccount", q.ask_count as "askCount", r.reference, a.hub_transaction as "hubTransaction"
   from refund_decision q join refund_due d on d.id = q.refund_due_id join settlement s on s.id = d.settlement_id
     join payment_attempt a on a.id = s.attempt_id join payment_request r on r.id = a.request_id
   where q.refund_due_id = $1 and q.state in ('approved', 'sent')`,
);

/** A refund that the hub is asked for, or asked about. */
export interface RefundToSend {
  readonly id: string;
  readonly round: number;
  readonly state: "approved" | "sent";
  /** đồng */
  readonly amount: number;
  readonly reason: string;
  readonly note: string;
  readonly payeeName: string;
  readonly payeeAccount: string;
  readonly askCount: number;
  readonly reference: string;
  readonly hubTransaction: string;
}

export type ProposeWord = "proposed" | "already" | "not-found" | "not-refundable";
export type ApproveWord = "approved" | "already" | "same-person" | "not-found";
export type FinishWord = "done" | "already" | "not-approved" | "by-hub" | "not-found";
export type AskAgainWord = "approved" | "not-refused";
/** What the hub said; unheard: nothing, ask again later. */
export type HeardWord = "sent" | "done" | "refused" | "unheard";

interface Person {
  readonly id: string;
  readonly name: string;
}

/** A first officer says that the money of a settlement goes back, and where to. */
export async function proposeRefund(
  database: Database,
  input: {
    readonly tenant: string;
    readonly settlementId: string;
    readonly payeeName: string;
    readonly payeeAccount: string;
    readonly note: string;
    readonly officer: Person;
  },
): Promise<ProposeWord> {
  const { tenant, settlementId, payeeName, payeeAccount, note, officer } = input;
  const params = [tenant, settlementId, payeeName, payeeAccount, note, officer.id, officer.name] as const;
  return (await database.one(proposeCall, [...params])).word;
}

/** A second officer agrees; the same person gets `same-person`, and the table itself refuses it too. */
export async function approveRefund(
  database: Database,
  tenant: string,
  refundId: string,
  officer: Person,
): Promise<ApproveWord> {
  return (await database.one(approveCall, [tenant, refundId, officer.id, officer.name])).word;
}

/** The money has left; `reference` is the transfer's. */
export async function finishRefund(
  database: Database,
  tenant: string,
  refundId: string,
  reference: string,
  officer: Person,
): Promise<FinishWord> {
  return (await database.one(finishCall, [tenant, refundId, reference, `officer:${officer.id}`])).word;
}

/** The hub refused: it will be asked again under another number. */
export async function askRefundAgain(
  database: Database,
  tenant: string,
  refundId: string,
  officer: Person,
): Promise<AskAgainWord> {
  return (await database.one(askAgainCall, [tenant, refundId, officer.id])).word;
}

/** Takes refunds whose time to be asked about has come, each for one process at a time. `db` is the tenant's. */
export async function claimRefunds(db: Db, limit: number): Promise<string[]> {
  return (await db.many(claimCall, [limit])).map((row) => row.id);
}

/** undefined: it needs no asking any more. */
export function findRefundToSend(db: Db, id: string): Promise<RefundToSend | undefined> {
  return db.maybe(selectToSend, [id]);
}

/** Writes down what the hub said about this round; saying it again changes nothing. The state afterwards. */
export async function hearRefund(
  database: Database,
  tenant: string,
  refund: Pick<RefundToSend, "id" | "round">,
  heard: { readonly word: HeardWord; readonly reference?: string; readonly reason?: string; readonly next?: Date },
): Promise<string | null> {
  const { word, reference, reason, next } = heard;
  const params = [tenant, refund.id, refund.round, word, reference ?? "", reason ?? "", next ?? null] as const;
  return (await database.one(heardCall, [...params])).state;
}
