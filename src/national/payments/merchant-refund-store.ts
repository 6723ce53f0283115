import { type Db, statement } from "#kit/db.ts";

const putCall = statement<
  { word: MerchantRefundWord; id: string | null },
  [
    merchant: string,
    request: string,
    hash: string,
    reference: string,
    transaction: string,
    amount: number,
    reason: string,
    payee: string,
  ]
>("payments.put-merchant-refund", "select word, id from merchant_refund_put($1, $2, $3, $4, $5, $6, $7, $8)");

const selectStand = statement<MerchantRefundStand, [id: string]>(
  "payments.merchant-refund-stand",
  `select m.amount, m.state, m.refusal, r.state as "refundState", r.provider_transaction as transaction
   from merchant_refund m left join lateral (select * from refund x where x.merchant_refund_id = m.id
     order by x.requested_at desc, x.id desc limit 1) r on true where m.id = $1`,
);

export type MerchantRefundWord = "received" | "known" | "differs" | "unknown-payment" | "too-much";

/** Where an agency's request stands; `refundState` and `transaction` are of the refund made for it. */
export interface MerchantRefundStand {
  readonly amount: number;
  readonly state: "waiting" | "proposed" | "refunded" | "refused";
  readonly refusal: string | null;
  readonly refundState: string | null;
  readonly transaction: string | null;
}

export interface PutMerchantRefund {
  readonly merchant: string;
  readonly request: string;
  readonly hash: string;
  readonly reference: string;
  readonly transaction: string;
  /** đồng */
  readonly amount: number;
  readonly reason: string;
  readonly payee: string;
}

export function putMerchantRefund(
  db: Db,
  refund: PutMerchantRefund,
): Promise<{ word: MerchantRefundWord; id: string | null }> {
  const { merchant, request, hash, reference, transaction, amount, reason, payee } = refund;
  return db.one(putCall, [merchant, request, hash, reference, transaction, amount, reason, payee]);
}

export function getMerchantRefund(db: Db, id: string): Promise<MerchantRefundStand> {
  return db.one(selectStand, [id]);
}
