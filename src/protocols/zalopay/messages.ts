/**
 * Messages of the ZaloPay gateway v2 (docs.zalopay.vn): create, callback, redirect, query, refund, query_refund. Amounts
 * in đồng, times in milliseconds since 1970 unless said otherwise. Requests are form-encoded or JSON; we send JSON.
 */
import { formatYymmdd } from "#kit/calendar.ts";

/** POST /v2/create. app_trans_id names the payment for ever after: `yyMMdd_…` of the Vietnamese day, at most 40 characters. */
export interface CreateRequest {
  readonly app_id: number;
  readonly app_user: string;
  readonly app_trans_id: string;
  readonly app_time: number;
  readonly amount: number;
  readonly description: string;
  /** JSON text: list of goods, "[]" when there are none */
  readonly item: string;
  /** JSON text; `redirecturl` in it is where the payer's browser goes back to */
  readonly embed_data: string;
  readonly bank_code: string;
  readonly callback_url: string;
  /** seconds, 300 … 2,592,000 */
  readonly expire_duration_seconds: number;
  readonly mac: string;
}

/** return_code 1 done, 2 failed, 3 undecided; sub_return_code says why. */
export interface CreateAnswer {
  readonly return_code: number;
  readonly return_message: string;
  readonly sub_return_code: number;
  readonly sub_return_message: string;
  readonly order_url?: string;
  readonly zp_trans_token?: string;
}

/** POST to callback_url, only for payments that succeeded. `mac` is over the raw text of `data`. */
export interface CallbackBody {
  readonly data: string;
  readonly mac: string;
  /** 1 order, 2 agreement */
  readonly type: number;
}

/** What stands inside the callback's `data`. */
export interface OrderData {
  readonly app_id: number;
  readonly app_trans_id: string;
  readonly app_time: number;
  readonly app_user: string;
  readonly amount: number;
  readonly embed_data: string;
  readonly item: string;
  readonly zp_trans_id: number;
  readonly server_time: number;
  readonly channel: number;
  readonly merchant_user_id: string;
  readonly user_fee_amount: number;
  readonly discount_amount: number;
}

/** The answer to a callback: 1 taken · 2 known already · −1 wrong mac · 0 come again (at most three times). */
export const CALLBACK_ANSWER = {
  ok: { return_code: 1, return_message: "success" },
  already: { return_code: 2, return_message: "duplicate" },
  wrongMac: { return_code: -1, return_message: "mac not equal" },
  again: { return_code: 0, return_message: "try again" },
} as const;

/** The redirect's query, display only: whatever it says, the query answers. */
export interface RedirectQuery {
  readonly appid: string;
  readonly apptransid: string;
  readonly pmcid: string;
  readonly bankcode: string;
  readonly amount: string;
  readonly discountamount: string;
  readonly status: string;
  readonly checksum: string;
}

/** POST /v2/query */
export interface QueryRequest {
  readonly app_id: number;
  readonly app_trans_id: string;
  readonly mac: string;
}

export interface QueryAnswer {
  readonly return_code: number;
  readonly return_message: string;
  readonly sub_return_code: number;
  readonly sub_return_message: string;
  readonly is_processing: boolean;
  readonly amount: number;
  readonly zp_trans_id: number;
}

/** POST /v2/refund. m_refund_id is `yyMMdd_<app_id>_…` of the Vietnamese day, at most 45 characters, and counts once. */
export interface RefundRequest {
  readonly app_id: number;
  readonly m_refund_id: string;
  readonly zp_trans_id: string;
  readonly amount: number;
  readonly timestamp: number;
  readonly description: string;
  readonly mac: string;
}

export interface RefundAnswer {
  readonly return_code: number;
  readonly return_message: string;
  readonly sub_return_code: number;
  readonly sub_return_message: string;
  readonly refund_id?: number;
}

/** POST /v2/query_refund */
export interface RefundQuery {
  readonly app_id: number;
  readonly m_refund_id: string;
  readonly timestamp: number;
  readonly mac: string;
}

export const ZALOPAY_AMOUNT_MIN = 1_000;
/** A wallet's limit a day; the gateway publishes none of its own. */
export const ZALOPAY_AMOUNT_MAX = 100_000_000;

/** Our order name under the day it was made on, as ZaloPay wants it. `order`: at most 33 letters, digits. */
export function appTransId(order: string, createdAt: Date): string {
  return `${formatYymmdd(createdAt)}_${order}`;
}

/** The other way round; undefined when the text has no day before it. */
export function orderOfAppTransId(appTransId: string): string | undefined {
  return /^\d{6}_(.{1,33})$/.exec(appTransId)?.[1];
}

/** `refund`: at most 31 letters and digits; longer ones keep their beginning. */
export function refundIdOf(appId: number, refund: string, at: Date): string {
  return `${formatYymmdd(at)}_${appId}_${refund}`.slice(0, 45);
}

/**
 * What a query says about the money. 2 with −49 (order not found, or its time is over) is over for good; codes about our
 * own question (−401 format, −402 mac, −500 system) say nothing.
 */
export type ZalopayVerdict = "paid" | "untouched" | "processing" | "cancelled" | "expired" | "failed" | "unknown";

const ABOUT_THE_QUESTION: ReadonlySet<number> = new Set([-401, -402, -429, -500, -999]);

/** −33 and −68 name the payer's own turning back and the order's end in the stand-in's and the gateway's lists. */
export const SUB_CODE = {
  ok: 1,
  duplicate: -68,
  expired: -54,
  notFound: -49,
  cancelled: -33,
  format: -401,
  mac: -402,
  system: -500,
} as const;

/** 3 without `is_processing`: the payer has not acted yet. */
export function verdictOfQuery(
  answer: Pick<QueryAnswer, "return_code" | "sub_return_code" | "is_processing">,
): ZalopayVerdict {
  if (answer.return_code === 1) return "paid";
  if (answer.return_code === 3) return answer.is_processing ? "processing" : "untouched";
  if (answer.return_code !== 2 || ABOUT_THE_QUESTION.has(answer.sub_return_code)) return "unknown";
  if (answer.sub_return_code === SUB_CODE.cancelled) return "cancelled";
  if (answer.sub_return_code === SUB_CODE.expired) return "expired";
  return "failed";
}
