/** Messages between systems that share a key: HMAC-SHA256 over the instant and the body as it was sent. */
import { hmacSha256, sameText } from "./crypto.ts";

const CLOCKS_MAY_DIFFER_MS = 5 * 60_000;

export interface SignedHeaders {
  readonly "x-timestamp": string;
  readonly "x-signature": string;
}

export function signBody(key: string, body: string, at: Date): SignedHeaders {
  const timestamp = at.toISOString();
  return { "x-timestamp": timestamp, "x-signature": hmacSha256(key, `${timestamp}\n${body}`) };
}

/** True when the body was signed with the key within five minutes of `now`: an old message cannot be sent again. */
export function isSignedNow(
  key: string,
  body: string,
  headers: { readonly timestamp: unknown; readonly signature: unknown },
  now: Date,
): boolean {
  const { timestamp, signature } = headers;
  if (typeof timestamp !== "string" || typeof signature !== "string") return false;
  const age = Math.abs(now.getTime() - Date.parse(timestamp));
  return age <= CLOCKS_MAY_DIFFER_MS && sameText(signature, hmacSha256(key, `${timestamp}\n${body}`));
}
