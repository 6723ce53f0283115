import { formatYymmdd } from "#kit/calendar.ts";
import { newSecretId } from "#kit/ids.ts";
import type { WalletHouse, WalletPayment } from "../wallet/index.ts";
import { newTransaction } from "../wallet/index.ts";
import type { ZalopayMerchant } from "./zalopay-house.ts";
import { type Fields, isZalopayMac, queryText, signedText } from "./zalopay-signature.ts";

export interface ZalopayGateway {
  readonly house: WalletHouse & { readonly merchant: ZalopayMerchant };
  readonly origin: string;
}

export type ZalopayAnswer = Readonly<Record<string, unknown>>;

const LEAST = 1000;
const MOST = 100_000_000;
/** app_time may be so far from ZaloPay's clock. */
const WITHIN_MS = 15 * 60_000;

const MESSAGES: Readonly<Record<number, string>> = {
  1: "Giao dịch thành công",
  2: "Giao dịch thất bại",
  3: "Giao dịch chưa thanh toán",
};

/** return_code 1, 2 or 3 in front, the reason behind; the HTTP status is always 200. */
function answer(returnCode: number, subCode: number, more: Fields = {}): ZalopayAnswer {
  return {
    return_code: returnCode,
    return_message: MESSAGES[returnCode] ?? "",
    sub_return_code: subCode,
    sub_return_message: SUB_MESSAGES[subCode] ?? MESSAGES[returnCode] ?? "",
    ...more,
  };
}

const SUB_MESSAGES: Readonly<Record<number, string>> = {
  [-68]: "Mã giao dịch bị trùng",
  [-49]: "Không tìm thấy giao dịch",
  [-54]: "Giao dịch đã hết hạn",
  [-33]: "Giao dịch đã bị hủy",
  [-63]: "Số dư không đủ",
  [-57]: "Ví đang bị khóa",
  [-401]: "Dữ liệu yêu cầu không hợp lệ",
  [-402]: "Chứng thực không hợp lệ",
};

/** `POST /v2/create`: format, application, mac, day of the id, time, amount, id; answers with the payment page. */
export function createOrder({ house, origin }: ZalopayGateway, body: Fields): ZalopayAnswer {
  const order = typeof body.app_trans_id === "string" ? body.app_trans_id.slice(0, 100) : "";
  const refuse = (code: number) => refusal(house, "create", order, code);
  const text = readTexts(body, ["app_user", "app_trans_id", "embed_data", "item", "description", "callback_url"]);
  const amount = readWhole(body.amount);
  const appTime = readWhole(body.app_time);
  if (!text || amount === undefined || appTime === undefined) return refuse(-401);
  if (body.app_id !== house.merchant.appId) return refuse(-401);
  if (!isZalopayMac(house.merchant.key1, signedText("create", body), body.mac)) return refuse(-402);
  const now = house.clock.now();
  const today = formatYymmdd(new Date(appTime));
  if (!text.app_trans_id.startsWith(`${today}_`) || text.app_trans_id.length > 40) return refuse(-401);
  if (Math.abs(now.getTime() - appTime) > WITHIN_MS) return refuse(-54);
  if (amount < LEAST || amount > MOST) return refuse(-401);
  const returnUrl = redirectUrl(text.embed_data);
  if (!returnUrl || !isHttpUrl(text.callback_url)) return refuse(-401);
  if (house.book.byOrder.has(text.app_trans_id)) return refuse(-68);
  const payId = newSecretId();
  const seconds = Math.min(Math.max(readWhole(body.expire_duration_seconds) ?? 900, 300), 2_592_000);
  house.journal.append({
    kind: "created",
    payId,
    order: text.app_trans_id,
    merchant: String(house.merchant.appId),
    amount,
    orderInfo: text.description,
    returnUrl,
    callbackUrl: text.callback_url,
    wire: { app_user: text.app_user, app_time: appTime, embed_data: text.embed_data, item: text.item },
    expiresAt: new Date(now.getTime() + seconds * 1000).toISOString(),
  });
  return answer(1, 1, { order_url: `${origin}/zalopay/vi/${payId}`, zp_trans_token: payId.replaceAll("-", "") });
}

