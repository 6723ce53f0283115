/**
 * VNPAY 2.1.0: HMAC-SHA512, lower-case hex. Payment address, IPN and return: over the parameters sorted by name, each
 * `name=value` URL-encoded with "+" for a space, without vnp_SecureHash and vnp_SecureHashType. Questions to the
 * merchant API (querydr, refund): over values joined by "|" in a fixed order. Pure.
 * Source: sandbox.vnpayment.vn/apis/docs; the vector is in the test.
 */
import { hmacSha512, sameText } from "#kit/crypto.ts";
import type { QueryAnswer, QueryRequest, RefundAnswer, RefundRequest } from "./messages.ts";

/** The terminal's secret now and, while it is being rotated, the one before: both verify, the first one signs. */
export type VnpaySecrets = readonly [current: string, ...previous: string[]];

export type VnpayParameters = Readonly<Record<string, string>>;

const NOT_SIGNED: ReadonlySet<string> = new Set(["vnp_SecureHash", "vnp_SecureHashType"]);

/** The query string that is signed and sent: sorted, encoded, empty values left out. */
export function canonicalQuery(parameters: VnpayParameters): string {
  return Object.entries(parameters)
    .filter(([name, value]) => !NOT_SIGNED.has(name) && name.startsWith("vnp_") && value !== "")
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join("&");
}

export function signParameters(parameters: VnpayParameters, secret: string): string {
  return hmacSha512(secret, canonicalQuery(parameters));
}

/** True when vnp_SecureHash was made with one of the secrets; constant time, every generation tried. */
export function verifyParameters(parameters: VnpayParameters, secrets: VnpaySecrets): boolean {
  const claimed = (parameters["vnp_SecureHash"] ?? "").toLowerCase();
  let matches = false;
  for (const secret of secrets) {
    if (sameText(signParameters(parameters, secret), claimed)) matches = true;
  }
  return matches;
}

export function signQueryRequest(request: Omit<QueryRequest, "vnp_SecureHash">, secret: string): string {
  return hmacSha512(
    secret,
    [
      request.vnp_RequestId,
      request.vnp_Version,
      request.vnp_Command,
      request.vnp_TmnCode,
      request.vnp_TxnRef,
      request.vnp_TransactionDate,
      request.vnp_CreateDate,
      request.vnp_IpAddr,
      request.vnp_OrderInfo,
    ].join("|"),
  );
}

export function signRefundRequest(request: Omit<RefundRequest, "vnp_SecureHash">, secret: string): string {
  return hmacSha512(
    secret,
    [
      request.vnp_RequestId,
      request.vnp_Version,
      request.vnp_Command,
      request.vnp_TmnCode,
      request.vnp_TransactionType,
      request.vnp_TxnRef,
      request.vnp_Amount,
      request.vnp_TransactionNo,
      request.vnp_TransactionDate,
      request.vnp_CreateBy,
      request.vnp_CreateDate,
      request.vnp_IpAddr,
      request.vnp_OrderInfo,
    ].join("|"),
  );
}

/** The answer to querydr, in the order of VNPAY's documentation of version 2.1.0. */
export function signQueryAnswer(answer: Omit<QueryAnswer, "vnp_SecureHash">, secret: string): string {
  return hmacSha512(
    secret,
    [
      answer.vnp_ResponseId,
      answer.vnp_Command,
      answer.vnp_ResponseCode,
      answer.vnp_Message,
      answer.vnp_TmnCode,
      answer.vnp_TxnRef,
      answer.vnp_Amount,
      answer.vnp_BankCode,
      answer.vnp_PayDate,
      answer.vnp_TransactionNo,
      answer.vnp_TransactionType,
      answer.vnp_TransactionStatus,
      answer.vnp_OrderInfo,
      answer.vnp_PromotionCode,
      answer.vnp_PromotionAmount,
    ].join("|"),
  );
}

export function verifyQueryAnswer(answer: QueryAnswer, secrets: VnpaySecrets): boolean {
  let matches = false;
  for (const secret of secrets) {
    if (sameText(signQueryAnswer(answer, secret), answer.vnp_SecureHash.toLowerCase())) matches = true;
  }
  return matches;
}

/** The answer to a refund: as querydr's, without the promotion. */
export function signRefundAnswer(answer: Omit<RefundAnswer, "vnp_SecureHash">, secret: string): string {
  return hmacSha512(
    secret,
    [
      answer.vnp_ResponseId,
      answer.vnp_Command,
      answer.vnp_ResponseCode,
      answer.vnp_Message,
      answer.vnp_TmnCode,
      answer.vnp_TxnRef,
      answer.vnp_Amount,
      answer.vnp_BankCode,
      answer.vnp_PayDate,
      answer.vnp_TransactionNo,
      answer.vnp_TransactionType,
      answer.vnp_TransactionStatus,
      answer.vnp_OrderInfo,
    ].join("|"),
  );
}

export function verifyRefundAnswer(answer: RefundAnswer, secrets: VnpaySecrets): boolean {
  let matches = false;
  for (const secret of secrets) {
    if (sameText(signRefundAnswer(answer, secret), answer.vnp_SecureHash.toLowerCase())) matches = true;
  }
  return matches;
}

/** application/x-www-form-urlencoded as Java's URLEncoder and PHP's urlencode write it. */
function encode(text: string): string {
  return encodeURIComponent(text)
    .replace(/%20/g, "+")
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
