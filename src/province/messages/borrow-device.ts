import { AppError } from "#kit/errors.ts";
import type { PushTarget } from "./push-gateway.ts";

const TIMEOUT_MS = 5_000;

/** The demo's phone as a subscription; only where the configuration names a stand-in. @throws AppError unavailable */
export async function borrowDevice(standIn: string): Promise<PushTarget> {
  try {
    const response = await fetch(`${standIn}/thiet-bi`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const { endpoint, keys } = (await response.json()) as { endpoint: string; keys: { p256dh: string; auth: string } };
    return { endpoint, p256dh: keys.p256dh, auth: keys.auth };
  } catch (error) {
    throw new AppError("unavailable", { message: "the demo's push service does not answer", cause: error });
  }
}
