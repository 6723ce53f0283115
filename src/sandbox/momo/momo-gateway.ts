import { randomInt } from "node:crypto";
import type { Clock } from "#kit/clock.ts";
import { newSecretId } from "#kit/ids.ts";
import type { Journal } from "../journal/index.ts";
import type { MomoBook, MomoEvent, MomoPayment } from "./momo-book.ts";
import { momoMessage } from "./momo-codes.ts";
import { isMomoSignature } from "./momo-signature.ts";
import type { Wallet } from "./momo-wallet.ts";

export interface MomoMerchant {
  readonly partnerCode: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

export interface MomoGateway {
  readonly book: MomoBook;
  readonly journal: Journal<MomoEvent>;
  readonly merchant: MomoMerchant;
  readonly wallets: readonly Wallet[];
  readonly origin: string;
  readonly clock: Clock;
}

/** HTTP status and body of an answer: MoMo sends its own codes in the body, the status is only a coarse signal. */
export interface MomoAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  /** True when the call changed the books (a "cut" behaviour then breaks the connection after it). */
  readonly changed: boolean;
}

const ORDER_ID = /^[0-9a-zA-Z]([-_.]*[0-9a-zA-Z]+)*$/;
/** Published limits of one payment in đồng. */
const LEAST = 1000;
const MOST = 50_000_000;
const VALID_FOR_MS = 100 * 60_000;

type Body = Readonly<Record<string, unknown>>;

/** `POST /v2/gateway/api/create`: checks format, merchant, signature, amount, ids; answers with the payment page. */
export function createPayment(gateway: MomoGateway, body: Body): MomoAnswer {
  const refuse = (resultCode: number, status = 400) => refusal(gateway, "create", body, resultCode, status);
  const text = readTexts(body, [
    "partnerCode",
    "requestId",
    "orderId",
    "orderInfo",
    "redirectUrl",
    "ipnUrl",
    "requestType",
  ]);
  const amount = readAmount(body.amount);
  const extraData = body.extraData;
  if (!text || amount === undefined || typeof extraData !== "string") return refuse(20);
  if (text.partnerCode !== gateway.merchant.partnerCode) return refuse(13);
  if (!isMomoSignature("create", { ...text, amount, extraData }, gateway.merchant, body.signature)) return refuse(13);
  if (!ORDER_ID.test(text.orderId) || text.requestId.length > 50) return refuse(20);
  if (!isHttpUrl(text.redirectUrl) || !isHttpUrl(text.ipnUrl)) return refuse(20);
  if (amount < LEAST || amount > MOST) return refuse(21);
  if (gateway.book.requestIds.has(text.requestId)) return refuse(40);
  if (gateway.book.byOrder.has(text.orderId)) return refuse(41);
  const now = gateway.clock.now();
  const payId = newSecretId();
  const lang = body.lang === "en" ? "en" : "vi";
  gateway.journal.append({
    kind: "created",
    ...text,
    payId,
    amount,
    extraData,
    lang,
    expiresAt: new Date(now.getTime() + VALID_FOR_MS).toISOString(),
  });
  const payUrl = `${gateway.origin}/momo/vi/${payId}`;
  return answer(200, true, {
    partnerCode: text.partnerCode,
    requestId: text.requestId,
    orderId: text.orderId,
    amount,
    responseTime: now.getTime(),
    message: momoMessage(0, lang),
    resultCode: 0,
    payUrl,
    deeplink: `${payUrl}?app=1`,
    qrCodeUrl: payUrl,
  });
}

/** `POST /v2/gateway/api/query`: the state of one order; 1000 while the payer has not finished. */
export function queryPayment(gateway: MomoGateway, body: Body): MomoAnswer {
  const refuse = (resultCode: number, status = 400) => refusal(gateway, "query", body, resultCode, status);
  const text = readTexts(body, ["partnerCode", "requestId", "orderId"]);
  if (!text) return refuse(20);
  if (text.partnerCode !== gateway.merchant.partnerCode) return refuse(13);
  if (!isMomoSignature("query", text, gateway.merchant, body.signature)) return refuse(13);
  const payment = gateway.book.byOrder.get(text.orderId);
  if (!payment) return refuse(42);
  const lang = body.lang === "en" ? "en" : "vi";
  const resultCode = payment.result?.resultCode ?? openCode(payment, gateway.clock.now());
  return answer(200, false, {
    partnerCode: text.partnerCode,
    orderId: payment.orderId,
    requestId: text.requestId,
    extraData: payment.extraData,
    amount: payment.amount,
    transId: payment.result?.transId ?? 0,
    payType: payment.result?.payType ?? "",
    resultCode,
    refundTrans: payment.refunds.map((refund) => ({
      orderId: refund.orderId,
      amount: refund.amount,
      resultCode: refund.resultCode,
      transId: refund.transId,
      createdTime: Date.parse(refund.at),
    })),
    message: momoMessage(resultCode, lang),
    responseTime: gateway.clock.now().getTime(),
  });
}

