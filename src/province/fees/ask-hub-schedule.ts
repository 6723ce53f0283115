import type { PaymentRequest } from "./fee.ts";

/**
 * When the hub is asked by itself about a request (CONFIRM and the citizen's return settle at once, besides). Pure.
 * 20 s after the opening, then after 20, 30 s, then every 45 s for an hour, so that a lost CONFIRM is made good within
 * 60 s; then every 10 min until the hub's order has expired and has been asked about once more.
 */
const STEPS_S = [20, 20, 30] as const;
const STEADY_S = 45;
const SLOW_S = 600;
const STEADY_FOR_S = 3_600;

/** Whoever looks at the page so soon after going to the hub may have left a payment undecided there. */
const FRESH_S = 15 * 60;

/** Whether a look at the page is worth a question: the hub may know something that it has not told yet. */
export function isWorthAsking(request: Pick<PaymentRequest, "state" | "createdAt">, now: Date): boolean {
  if (request.state === "verifying") return true;
  return request.state === "open" && now.getTime() - request.createdAt.getTime() < FRESH_S * 1_000;
}

export function firstAskAt(now: Date): Date {
  return new Date(now.getTime() + STEPS_S[0] * 1_000);
}

export function nextAskAt(now: Date, asked: number, createdAt: Date): Date {
  const age = (now.getTime() - createdAt.getTime()) / 1_000;
  const seconds = age > STEADY_FOR_S ? SLOW_S : (STEPS_S[asked] ?? STEADY_S);
  return new Date(now.getTime() + seconds * 1_000);
}
