import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * VNPAY 2.1.0 signatures, written for the stand-in from the public protocol: HMAC-SHA512 in lower hex. Payments and
 * callbacks sign the sorted, form-encoded query (space as `+`) without the hash itself; the transaction API signs its
 * values joined by `|`. The product has its own implementation; both are proven by the vector, never by each other.
 */
export type VnpayFields = Readonly<Record<string, string>>;

/** Form encoding as PHP's and Java's urlencode write it: only letters, digits, `-_.*` stay; VNPAY's samples use it. */
function encode(text: string): string {
  return encodeURIComponent(text)
    .replace(/%20/g, "+")
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

export function vnpayQuery(fields: VnpayFields): string {
  return Object.keys(fields)
    .filter((name) => name.startsWith("vnp_") && name !== "vnp_SecureHash" && name !== "vnp_SecureHashType")
    .filter((name) => fields[name] !== "")
    .sort()
    .map((name) => `${encode(name)}=${encode(fields[name] ?? "")}`)
    .join("&");
}

export function vnpayHash(secret: string, data: string): string {
  return createHmac("sha512", secret).update(data, "utf8").digest("hex");
}

export function isVnpayHash(secret: string, data: string, given: unknown): boolean {
  if (typeof given !== "string" || !/^[0-9a-f]{128}$/i.test(given)) return false;
  return timingSafeEqual(Buffer.from(given, "hex"), Buffer.from(vnpayHash(secret, data), "hex"));
}

/** The transaction API signs values in a fixed order; names without `vnp_`. */
export const SIGNED_VALUES = {
  querydr: [
    "RequestId",
    "Version",
    "Command",
    "TmnCode",
    "TxnRef",
    "TransactionDate",
    "CreateDate",
    "IpAddr",
    "OrderInfo",
  ],
  refund: [
    "RequestId",
    "Version",
    "Command",
    "TmnCode",
    "TransactionType",
    "TxnRef",
    "Amount",
    "TransactionNo",
    "TransactionDate",
    "CreateBy",
    "CreateDate",
    "IpAddr",
    "OrderInfo",
  ],
  "querydr-answer": [
    "ResponseId",
    "Command",
    "ResponseCode",
    "Message",
    "TmnCode",
    "TxnRef",
    "Amount",
    "BankCode",
    "PayDate",
    "TransactionNo",
    "TransactionType",
    "TransactionStatus",
    "OrderInfo",
    "PromotionCode",
    "PromotionAmount",
  ],
  "refund-answer": [
    "ResponseId",
    "Command",
    "ResponseCode",
    "Message",
    "TmnCode",
    "TxnRef",
    "Amount",
    "BankCode",
    "PayDate",
    "TransactionNo",
    "TransactionType",
    "TransactionStatus",
    "OrderInfo",
  ],
} as const;

export function vnpayValues(message: keyof typeof SIGNED_VALUES, fields: VnpayFields): string {
  return SIGNED_VALUES[message].map((name) => fields[`vnp_${name}`] ?? "").join("|");
}
