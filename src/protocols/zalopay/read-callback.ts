import type { CallbackBody, OrderData } from "./messages.ts";

/** Reads a callback's JSON body; undefined when it is none. What is in `data` is read only after its mac was checked. */
export function readCallbackBody(value: unknown): CallbackBody | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { data, mac, type } = value as Record<string, unknown>;
  if (typeof data !== "string" || data.length > 15_000 || typeof mac !== "string" || mac.length > 200) return undefined;
  return { data, mac, type: typeof type === "number" ? type : 1 };
}

const TEXTS = ["app_trans_id", "app_user", "embed_data", "item"] as const;
const NUMBERS = ["app_id", "app_time", "amount", "zp_trans_id", "server_time"] as const;

/** Reads the text of `data`; undefined when a field that we need is missing. */
export function readOrderData(data: string): OrderData | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(data);
  } catch {
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null) return undefined;
  const given = parsed as Record<string, unknown>;
  if (TEXTS.some((name) => typeof given[name] !== "string")) return undefined;
  if (NUMBERS.some((name) => !Number.isSafeInteger(given[name]))) return undefined;
  return parsed as OrderData;
}
