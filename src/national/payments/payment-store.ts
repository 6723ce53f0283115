import { type Db, statement } from "#kit/db.ts";
import type { OrderDetails, PaymentAttempt, PaymentOrder, Source } from "./payment.ts";
import type { AttemptState } from "./payment-lifecycle.ts";

const ORDER = `id, merchant, reference, amount, information, dossier, details, state,
  created_at as "createdAt", expires_at as "expiresAt", paid_at as "paidAt"`;
const ATTEMPT = `id, order_id as "orderId", provider, channel, provider_order as "providerOrder",
  hub_transaction as "hubTransaction", amount, state, reason, pay_url as "payUrl", provider_code as "providerCode",
  provider_transaction as "providerTransaction", ask_count as "askCount", created_at as "createdAt",
  expires_at as "expiresAt", changed_at as "changedAt",
  (select s.kept from settlement s where s.attempt_id = payment_attempt.id) as kept,
  (select d.state from settlement s join dispute d on d.settlement_id = s.id where s.attempt_id = payment_attempt.id
   and d.state in ('open', 'answered', 'lost') limit 1) as dispute`;

const insertOrder = statement<
  { id: string },
  [
    merchant: string,
    reference: string,
    hash: string,
    amount: number,
    information: string,
    dossier: string,
    details: string,
    expiresAt: Date,
  ]
>(
  "payments.insert-order",
  `insert into payment_order (merchant, reference, request_hash, amount, information, dossier, details, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8)
   on conflict on constraint payment_order_reference_once do nothing returning id`,
);

const selectOrderByReference = statement<PaymentOrder & { requestHash: string }, [merchant: string, reference: string]>(
  "payments.find-order-by-reference",
  `select ${ORDER}, request_hash as "requestHash" from payment_order where merchant = $1 and reference = $2`,
);

const selectOrder = statement<PaymentOrder, [id: string]>(
  "payments.find-order",
  `select ${ORDER} from payment_order where id = $1`,
);

const selectAttempt = statement<PaymentAttempt, [id: string]>(
  "payments.find-attempt",
  `select ${ATTEMPT} from payment_attempt where id = $1`,
);

/** An order has as many attempts as the payer had patience; pages and answers show the latest hundred. */
const selectAttempts = statement<PaymentAttempt, [order: string]>(
  "payments.list-attempts",
  `select * from (select ${ATTEMPT} from payment_attempt where order_id = $1 order by created_at desc, id desc limit 100) latest
   order by "createdAt", id`,
);

const startAttemptCall = statement<
  { word: StartWord },
  [
    order: string,
    attempt: string,
    provider: string,
    channel: string,
    providerOrder: string,
    expiresAt: Date,
    firstAskAt: Date,
  ]
>("payments.start", "select payment_start($1, $2, $3, $4, $5, $6, $7) as word");

const stepCall = statement<
  { state: AttemptState | null },
  [attempt: string, action: string, source: string, payUrl: string | null, code: string | null]
>("payments.step", "select payment_step($1, $2, $3, $4, $5) as state");

const settleCall = statement<
  SettleAnswer,
  [
    provider: string,
    providerOrder: string,
    outcome: "captured" | "failed",
    amount: number,
    transaction: string | null,
    code: string | null,
    reason: string | null,
    source: string,
    nextAskAt: Date | null,
    raw: string,
  ]
