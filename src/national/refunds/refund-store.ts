import { type Db, statement } from "#kit/db.ts";
import type { RefundState } from "./refund-lifecycle.ts";

const requestCall = statement<
  { word: RequestWord },
  [
    id: string,
    settlement: string,
    amount: number,
    reason: string,
    operator: string,
    byHand: boolean,
    payee: string,
    wish: string | null,
  ]
>("refunds.request", "select refund_request($1, $2, $3, $4, $5, $6, $7, $8) as word");

const decideCall = statement<
  { word: DecideWord },
  [id: string, approve: boolean, operator: string, note: string | null]
>("refunds.decide", "select refund_decide($1, $2, $3, $4) as word");

const stepCall = statement<
  { state: RefundState | null },
  [id: string, action: string, transaction: string | null, code: string | null]
>("refunds.step", "select refund_step($1, $2, $3, $4) as state");

const selectOrder = statement<RefundOrder, [id: string]>(
  "refunds.find-order",
  `select r.id, r.state, r.amount, r.reason, r.requested_at as "requestedAt", r.decided_by as "decidedBy", s.provider,
     s.provider_transaction as transaction, a.id as "attemptId", a.provider_order as "providerOrder", a.amount as captured,
     a.created_at as "attemptCreatedAt", a.expires_at as "attemptExpiresAt",
     array(select e.provider_transaction from refund e where e.settlement_id = r.settlement_id and e.id <> r.id
       and e.provider_transaction is not null) as others
   from refund r join settlement s on s.id = r.settlement_id join payment_attempt a on a.id = s.attempt_id where r.id = $1`,
);

const selectSettlement = statement<RefundableSettlement, [hubTransaction: string]>(
  "refunds.find-settlement",
  `select s.id, s.provider, s.amount, s.amount - coalesce((select reserved from refund_room m where m.settlement_id = s.id), 0) as room
   from settlement s join payment_attempt a on a.id = s.attempt_id where a.hub_transaction = $1`,
);

export interface RefundableSettlement {
  readonly id: string;
  readonly provider: string;
  readonly amount: number;
  /** What of it is not spoken for by refunds and disputes. */
  readonly room: number;
}

export type RequestWord = "requested" | "replayed" | "id-taken" | "unknown-settlement" | "too-much" | "taken-up";
export type DecideWord = "approved" | "refused" | "already" | "same-person" | "unknown";

/** What the provider must be told. */
export interface RefundOrder {
  readonly id: string;
  readonly state: RefundState;
  readonly amount: number;
  readonly reason: string;
  readonly requestedAt: Date;
  readonly decidedBy: string | null;
  readonly provider: string;
  readonly transaction: string;
  readonly attemptId: string;
  readonly providerOrder: string;
  readonly captured: number;
  readonly attemptCreatedAt: Date;
  readonly attemptExpiresAt: Date;
  /** The provider's numbers of other refunds of the same payment. */
  readonly others: readonly string[];
}

export async function putRefund(
  db: Db,
  refund: {
    id: string;
    settlementId: string;
    amount: number;
    reason: string;
    operatorId: string;
    byHand?: boolean;
    payee?: string;
    wishId?: string;
  },
): Promise<RequestWord> {
  const { id, settlementId, amount, reason, operatorId, byHand, payee, wishId } = refund;
  const params = [id, settlementId, amount, reason, operatorId, byHand ?? false, payee ?? "", wishId ?? null] as const;
  return (await db.one(requestCall, [...params])).word;
}

export async function putDecision(
  db: Db,
  decision: { id: string; approve: boolean; operatorId: string; note?: string },
): Promise<DecideWord> {
  const { id, approve, operatorId, note } = decision;
  return (await db.one(decideCall, [id, approve, operatorId, note ?? null])).word;
}

/** The state afterwards; undefined for an unknown refund. */
export async function stepRefund(
  db: Db,
  id: string,
  action: "send" | "done" | "decline",
  more: { transaction?: string; code?: string } = {},
): Promise<RefundState | undefined> {
  return (await db.one(stepCall, [id, action, more.transaction ?? null, more.code ?? null])).state ?? undefined;
}

export function findRefundOrder(db: Db, id: string): Promise<RefundOrder | undefined> {
  return db.maybe(selectOrder, [id]);
}

/** The capture behind a MaGiaoDich and how much of it can still go back. */
export function findSettlement(db: Db, hubTransaction: string): Promise<RefundableSettlement | undefined> {
  return db.maybe(selectSettlement, [hubTransaction]);
}
