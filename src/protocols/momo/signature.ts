/**
 * MoMo payment gateway v2: HMAC-SHA256, lower-case hex, over `key=value` pairs joined by "&" in alphabetical order of
 * the keys, values raw (not URL-encoded), accessKey always among them although it is not sent back in callbacks. Pure.
 * Source: developers.momo.vn, "Digital signature"; the vector with MoMo's public sandbox keys is in the test.
 */
import { hmacSha256, sameText } from "#kit/crypto.ts";
import type { CreateRequest, Ipn, QueryRequest, RefundRequest } from "./messages.ts";

export interface MomoKeys {
  readonly accessKey: string;
  readonly secretKey: string;
}

/** Keys now and, while they are being rotated, those before: both verify, the first ones sign. */
export type MomoKeyring = readonly [current: MomoKeys, ...previous: MomoKeys[]];

export function signCreate(request: Omit<CreateRequest, "signature">, keys: MomoKeys): string {
  return sign(keys, {
    amount: request.amount,
    extraData: request.extraData,
    ipnUrl: request.ipnUrl,
    orderId: request.orderId,
    orderInfo: request.orderInfo,
    partnerCode: request.partnerCode,
    redirectUrl: request.redirectUrl,
    requestId: request.requestId,
    requestType: request.requestType,
  });
}

/** The same text for the IPN's body and for the redirect's query string. */
export function signIpn(ipn: Omit<Ipn, "signature">, keys: MomoKeys): string {
  return sign(keys, {
    amount: ipn.amount,
    extraData: ipn.extraData,
    message: ipn.message,
    orderId: ipn.orderId,
    orderInfo: ipn.orderInfo,
    orderType: ipn.orderType,
    partnerCode: ipn.partnerCode,
    payType: ipn.payType,
    requestId: ipn.requestId,
    responseTime: ipn.responseTime,
    resultCode: ipn.resultCode,
    transId: ipn.transId,
  });
}

export function signQuery(request: Omit<QueryRequest, "signature" | "lang">, keys: MomoKeys): string {
  return sign(keys, {
    orderId: request.orderId,
    partnerCode: request.partnerCode,
    requestId: request.requestId,
  });
}

export function signRefund(request: Omit<RefundRequest, "signature" | "lang">, keys: MomoKeys): string {
  return sign(keys, {
    amount: request.amount,
    description: request.description,
    orderId: request.orderId,
    partnerCode: request.partnerCode,
    requestId: request.requestId,
    transId: request.transId,
  });
}

/** True when `signature` was made by `signer` with one of the keys; constant time, every generation tried. */
export function verifySignature<Message extends { readonly signature: string }>(
  message: Message,
  signer: (message: Message, keys: MomoKeys) => string,
  keyring: MomoKeyring,
): boolean {
  let matches = false;
  for (const keys of keyring) {
    if (sameText(signer(message, keys), message.signature.toLowerCase())) matches = true;
  }
  return matches;
}

function sign(keys: MomoKeys, fields: Readonly<Record<string, string | number>>): string {
  const pairs: [string, string | number][] = [["accessKey", keys.accessKey], ...Object.entries(fields)];
  pairs.sort(([left], [right]) => (left < right ? -1 : 1));
  return hmacSha256(keys.secretKey, pairs.map(([key, value]) => `${key}=${value}`).join("&"));
}
