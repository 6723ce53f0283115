import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * ZaloPay v2 macs, written for the stand-in from the public protocol (docs.zalopay.vn): HMAC-SHA256 in lower hex over
 * values joined by `|`. The product has its own implementation; both are proven by the known example, never by each other.
 */
const VALUES = {
  create: ["app_id", "app_trans_id", "app_user", "amount", "app_time", "embed_data", "item"],
  refund: ["app_id", "zp_trans_id", "amount", "description", "timestamp"],
  query_refund: ["app_id", "m_refund_id", "timestamp"],
  redirect: ["appid", "apptransid", "pmcid", "bankcode", "amount", "discountamount", "status"],
} as const;

export type Fields = Readonly<Record<string, unknown>>;

/** The text that a message's mac is over. */
export function signedText(message: keyof typeof VALUES, fields: Fields): string {
  return VALUES[message].map((name) => String(fields[name] ?? "")).join("|");
}

/** `app_id|app_trans_id|key1`: the only message that has the key in its text. */
export function queryText(fields: Fields, key1: string): string {
  return `${String(fields.app_id)}|${String(fields.app_trans_id)}|${key1}`;
}

export function zalopayMac(key: string, text: string): string {
  return createHmac("sha256", key).update(text, "utf8").digest("hex");
}

export function isZalopayMac(key: string, text: string, given: unknown): boolean {
  if (typeof given !== "string" || !/^[0-9a-f]{64}$/.test(given)) return false;
  return timingSafeEqual(Buffer.from(given, "hex"), Buffer.from(zalopayMac(key, text), "hex"));
}