/** `POST /v2/query`: 1 paid, 2 over, 3 still open (`is_processing` once the payer has confirmed). */
export function queryOrder({ house }: ZalopayGateway, body: Fields): ZalopayAnswer {
  const order = typeof body.app_trans_id === "string" ? body.app_trans_id.slice(0, 100) : "";
  if (body.app_id !== house.merchant.appId || order === "") return refusal(house, "query", order, -401);
  if (!isZalopayMac(house.merchant.key1, queryText(body, house.merchant.key1), body.mac)) {
    return refusal(house, "query", order, -402);
  }
  const payment = house.book.byOrder.get(order);
  if (!payment) return refusal(house, "query", order, -49);
  return stateOf(house, payment);
}

function stateOf(house: WalletHouse, payment: WalletPayment): ZalopayAnswer {
  const facts = { amount: payment.amount, zp_trans_id: payment.result?.transaction ?? 0, discount_amount: 0 };
  const { result } = payment;
  if (result?.outcome === "paid") return answer(1, 1, { is_processing: false, ...facts });
  if (result) return answer(2, result.code, { is_processing: false, ...facts });
  if (payment.pending) return answer(3, 3, { is_processing: true, ...facts });
  const over = house.clock.now().getTime() >= Date.parse(payment.expiresAt);
  return over ? answer(2, -54, { is_processing: false, ...facts }) : answer(3, 3, { is_processing: false, ...facts });
}

/** `POST /v2/refund`: never more than was paid, and one refund id at most once. */
export function refundOrder({ house }: ZalopayGateway, body: Fields): ZalopayAnswer {
  const refund = typeof body.m_refund_id === "string" ? body.m_refund_id.slice(0, 100) : "";
  const refuse = (code: number) => refusal(house, "refund", refund, code);
  const amount = readWhole(body.amount);
  const timestamp = readWhole(body.timestamp);
  if (!amount || timestamp === undefined || body.app_id !== house.merchant.appId) return refuse(-401);
  if (!new RegExp(`^\\d{6}_${house.merchant.appId}_[0-9A-Za-z]+$`).test(refund) || refund.length > 45)
    return refuse(-401);
  if (!isZalopayMac(house.merchant.key1, signedText("refund", body), body.mac)) return refuse(-402);
  if (house.book.refunds.has(refund)) return refuse(-68);
  const payment = house.book.byTransaction.get(Number(body.zp_trans_id));
  if (payment?.result?.outcome !== "paid") return refuse(-49);
  const given = payment.refunds.reduce((sum, one) => sum + one.amount, 0);
  if (payment.reversed || given + amount > payment.amount) return refuse(-14);
  const transaction = newTransaction();
  house.journal.append({ kind: "refunded", order: payment.order, refund, amount, transaction });
  return answer(1, 1, { refund_id: transaction });
}

/** `POST /v2/query_refund` */
export function queryRefund({ house }: ZalopayGateway, body: Fields): ZalopayAnswer {
  const refund = typeof body.m_refund_id === "string" ? body.m_refund_id.slice(0, 100) : "";
  if (body.app_id !== house.merchant.appId || refund === "") return refusal(house, "query_refund", refund, -401);
  if (!isZalopayMac(house.merchant.key1, signedText("query_refund", body), body.mac)) {
    return refusal(house, "query_refund", refund, -402);
  }
  const known = house.book.refunds.get(refund);
  return known ? answer(1, 1, { refund_id: known.transaction }) : refusal(house, "query_refund", refund, -49);
}

function refusal(house: WalletHouse, call: string, order: string, code: number): ZalopayAnswer {
  house.journal.append({ kind: "refused", call, code: String(code), order });
  return answer(2, code);
}

/** All named fields as texts of at most 2,000 characters; only the description may be empty. */
function readTexts<Name extends string>(body: Fields, names: readonly Name[]): Record<Name, string> | undefined {
  const out: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = body[name];
    if (typeof value !== "string" || value.length > 2000 || (value === "" && name !== "description")) return undefined;
    out[name] = value;
  }
  return out as Record<Name, string>;
}

function readWhole(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function redirectUrl(embedData: string): string | undefined {
  try {
    const url = (JSON.parse(embedData) as { redirecturl?: unknown } | null)?.redirecturl;
    return typeof url === "string" && isHttpUrl(url) ? url : undefined;
  } catch {
    return undefined;
  }
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
