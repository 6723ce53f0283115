import { type Db, statement } from "#kit/db.ts";
import type { Dispute, DisputeEntry } from "./dispute.ts";

const DISPUTE = `x.id, x.settlement_id as "settlementId", x.kind, x.amount, x.reserved, x.source, x.provider_case as "providerCase",
  x.reason, to_char(x.due_on, 'YYYY-MM-DD') as "dueOn", x.state, x.opened_at as "openedAt", q.name as "openedByName",
  x.ended_at as "endedAt", s.provider, s.kept, s.amount as captured, a.hub_transaction as "hubTransaction", o.merchant, o.reference,
  o.information
  from dispute x join settlement s on s.id = x.settlement_id join payment_attempt a on a.id = s.attempt_id
    join payment_order o on o.id = s.order_id left join operator q on q.id = x.opened_by`;

const selectOpen = statement<Dispute, []>(
  "disputes.list-open",
  `select ${DISPUTE} where x.ended_at is null order by x.due_on, x.id limit 200`,
);

const selectEnded = statement<Dispute, []>(
  "disputes.list-ended",
  `select ${DISPUTE} where x.ended_at is not null order by x.ended_at desc limit 50`,
);

const selectOne = statement<Dispute, [id: string]>("disputes.find", `select ${DISPUTE} where x.id = $1`);

const selectHistory = statement<DisputeEntry, [id: string]>(
  "disputes.history",
  `select h.at, h.action, h.to_state as "toState", q.name as "operatorName", h.note from dispute_history h
     left join operator q on q.id = h.operator_id where h.dispute_id = $1 order by h.id limit 500`,
);

const selectSettlement = statement<{ id: string; amount: number }, [hubTransaction: string]>(
  "disputes.find-settlement",
  "select s.id, s.amount from settlement s join payment_attempt a on a.id = s.attempt_id where a.hub_transaction = $1",
);

/** Open ones, the nearest deadline first; the latest fifty that are over. */
export async function listDisputes(
  db: Db,
): Promise<{ readonly open: readonly Dispute[]; readonly ended: readonly Dispute[] }> {
  const [open, ended] = await Promise.all([db.many(selectOpen, []), db.many(selectEnded, [])]);
  return { open, ended };
}

export function findDispute(db: Db, id: string): Promise<Dispute | undefined> {
  return db.maybe(selectOne, [id]);
}

/** Oldest first. */
export function listDisputeHistory(db: Db, id: string): Promise<DisputeEntry[]> {
  return db.many(selectHistory, [id]);
}

export function findCapture(db: Db, hubTransaction: string): Promise<{ id: string; amount: number } | undefined> {
  return db.maybe(selectSettlement, [hubTransaction]);
}
