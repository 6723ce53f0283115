import { type Db, statement } from "#kit/db.ts";
import type { Refund, RefundDue, RefundWish } from "./refund.ts";

const COLUMNS = `r.id, r.settlement_id as "settlementId", r.amount, r.reason, r.state, r.requested_by as "requestedBy",
  q.name as "requestedByName", r.requested_at as "requestedAt", r.decided_by as "decidedBy", p.name as "decidedByName",
  r.decided_at as "decidedAt", r.provider_transaction as "providerTransaction", r.provider_code as "providerCode",
  r.done_at as "doneAt", r.by_hand as "byHand", r.payee, r.merchant_refund_id as "wishId", r.decision_note as "decisionNote", s.provider, s.provider_transaction as transaction, s.amount as captured,
  a.hub_transaction as "hubTransaction", o.information`;
const FROM = `refund r join settlement s on s.id = r.settlement_id join payment_attempt a on a.id = s.attempt_id
  join payment_order o on o.id = s.order_id join operator q on q.id = r.requested_by left join operator p on p.id = r.decided_by`;

const selectOpen = statement<Refund, []>(
  "refunds.list-open",
  `select ${COLUMNS} from ${FROM} where r.done_at is null order by r.requested_at, r.id limit 200`,
);

const selectDone = statement<Refund, []>(
  "refunds.list-done",
  `select ${COLUMNS} from ${FROM} where r.done_at is not null order by r.done_at desc, r.id limit 50`,
);

const selectRefund = statement<Refund, [id: string]>("refunds.find", `select ${COLUMNS} from ${FROM} where r.id = $1`);

const WISH = `m.id, m.merchant, m.settlement_id as "settlementId", m.amount, s.amount as captured, m.reason, m.payee,
  m.received_at as "receivedAt", s.provider, a.hub_transaction as "hubTransaction", o.information
  from merchant_refund m join settlement s on s.id = m.settlement_id join payment_attempt a on a.id = s.attempt_id
  join payment_order o on o.id = s.order_id where m.state = 'waiting'`;

const selectWishes = statement<RefundWish, []>(
  "refunds.list-wishes",
  `select ${WISH} order by m.received_at, m.id limit 200`,
);

const selectWish = statement<RefundWish, [id: string]>("refunds.find-wish", `select ${WISH} and m.id = $1`);

const selectDues = statement<RefundDue, []>(
  "refunds.list-dues",
  `select d.settlement_id as "settlementId", d.amount, d.amount - coalesce(m.reserved, 0) as remaining, d.reason,
     d.created_at as since, s.provider, a.hub_transaction as "hubTransaction", o.information
   from refund_due d join settlement s on s.id = d.settlement_id join payment_attempt a on a.id = s.attempt_id
     join payment_order o on o.id = s.order_id left join refund_room m on m.settlement_id = d.settlement_id
   where d.amount > coalesce(m.reserved, 0) order by d.created_at, d.id limit 200`,
);

export interface RefundBoard {
  /** Asked for by agencies, taken up by nobody; oldest first. */
  readonly wishes: readonly RefundWish[];
  /** Must go back, nobody has asked for it yet; oldest first. */
  readonly dues: readonly RefundDue[];
  /** Asked for, approved, or on its way; oldest first. */
  readonly open: readonly Refund[];
  /** The latest fifty that are over, newest first. */
  readonly done: readonly Refund[];
}

export async function getRefundBoard(db: Db): Promise<RefundBoard> {
  const [wishes, dues, open, done] = await Promise.all([
    db.many(selectWishes, []),
    db.many(selectDues, []),
    db.many(selectOpen, []),
    db.many(selectDone, []),
  ]);
  return { wishes, dues, open, done };
}

export function findRefund(db: Db, id: string): Promise<Refund | undefined> {
  return db.maybe(selectRefund, [id]);
}

/** undefined: unknown, or somebody has taken it up or refused it. */
export function findWish(db: Db, id: string): Promise<RefundWish | undefined> {
  return db.maybe(selectWish, [id]);
}
