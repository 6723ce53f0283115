/** Web push (RFC 8030): an encrypted message to the push service that a browser named. */
import webPush from "web-push";
import type { VapidKeys } from "./vapid-keys.ts";

/** Push services of the browsers in use. An address elsewhere would make this house call whatever somebody names. */
const SERVICES = [
  /^fcm\.googleapis\.com$/,
  /^updates\.push\.services\.mozilla\.com$/,
  /(^|\.)push\.apple\.com$/,
  /\.notify\.windows\.com$/,
] as const;

const TIMEOUT_MS = 10_000;
/** A notice that could not be delivered in three days is old news. */
const KEPT_SECONDS = 3 * 86_400;

export interface PushTarget {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

/** `standIn`: origin of the demo's own push service. */
export function isPushService(endpoint: string, standIn: string | undefined): boolean {
  if (!URL.canParse(endpoint)) return false;
  const url = new URL(endpoint);
  if (standIn !== undefined && url.origin === standIn) return true;
  return url.protocol === "https:" && url.port === "" && SERVICES.some((service) => service.test(url.hostname));
}

/** Keys as browsers give them: a P-256 point of 65 bytes and a secret of 16, base64url. */
export function arePushKeys(p256dh: string, auth: string): boolean {
  const bytes = (text: string) => (/^[\w-]+={0,2}$/.test(text) ? Buffer.from(text, "base64url").length : 0);
  return bytes(p256dh) === 65 && bytes(auth) === 16;
}

/** `gone`: the browser has unsubscribed, the address is to be forgotten. @throws when the service did not take it. */
export async function sendPush(
  target: PushTarget,
  payload: object,
  sender: { readonly keys: VapidKeys; readonly subject: string },
): Promise<"sent" | "gone"> {
  const request = webPush.generateRequestDetails(
    { endpoint: target.endpoint, keys: { p256dh: target.p256dh, auth: target.auth } },
    JSON.stringify(payload),
    {
      vapidDetails: { subject: sender.subject, ...sender.keys },
      TTL: KEPT_SECONDS,
      urgency: "normal",
      contentEncoding: "aes128gcm",
    },
  );
  const headers = Object.fromEntries(
    Object.entries(request.headers)
      .filter(([name]) => name.toLowerCase() !== "content-length")
      .map(([name, value]) => [name, String(value)]),
  );
  const response = await fetch(request.endpoint, {
    method: "POST",
    headers,
    body: new Uint8Array(request.body),
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await response.body?.cancel();
  if (response.status === 404 || response.status === 410) return "gone";
  if (!response.ok) throw new Error(`push service answered ${response.status}`);
  return "sent";
}
