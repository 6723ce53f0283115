/**
 * The merchant's side of the platform (INIT, QUERY, GET_BILL towards the hub) and the hub's side of CONFIRM.
 * A time-out says nothing about what the other side did: it is thrown as `unavailable` with reason `timeout`, and the
 * caller asks again later (INIT and CONFIRM are idempotent by MaThamChieu and MaGiaoDich).
 */
import { AppError } from "#kit/errors.ts";
import {
  type ConfirmAnswer,
  type ConfirmMessage,
  type DisputeMessage,
  type InitAnswer,
  type InitMessage,
  PLATFORM_VERSION,
  type QueryAnswer,
  type RefundAnswer,
  type RefundMessage,
  RESULT_CODE,
} from "./messages.ts";
import { readMessage } from "./schemas.ts";
import {
  type Secrets,
  signConfirm,
  signConfirmAnswer,
  signDispute,
  signInit,
  signQuery,
  signQueryAnswer,
  signRefund,
  signRefundAnswer,
  verifyMac,
} from "./signature.ts";

/** INIT creates rows and a page address; QUERY and CONFIRM are repeated, so they may give up sooner. */
const TIMEOUT_MS = { INIT: 10_000, QUERY: 5_000, CONFIRM: 5_000, REFUND: 5_000, DISPUTE: 5_000 } as const;
const ANSWER_MAX = 200_000;

export interface PlatformPartner {
  /** Address that takes INIT, QUERY and GET_BILL. */
  readonly url: string;
  /** Sent as `Authorization: Bearer …`. */
  readonly token: string;
  readonly partnerCode: string;
  readonly secrets: Secrets;
}

export type InitOutcome =
  | { readonly accepted: true; readonly payUrl: string }
  | { readonly accepted: false; readonly code: string; readonly why: string };

/** Signs and sends an INIT. Errors: `unavailable` (timeout, no answer, an answer that is not the platform's). */
export async function sendInit(
  partner: PlatformPartner,
  message: Omit<InitMessage, "MaXacThuc">,
): Promise<InitOutcome> {
  const signed: InitMessage = { ...message, MaXacThuc: signInit(message, partner.secrets[0]) };
  const body = await postJson(partner.url, signed, TIMEOUT_MS.INIT, partner.token);
  const envelope = readMessage("envelope", body);
  if (!envelope.ok) throw unreadable(partner.url, envelope.why);
  const answer = readMessage("initAnswer", parseJson(envelope.message.message));
  if (envelope.message.error_code === "0" && answer.ok && answer.message.MaLoi === "00") {
    return { accepted: true, payUrl: payUrlOf(answer.message, partner.url) };
  }
  if (!answer.ok) return { accepted: false, code: envelope.message.error_code, why: answer.why };
  return { accepted: false, code: answer.message.MaLoi, why: answer.message.MoTaLoi };
}

/** Asks where an order stands. The answer's own hash is checked; each CONFIRM in it must be checked like any other. */
export async function sendQuery(partner: PlatformPartner, reference: string, time: string): Promise<QueryAnswer> {
  const question = {
    LoaiBanTin: "QUERY",
    PhienBan: PLATFORM_VERSION,
    MaDoiTac: partner.partnerCode,
    MaThamChieu: reference,
    ThoiGianGD: time,
  } as const;
  const signed = { ...question, MaXacThuc: signQuery(question, partner.secrets[0]) };
  const answer = readMessage("queryAnswer", await postJson(partner.url, signed, TIMEOUT_MS.QUERY, partner.token));
  if (!answer.ok) throw unreadable(partner.url, answer.why);
  if (!verifyMac(answer.message, signQueryAnswer, partner.secrets) || answer.message.MaThamChieu !== reference) {
    throw unreadable(partner.url, "the answer's MaXacThuc or MaThamChieu is wrong");
  }
  return answer.message;
}

