import { crashPoint } from "#kit/crash-points.ts";
import type { Lang } from "#kit/i18n.ts";
import { firstAskAt } from "./ask-schedule.ts";
import { paymentPaths } from "./paths.ts";
import type { PaymentHub } from "./payment.ts";
import { findAttempt, findOrder, putAttempt, stepAttempt } from "./payment-store.ts";
import { settleAttempt } from "./settle-attempt.ts";

export interface StartAttempt {
  readonly orderId: string;
  /** Made with the review page; the same id again is the same attempt. */
  readonly attemptId: string;
  readonly channel: string;
  readonly payerIp: string;
  readonly lang: Lang;
}

export type StartAnswer =
  /** Off to the provider. */
  | { readonly kind: "redirect"; readonly payUrl: string }
  /** The attempt exists and its page says where it stands (unknown, over, or still being opened). */
  | { readonly kind: "see-attempt"; readonly attemptId: string }
  /** The order's own page says why not: paid, expired, or another attempt is unfinished. */
  | { readonly kind: "see-order"; readonly why: "paid" | "expired" | "busy" | "amount" }
  | { readonly kind: "not-found" };

/**
 * Opens an attempt and hands the payer to the provider. The attempt is committed before the provider hears of it, so that
 * whatever dies next, the sweep finds it and asks.
 */
export async function startAttempt(hub: PaymentHub, input: StartAttempt): Promise<StartAnswer> {
  const chosen = hub.providers.findChannel(input.channel);
  const order = await findOrder(hub.database, input.orderId);
  if (!chosen || !order) return { kind: "not-found" };
  const { provider, channel } = chosen;
  if (order.amount < provider.amountMin || order.amount > provider.amountMax)
    return { kind: "see-order", why: "amount" };
  const now = hub.clock.now();
  const word = await putAttempt(hub.database, {
    orderId: order.id,
    id: input.attemptId,
    provider: provider.id,
    channel: channel.code,
    providerOrder: provider.orderName?.(input.attemptId) ?? input.attemptId.replaceAll("-", ""),
    expiresAt: new Date(now.getTime() + provider.minutesToPay * 60_000),
    firstAskAt: firstAskAt(now),
  });
  if (word === "unknown-order" || word === "id-taken") return { kind: "not-found" };
  if (word === "paid" || word === "expired" || word === "busy") return { kind: "see-order", why: word };
  const attempt = await findAttempt(hub.database, input.attemptId);
  if (!attempt) return { kind: "not-found" };
  if (word === "replayed") {
    // The same id with another bank is another request under a used id: the first one stands.
    const same = attempt.channel === channel.code && order.state === "open";
    const open = same && attempt.state === "redirected" && attempt.payUrl;
    return open ? { kind: "redirect", payUrl: open } : { kind: "see-attempt", attemptId: attempt.id };
  }
  // F1: the intent is committed, the provider has not been called.
  crashPoint("F1", provider.id);
  const outcome = await provider.start({
    ...attempt,
    channel,
    information: order.information,
    returnUrl: hub.origin + paymentPaths.result(attempt.id),
    ipnUrl: hub.origin + paymentPaths.ipn(provider.id),
    payerIp: input.payerIp,
    lang: input.lang,
  });
  // F2: the provider has taken the order, its address is not stored.
  crashPoint("F2", provider.id);
  if (outcome.kind === "redirect") {
    await stepAttempt(hub.database, attempt.id, "accept", "start", { payUrl: outcome.payUrl });
    // F3: stored, and the payer's browser has not heard of it.
    crashPoint("F3", provider.id);
    return { kind: "redirect", payUrl: outcome.payUrl };
  }
  if (outcome.kind === "rejected") {
    await settleAttempt(hub, {
      provider: provider.id,
      providerOrder: attempt.providerOrder,
      report: { kind: "failed", amount: attempt.amount, reason: "rejected", code: outcome.code },
      source: "start",
      raw: "",
    });
  } else {
    await stepAttempt(hub.database, attempt.id, "doubt", "start", { code: outcome.code });
  }
  return { kind: "see-attempt", attemptId: attempt.id };
}
