import type { Ipn } from "./messages.ts";

const TEXTS = [
  "partnerCode",
  "orderId",
  "requestId",
  "orderInfo",
  "orderType",
  "message",
  "payType",
  "extraData",
] as const;
const NUMBERS = ["amount", "transId", "resultCode", "responseTime"] as const;

/** Reads an IPN's JSON body, or the redirect's query string (`fromQuery`), into an Ipn; undefined when a field is missing. */
export function readIpn(value: unknown, fromQuery = false): Ipn | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const given = value as Record<string, unknown>;
  const read: Record<string, string | number> = {};
  for (const name of [...TEXTS, "signature"]) {
    const field = given[name];
    if (typeof field !== "string" || field.length > 2_000) return undefined;
    read[name] = field;
  }
  for (const name of NUMBERS) {
    const field = fromQuery && typeof given[name] === "string" ? Number(given[name]) : given[name];
    if (typeof field !== "number" || !Number.isSafeInteger(field)) return undefined;
    read[name] = field;
  }
  return read as unknown as Ipn;
}
