import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * MoMo Payment v2 signatures, written for the stand-in from the public protocol (developers.momo.vn, AIO v2): HMAC-SHA256
 * in lower hex over `key=value` pairs joined by `&`, raw values, in the order listed here. The product has its own
 * implementation; both are proven by the published vector, never by each other.
 */
export const SIGNED_FIELDS = {
  create: [
    "accessKey",
    "amount",
    "extraData",
    "ipnUrl",
    "orderId",
    "orderInfo",
    "partnerCode",
    "redirectUrl",
    "requestId",
    "requestType",
  ],
  query: ["accessKey", "orderId", "partnerCode", "requestId"],
  refund: ["accessKey", "amount", "description", "orderId", "partnerCode", "requestId", "transId"],
  result: [
    "accessKey",
    "amount",
    "extraData",
    "message",
    "orderId",
    "orderInfo",
    "orderType",
    "partnerCode",
    "payType",
    "requestId",
    "responseTime",
    "resultCode",
    "transId",
  ],
} as const;

export type SignedMessage = keyof typeof SIGNED_FIELDS;

export function momoSignature(
  message: SignedMessage,
  fields: Readonly<Record<string, string | number>>,
  keys: { readonly accessKey: string; readonly secretKey: string },
): string {
  const raw = SIGNED_FIELDS[message]
    .map((name) => `${name}=${name === "accessKey" ? keys.accessKey : String(fields[name] ?? "")}`)
    .join("&");
  return createHmac("sha256", keys.secretKey).update(raw, "utf8").digest("hex");
}

/** True when `given` is the signature of the message; compared in constant time. */
export function isMomoSignature(
  message: SignedMessage,
  fields: Readonly<Record<string, string | number>>,
  keys: { readonly accessKey: string; readonly secretKey: string },
  given: unknown,
): boolean {
  if (typeof given !== "string" || !/^[0-9a-f]{64}$/.test(given)) return false;
  return timingSafeEqual(Buffer.from(given, "hex"), Buffer.from(momoSignature(message, fields, keys), "hex"));
}