>(
  "payments.settle",
  `select verdict, attempt_id as "attemptId", order_id as "orderId"
   from payment_settle($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
);

const settleManyCall = statement<
  { n: number } & Omit<SettleAnswer, "verdict"> & { verdict: SettleVerdict | "failed-alone" },
  [reports: string]
>(
  "payments.settle-many",
  `select n, verdict, attempt_id as "attemptId", order_id as "orderId" from payment_settle_many($1::jsonb)`,
);

const reversedCall = statement<
  ReversedAnswer,
  [
    provider: string,
    providerOrder: string,
    amount: number,
    code: string,
    source: string,
    nextAskAt: Date | null,
    raw: string,
  ]
>(
  "payments.reversed",
  `select verdict, attempt_id as "attemptId", order_id as "orderId" from payment_reversed($1, $2, $3, $4, $5, $6, $7)`,
);

/** The lease of 15 s is longer than a provider's time-out, and ends by itself when the asking process dies. */
const claimDue = statement<PaymentAttempt, [limit: number]>(
  "payments.claim-due",
  `update payment_attempt set next_ask_at = now() + interval '15 seconds', ask_count = ask_count + 1
   where id in (select id from payment_attempt where next_ask_at <= now() order by next_ask_at limit $1 for update skip locked)
   returning ${ATTEMPT}`,
);

const setNextAsk = statement<unknown, [attempt: string, at: Date | null]>(
  "payments.set-next-ask",
  "update payment_attempt set next_ask_at = $2 where id = $1 and state <> 'succeeded'",
);

const historyBreaks = statement<{ order: string; seq: number }, [orders: string[]]>(
  "payments.history-breaks",
  `select id as "order", payment_history_broken(id) as seq from payment_order
   where id = any($1) and payment_history_broken(id) is not null`,
);

const insertEvidence = statement<unknown, [source: string, reason: string, raw: string]>(
  "payments.insert-evidence",
  // A flood of rubbish must not fill the disk: beyond 600 a minute the first ones are evidence enough.
  `insert into payment_evidence (source, reason, raw) select $1, $2, left($3, 20000)
   where coalesce((select e.received_at < clock_timestamp() - interval '1 minute'
     from payment_evidence e order by e.id desc offset 599 limit 1), true)`,
);

export type StartWord = "started" | "replayed" | "paid" | "expired" | "busy" | "unknown-order" | "id-taken";

export type SettleVerdict =
  | "settled"
  | "overpaid"
  | "failed"
  | "already"
  | "unknown-order"
  | "amount-differs"
  | "transaction-differs";

export interface SettleAnswer {
  readonly verdict: SettleVerdict;
  readonly attemptId: string | null;
  readonly orderId: string | null;
}

/** disputed: we had it as a success; it stays one until somebody decides. */
export type ReversedAnswer = Omit<SettleAnswer, "verdict"> & { readonly verdict: SettleVerdict | "disputed" };

export interface NewOrder {
  readonly merchant: string;
  readonly reference: string;
  readonly requestHash: string;
  readonly amount: number;
  readonly information: string;
  readonly dossier: string;
  readonly details: OrderDetails;
  readonly expiresAt: Date;
}

/** Inserts the order, or finds the one under the same reference; `requestHash` of what is there tells whether it is the same. */
export async function putOrder(db: Db, order: NewOrder): Promise<{ id: string; requestHash: string }> {
  const made = await db.maybe(insertOrder, [
    order.merchant,
    order.reference,
    order.requestHash,
    order.amount,
    order.information,
    order.dossier,
    JSON.stringify(order.details),
    order.expiresAt,
  ]);
  if (made) return { id: made.id, requestHash: order.requestHash };
  return db.one(selectOrderByReference, [order.merchant, order.reference]);
}

export function findOrder(db: Db, id: string): Promise<PaymentOrder | undefined> {
  return db.maybe(selectOrder, [id]);
}

export function findOrderByReference(db: Db, merchant: string, reference: string): Promise<PaymentOrder | undefined> {
  return db.maybe(selectOrderByReference, [merchant, reference]);
}

export function findAttempt(db: Db, id: string): Promise<PaymentAttempt | undefined> {
  return db.maybe(selectAttempt, [id]);
}

/** Oldest first. */
export function listAttempts(db: Db, orderId: string): Promise<PaymentAttempt[]> {
  return db.many(selectAttempts, [orderId]);
}

export async function putAttempt(
  db: Db,
  attempt: {
    orderId: string;
    id: string;
    provider: string;
    channel: string;
    providerOrder: string;
    expiresAt: Date;
    firstAskAt: Date;
  },
): Promise<StartWord> {
  const { orderId, id, provider, channel, providerOrder, expiresAt, firstAskAt } = attempt;
  return (await db.one(startAttemptCall, [orderId, id, provider, channel, providerOrder, expiresAt, firstAskAt])).word;
}

/** The state afterwards. */
export async function stepAttempt(
  db: Db,
  attempt: string,
  action: "accept" | "doubt",
  source: Source,
  more: { payUrl?: string; code?: string } = {},
): Promise<AttemptState | null> {
  return (await db.one(stepCall, [attempt, action, source, more.payUrl ?? null, more.code ?? null])).state;
}

export interface SettleInput {
  readonly provider: string;
  readonly providerOrder: string;
  readonly outcome: "captured" | "failed";
  readonly amount: number;
  readonly transaction?: string;
  readonly code?: string;
  readonly reason?: string;
  readonly source: Source;
  readonly nextAskAt?: Date;
  /** What came, for the evidence. */
  readonly raw: string;
}

export function settleInDatabase(db: Db, input: SettleInput): Promise<SettleAnswer> {
  return db.one(settleCall, [
    input.provider,
    input.providerOrder,
    input.outcome,
    input.amount,
    input.transaction ?? null,
    input.code ?? null,
    input.reason ?? null,
    input.source,
    input.nextAskAt ?? null,
    input.raw,
  ]);
}

/** A provider took a payment back; see the function's words in the migration. */
export function reverseInDatabase(
  db: Db,
  input: Omit<SettleInput, "outcome" | "transaction" | "reason" | "code"> & { readonly code: string },
): Promise<ReversedAnswer> {
  const { provider, providerOrder, amount, code, source, nextAskAt, raw } = input;
  return db.one(reversedCall, [provider, providerOrder, amount, code, source, nextAskAt ?? null, raw]);
}

/** Settles up to 64 reports in one transaction; undefined where a row failed by itself and nothing of it is written. */
export async function settleManyInDatabase(
  db: Db,
  inputs: readonly SettleInput[],
): Promise<readonly (SettleAnswer | undefined)[]> {
  const answers: (SettleAnswer | undefined)[] = inputs.map(() => undefined);
  for (const { n, verdict, attemptId, orderId } of await db.many(settleManyCall, [JSON.stringify(inputs)])) {
    if (verdict !== "failed-alone") answers[n - 1] = { verdict, attemptId, orderId };
  }
  return answers;
}

/** Takes attempts whose time to be asked about has come; each for one process at a time. */
export function claimDueAttempts(db: Db, limit: number): Promise<PaymentAttempt[]> {
  return db.many(claimDue, [limit]);
}

export async function askAgainAt(db: Db, attempt: string, at: Date | undefined): Promise<void> {
  await db.run(setNextAsk, [attempt, at ?? null]);
}

/** Of these orders, those whose history has been tampered with, each with the place of the first row that does not fit. */
export function findHistoryBreaks(db: Db, orders: readonly string[]): Promise<{ order: string; seq: number }[]> {
  return db.many(historyBreaks, [[...orders]]);
}

export async function keepEvidence(db: Db, source: string, reason: string, raw: string): Promise<void> {
  await db.run(insertEvidence, [source, reason, raw]);
}
