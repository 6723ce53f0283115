/** Messages of the MoMo payment gateway v2 (developers.momo.vn): all-in-one create, IPN, query, refund. Amounts in đồng. */
export type RequestType = "captureWallet" | "payWithATM" | "payWithMethod";

/** POST /v2/gateway/api/create. requestId is the idempotency key; orderId names the payment for ever after. */
export interface CreateRequest {
  readonly partnerCode: string;
  readonly partnerName?: string;
  readonly storeId?: string;
  readonly requestId: string;
  /** 1,000 … 50,000,000 */
  readonly amount: number;
  readonly orderId: string;
  readonly orderInfo: string;
  readonly redirectUrl: string;
  readonly ipnUrl: string;
  readonly requestType: RequestType;
  /** base64 of JSON, or empty */
  readonly extraData: string;
  readonly lang: "vi" | "en";
  /** minutes */
  readonly orderExpireTime?: number;
  readonly signature: string;
}

export interface CreateAnswer {
  readonly partnerCode: string;
  readonly orderId: string;
  readonly requestId: string;
  readonly amount: number;
  readonly responseTime: number;
  readonly message: string;
  readonly resultCode: number;
  readonly payUrl?: string;
}

/** POST to ipnUrl, answered with HTTP 204 within 15 s; the same fields come as a query string to redirectUrl. */
export interface Ipn {
  readonly partnerCode: string;
  readonly orderId: string;
  readonly requestId: string;
  readonly amount: number;
  readonly orderInfo: string;
  readonly orderType: string;
  readonly transId: number;
  readonly resultCode: number;
  readonly message: string;
  readonly payType: string;
  readonly responseTime: number;
  readonly extraData: string;
  readonly signature: string;
}

/** POST /v2/gateway/api/query. requestId is new for each question. */
export interface QueryRequest {
  readonly partnerCode: string;
  readonly requestId: string;
  readonly orderId: string;
  readonly lang: "vi" | "en";
  readonly signature: string;
}

export interface QueryAnswer {
  readonly partnerCode: string;
  readonly requestId: string;
  readonly orderId: string;
  readonly extraData: string;
  readonly amount: number;
  readonly transId: number;
  readonly payType: string;
  readonly resultCode: number;
  readonly message: string;
  readonly responseTime: number;
  /** Refunds of this payment so far, each under the orderId it was asked for with. */
  readonly refundTrans?: readonly RefundTransaction[];
}

export interface RefundTransaction {
  readonly orderId: string;
  readonly amount: number;
  readonly resultCode: number;
  readonly transId: number;
}

/** POST /v2/gateway/api/refund. orderId is a new one; transId names the payment. 1,000 … 50,000,000 đồng. */
export interface RefundRequest {
  readonly partnerCode: string;
  readonly orderId: string;
  readonly requestId: string;
  readonly amount: number;
  readonly transId: number;
  readonly lang: "vi" | "en";
  readonly description: string;
  readonly signature: string;
}

export interface RefundAnswer {
  readonly partnerCode: string;
  readonly orderId: string;
  readonly requestId: string;
  readonly amount: number;
  readonly transId: number;
  readonly resultCode: number;
  readonly message: string;
  readonly responseTime: number;
}

export const MOMO_AMOUNT_MIN = 1_000;
export const MOMO_AMOUNT_MAX = 50_000_000;
/** orderId and requestId: letters and digits, single separators inside. */
export const MOMO_ID = /^[0-9a-zA-Z]([-_.]*[0-9a-zA-Z]+)*$/;

/**
 * What a resultCode says about the money: paid; untouched (the payer has not acted yet); processing (it may still become
 * either); cancelled, expired, failed (that try is over); unknown (the code speaks of our question, not of the money).
 */
export type MomoVerdict = "paid" | "untouched" | "processing" | "cancelled" | "expired" | "failed" | "unknown";

/** 9000 (authorised, two-step payments) counts as processing: nothing is captured yet. */
const PROCESSING: ReadonlySet<number> = new Set([7000, 7002, 9000]);
const CANCELLED: ReadonlySet<number> = new Set([1003, 1006]);
/** Busy, maintenance, access, signature or format of our own message. */
const ABOUT_THE_QUESTION: ReadonlySet<number> = new Set([10, 11, 12, 13, 20, 21, 22, 40, 41, 43, 45, 47, 98, 99]);

/** 42 (order not found) is a failure of an order that MoMo never saw: the payer cannot have paid it. */
export function verdictOf(resultCode: number): MomoVerdict {
  if (resultCode === 0) return "paid";
  if (resultCode === 1000) return "untouched";
  if (PROCESSING.has(resultCode)) return "processing";
  if (CANCELLED.has(resultCode)) return "cancelled";
  if (resultCode === 1005) return "expired";
  if (ABOUT_THE_QUESTION.has(resultCode)) return "unknown";
  return "failed";
}