/** `POST /v2/gateway/api/refund`: a new orderId for the refund, the payment by its transId, never more than was paid. */
export function refundPayment(gateway: MomoGateway, body: Body): MomoAnswer {
  const refuse = (resultCode: number, status = 400) => refusal(gateway, "refund", body, resultCode, status);
  const text = readTexts(body, ["partnerCode", "requestId", "orderId"]);
  const amount = readAmount(body.amount);
  const transId = readAmount(body.transId);
  const description = typeof body.description === "string" ? body.description : "";
  if (!text || amount === undefined || transId === undefined) return refuse(20);
  if (text.partnerCode !== gateway.merchant.partnerCode) return refuse(13);
  if (!isMomoSignature("refund", { ...text, amount, transId, description }, gateway.merchant, body.signature))
    return refuse(13);
  if (!ORDER_ID.test(text.orderId)) return refuse(20);
  if (amount < LEAST || amount > MOST) return refuse(21);
  if (gateway.book.requestIds.has(text.requestId)) return refuse(40);
  if (gateway.book.byOrder.has(text.orderId) || gateway.book.refundOrders.has(text.orderId)) return refuse(41);
  const payment = gateway.book.byTransId.get(transId);
  if (payment?.result?.resultCode !== 0) return refuse(42);
  const given = payment.refunds.reduce((sum, refund) => sum + refund.amount, 0);
  if (given + amount > payment.amount) return refuse(given === payment.amount ? 1081 : 1080);
  const refundTransId = newTransId();
  gateway.journal.append({
    kind: "refunded",
    paymentOrderId: payment.orderId,
    orderId: text.orderId,
    requestId: text.requestId,
    amount,
    transId: refundTransId,
  });
  return answer(200, true, {
    partnerCode: text.partnerCode,
    orderId: text.orderId,
    requestId: text.requestId,
    amount,
    transId: refundTransId,
    resultCode: 0,
    message: momoMessage(0, body.lang === "en" ? "en" : "vi"),
    responseTime: gateway.clock.now().getTime(),
  });
}

function openCode(payment: MomoPayment, now: Date): number {
  if (payment.pending) return 7000;
  return isExpired(payment, now) ? 1005 : 1000;
}

export function isExpired(payment: MomoPayment, now: Date): boolean {
  return now.getTime() >= Date.parse(payment.expiresAt);
}

/** A transaction number as MoMo's: ten digits. */
export function newTransId(): number {
  return randomInt(1_000_000_000, 9_999_999_999);
}

function refusal(gateway: MomoGateway, call: string, body: Body, resultCode: number, status: number): MomoAnswer {
  const orderId = typeof body.orderId === "string" ? body.orderId.slice(0, 200) : "";
  const requestId = typeof body.requestId === "string" ? body.requestId.slice(0, 200) : "";
  gateway.journal.append({ kind: "refused", call, resultCode, orderId, requestId });
  return answer(status, false, {
    partnerCode: typeof body.partnerCode === "string" ? body.partnerCode.slice(0, 50) : "",
    orderId,
    requestId,
    responseTime: gateway.clock.now().getTime(),
    resultCode,
    message: momoMessage(resultCode, body.lang === "en" ? "en" : "vi"),
  });
}

function answer(status: number, changed: boolean, body: Readonly<Record<string, unknown>>): MomoAnswer {
  return { status, changed, body };
}

/** All named fields as non-empty texts of at most 1,000 characters; undefined when one is not. */
function readTexts<Name extends string>(body: Body, names: readonly Name[]): Record<Name, string> | undefined {
  const out: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = body[name];
    if (typeof value !== "string" || value === "" || value.length > 1000) return undefined;
    out[name] = value;
  }
  return out as Record<Name, string>;
}

/** A whole number of đồng; MoMo takes it as a JSON number or as digits. */
function readAmount(value: unknown): number | undefined {
  const amount = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof amount === "number" && Number.isSafeInteger(amount) && amount >= 0 ? amount : undefined;
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
