/**
 * Calls to MoMo's gateway. A time-out is an outcome of its own (`unavailable`, reason `timeout`): MoMo may have created
 * the order. MoMo asks for at least 30 s of patience on create; the citizen is waiting, so we stop at 12 s and ask later.
 */
import { AppError } from "#kit/errors.ts";
import { silenceOf } from "#kit/silence.ts";
import type {
  CreateAnswer,
  CreateRequest,
  QueryAnswer,
  QueryRequest,
  RefundAnswer,
  RefundRequest,
} from "./messages.ts";
import { type MomoKeyring, signCreate, signQuery, signRefund } from "./signature.ts";

const CREATE_TIMEOUT_MS = 12_000;
const QUERY_TIMEOUT_MS = 5_000;
const REFUND_TIMEOUT_MS = 12_000;

export interface MomoPartner {
  /** https://test-payment.momo.vn/v2/gateway/api ; "/create" and "/query" are appended */
  readonly endpoint: string;
  readonly partnerCode: string;
  readonly keyring: MomoKeyring;
}

export async function createPayment(
  partner: MomoPartner,
  request: Omit<CreateRequest, "signature" | "partnerCode">,
): Promise<CreateAnswer> {
  const whole = { ...request, partnerCode: partner.partnerCode };
  const signature = signCreate(whole, partner.keyring[0]);
  const answer = await post(partner, "/create", { ...whole, signature }, CREATE_TIMEOUT_MS);
  if (!isAnswer(answer) || answer.orderId !== request.orderId) throw unreadable();
  return answer as CreateAnswer;
}

/** Asks what became of an order. `requestId` must be new for each question. */
export async function queryPayment(partner: MomoPartner, orderId: string, requestId: string): Promise<QueryAnswer> {
  const whole: Omit<QueryRequest, "signature"> = { partnerCode: partner.partnerCode, requestId, orderId, lang: "vi" };
  const signature = signQuery(whole, partner.keyring[0]);
  const answer = await post(partner, "/query", { ...whole, signature }, QUERY_TIMEOUT_MS);
  if (!isAnswer(answer) || answer.orderId !== orderId) throw unreadable();
  return answer as QueryAnswer;
}

/**
 * Sends money back. orderId and requestId are new ones of the refund's own and stay the same when it is told again: MoMo
 * answers 40 or 41 to a repetition and pays nothing twice.
 */
export async function refundPayment(
  partner: MomoPartner,
  request: Omit<RefundRequest, "signature" | "partnerCode">,
): Promise<RefundAnswer> {
  const whole = { ...request, partnerCode: partner.partnerCode };
  const signature = signRefund(whole, partner.keyring[0]);
  const answer = await post(partner, "/refund", { ...whole, signature }, REFUND_TIMEOUT_MS);
  if (!isAnswer(answer) || answer.orderId !== request.orderId) throw unreadable();
  return answer as RefundAnswer;
}

interface AnyAnswer {
  readonly orderId: string;
  readonly resultCode: number;
}

function isAnswer(value: unknown): value is AnyAnswer {
  if (typeof value !== "object" || value === null) return false;
  const { orderId, resultCode } = value as Record<string, unknown>;
  return typeof orderId === "string" && typeof resultCode === "number";
}

async function post(partner: MomoPartner, path: string, body: object, timeoutMs: number): Promise<unknown> {
  try {
    const response = await fetch(partner.endpoint + path, {
      method: "POST",
      headers: { "content-type": "application/json; charset=UTF-8" },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    return await response.json();
  } catch (cause) {
    throw new AppError("unavailable", { reason: silenceOf(cause), message: "MoMo gives no answer", cause });
  }
}

function unreadable(): AppError {
  return new AppError("unavailable", { reason: "unreadable", message: "MoMo's answer is not one of its answers" });
}