/** The hub tells the merchant how one attempt ended. The merchant's answer is checked: only its own "00" ends the job. */
export async function sendConfirm(
  url: string,
  message: Omit<ConfirmMessage, "MaXacThuc">,
  secrets: Secrets,
): Promise<ConfirmAnswer> {
  const signed: ConfirmMessage = { ...message, MaXacThuc: signConfirm(message, secrets[0]) };
  const answer = readMessage("confirmAnswer", await postJson(url, signed, TIMEOUT_MS.CONFIRM));
  if (!answer.ok) throw unreadable(url, answer.why);
  if (!verifyMac(answer.message, signConfirmAnswer, secrets)) throw unreadable(url, "the answer's MaXacThuc is wrong");
  return answer.message;
}

/**
 * Asks for a refund, or how it stands: the same message does both. The answer's hash and number are checked. Errors:
 * `unavailable` (silence says nothing: ask again); its reason is `not-spoken` when the hub does not know this message.
 */
export async function sendRefund(
  partner: PlatformPartner,
  message: Omit<RefundMessage, "MaXacThuc">,
): Promise<RefundAnswer> {
  const signed: RefundMessage = { ...message, MaXacThuc: signRefund(message, partner.secrets[0]) };
  const body = await postJson(partner.url, signed, TIMEOUT_MS.REFUND, partner.token);
  const answer = readMessage("refundAnswer", body);
  if (!answer.ok) {
    const envelope = readMessage("envelope", body);
    if (envelope.ok && envelope.message.error_code === RESULT_CODE.malformed) {
      throw new AppError("unavailable", {
        reason: "not-spoken",
        message: `${new URL(partner.url).origin} knows no REFUND`,
      });
    }
    throw unreadable(partner.url, answer.why);
  }
  const { MaYeuCauHoan } = answer.message;
  if (!verifyMac(answer.message, signRefundAnswer, partner.secrets) || MaYeuCauHoan !== message.MaYeuCauHoan) {
    throw unreadable(partner.url, "the answer's MaXacThuc or MaYeuCauHoan is wrong");
  }
  return answer.message;
}

/** The hub tells the merchant of a dispute about a payment; only the merchant's own "00" ends the job. */
export async function sendDispute(
  url: string,
  message: Omit<DisputeMessage, "MaXacThuc">,
  secrets: Secrets,
): Promise<ConfirmAnswer> {
  const signed: DisputeMessage = { ...message, MaXacThuc: signDispute(message, secrets[0]) };
  const answer = readMessage("confirmAnswer", await postJson(url, signed, TIMEOUT_MS.DISPUTE));
  if (!answer.ok) throw unreadable(url, answer.why);
  if (!verifyMac(answer.message, signConfirmAnswer, secrets)) throw unreadable(url, "the answer's MaXacThuc is wrong");
  return answer.message;
}

/** The citizen is sent there, so it must be an address of the web; anything else is a broken or a hostile answer. */
function payUrlOf(answer: InitAnswer, from: string): string {
  if (!URL.canParse(answer.UrlThanhToan) || !/^https?:$/.test(new URL(answer.UrlThanhToan).protocol)) {
    throw unreadable(from, "UrlThanhToan is not a web address");
  }
  return answer.UrlThanhToan;
}

async function postJson(url: string, message: object, timeoutMs: number, token?: string): Promise<unknown> {
  const headers: Record<string, string> = { "content-type": "application/json", accept: "application/json" };
  if (token) headers["authorization"] = `Bearer ${token}`;
  try {
    const response = await fetch(url, {
      method: "POST",
      headers,
      body: JSON.stringify(message),
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    if (text.length > ANSWER_MAX) throw unreadable(url, "the answer is too long");
    return parseJson(text);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const timedOut = cause instanceof DOMException && cause.name === "TimeoutError";
    throw new AppError("unavailable", {
      reason: timedOut ? "timeout" : "unreachable",
      message: `no answer from ${new URL(url).origin}`,
      cause,
    });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is one of the ways in which an answer is unreadable; the schema check that follows says so.
    return undefined;
  }
}

function unreadable(url: string, why: string): AppError {
  return new AppError("unavailable", { reason: "unreadable", message: `answer of ${new URL(url).origin}: ${why}` });
}
