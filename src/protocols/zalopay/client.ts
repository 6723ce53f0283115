/**
 * Calls to ZaloPay's gateway. A time-out is an outcome of its own (`unavailable`, reason `timeout`): ZaloPay may have
 * taken the order, and the query tells.
 */
import { AppError } from "#kit/errors.ts";
import { silenceOf } from "#kit/silence.ts";
import type { CreateAnswer, CreateRequest, QueryAnswer, RefundAnswer, RefundQuery, RefundRequest } from "./messages.ts";
import { signCreate, signQuery, signRefund, signRefundQuery, type ZalopayKeyring } from "./signature.ts";

const CREATE_TIMEOUT_MS = 12_000;
const QUERY_TIMEOUT_MS = 5_000;

export interface ZalopayApp {
  /** https://sb-openapi.zalopay.vn/v2 ; "/create", "/query", "/refund", "/query_refund" are appended */
  readonly endpoint: string;
  readonly appId: number;
  readonly keyring: ZalopayKeyring;
}

export async function createOrder(
  app: ZalopayApp,
  request: Omit<CreateRequest, "app_id" | "mac">,
): Promise<CreateAnswer> {
  const whole = { ...request, app_id: app.appId };
  return post(app, "/create", { ...whole, mac: signCreate(whole, app.keyring[0]) }, CREATE_TIMEOUT_MS);
}

/** Asks what became of an order. */
export async function queryOrder(app: ZalopayApp, appTransId: string): Promise<QueryAnswer> {
  const whole = { app_id: app.appId, app_trans_id: appTransId };
  const answer = await post<QueryAnswer>(
    app,
    "/query",
    { ...whole, mac: signQuery(whole, app.keyring[0]) },
    QUERY_TIMEOUT_MS,
  );
  if (answer.return_code === 1 && !(Number.isSafeInteger(answer.amount) && Number.isSafeInteger(answer.zp_trans_id))) {
    throw unreadable();
  }
  return answer;
}

export async function refundOrder(
  app: ZalopayApp,
  request: Omit<RefundRequest, "app_id" | "mac">,
): Promise<RefundAnswer> {
  const whole = { ...request, app_id: app.appId };
  return post(app, "/refund", { ...whole, mac: signRefund(whole, app.keyring[0]) }, CREATE_TIMEOUT_MS);
}

export async function queryRefund(
  app: ZalopayApp,
  request: Omit<RefundQuery, "app_id" | "mac">,
): Promise<RefundAnswer> {
  const whole = { ...request, app_id: app.appId };
  return post(app, "/query_refund", { ...whole, mac: signRefundQuery(whole, app.keyring[0]) }, QUERY_TIMEOUT_MS);
}

interface AnyAnswer {
  readonly return_code: number;
  readonly return_message: string;
  readonly sub_return_code: number;
  readonly sub_return_message: string;
}

async function post<Answer extends AnyAnswer>(
  app: ZalopayApp,
  path: string,
  body: object,
  timeoutMs: number,
): Promise<Answer> {
  let answer: unknown;
  try {
    const response = await fetch(app.endpoint + path, {
      method: "POST",
      headers: { "content-type": "application/json; charset=UTF-8" },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    answer = await response.json();
  } catch (cause) {
    throw new AppError("unavailable", { reason: silenceOf(cause), message: "ZaloPay gives no answer", cause });
  }
  if (typeof answer !== "object" || answer === null) throw unreadable();
  if (typeof (answer as Record<string, unknown>)["return_code"] !== "number") throw unreadable();
  return {
    return_message: "",
    sub_return_code: 0,
    sub_return_message: "",
    is_processing: false,
    ...(answer as object),
  } as unknown as Answer;
}

function unreadable(): AppError {
  return new AppError("unavailable", { reason: "unreadable", message: "ZaloPay's answer is not one of its answers" });
}
