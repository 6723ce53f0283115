import { formatDateTime, formatDateTimeSeconds } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import type { Lang } from "#kit/i18n.ts";
import { isId } from "#kit/ids.ts";
import type { OfferedChannel, OrderView } from "./pages/order-page.ts";
import type { ResultPageProps } from "./pages/result-page.ts";
import { paymentPaths } from "./paths.ts";
import type { PaymentAttempt, PaymentHub, PaymentOrder } from "./payment.ts";
import { failureWord } from "./decline-word.ts";
import { isUnfinished } from "./payment-lifecycle.ts";
import { findAttempt, findOrder, listAttempts } from "./payment-store.ts";

/** The order of an address, as the pages show it. Errors: `not-found`. */
export async function getOrder(hub: PaymentHub, id: string): Promise<{ order: PaymentOrder; view: OrderView }> {
  const order = isId(id) ? await findOrder(hub.database, id) : undefined;
  if (!order) throw new AppError("not-found", { message: "no such order" });
  return { order, view: viewOrder(hub, order, await listAttempts(hub.database, order.id)) };
}

/** The attempt of an address, with its order. Errors: `not-found`. */
export async function getAttempt(
  hub: PaymentHub,
  id: string,
): Promise<{ attempt: PaymentAttempt; order: PaymentOrder }> {
  const attempt = isId(id) ? await findAttempt(hub.database, id) : undefined;
  const order = attempt && (await findOrder(hub.database, attempt.orderId));
  if (!attempt || !order) throw new AppError("not-found", { message: "no such attempt" });
  return { attempt, order };
}

function viewOrder(hub: PaymentHub, order: PaymentOrder, attempts: readonly PaymentAttempt[]): OrderView {
  return {
    id: order.id,
    information: order.information,
    amount: order.amount,
    merchantName: hub.merchants.get(order.merchant)?.name ?? order.merchant,
    backUrl: backUrlOf(hub, order),
    payee: { name: order.details.payeeName, account: order.details.payeeAccount ?? "" },
    lines: order.details.lines,
    stand: standOf(hub, order, attempts),
  };
}

function standOf(hub: PaymentHub, order: PaymentOrder, attempts: readonly PaymentAttempt[]): OrderView["stand"] {
  if (order.state === "paid") return { kind: "paid" };
  const unfinished = attempts.find((attempt) => isUnfinished(attempt.state));
  if (unfinished) return { kind: "unfinished", attemptId: unfinished.id };
  if (order.expiresAt.getTime() <= hub.clock.now().getTime()) return { kind: "expired" };
  const last = attempts.at(-1);
  if (!last?.reason || last.reason === "given-up") return { kind: "open" };
  return { kind: "open", lastFailure: { time: formatDateTime(last.changedAt), reason: failureWord(last) } };
}

/** The merchant's page for returning payers, built from configuration, never from what came in. */
function backUrlOf(hub: PaymentHub, order: PaymentOrder): string {
  const merchant = hub.merchants.get(order.merchant);
  return merchant ? `${merchant.returnUrl}?MaThamChieu=${encodeURIComponent(order.reference)}` : "/";
}

/** Every live channel; one that does not take this amount says from or up to which it does. */
export function offerChannels(hub: PaymentHub, amount: number): OfferedChannel[] {
  return hub.providers.all.flatMap(({ channels, amountMin, amountMax }) =>
    channels.map((channel) => {
      if (amount < amountMin) return { ...channel, refusedBelow: amountMin };
      return amount > amountMax ? { ...channel, refusedAbove: amountMax } : channel;
    }),
  );
}

/** A word for the page and for the browser element that watches it. */
export function resultStand(attempt: PaymentAttempt): ResultPageProps["stand"] {
  if (attempt.state === "succeeded" && attempt.dispute === "lost") return { kind: "taken-back" };
  if (attempt.state === "succeeded" && attempt.kept === false) return { kind: "to-be-returned" };
  if (attempt.state === "succeeded") return { kind: "paid", ...(attempt.dispute ? { disputed: true } : {}) };
  if (attempt.state === "failed") return { kind: "failed", reason: failureWord(attempt) };
  if (attempt.state === "redirected" && attempt.payUrl) return { kind: "open", payUrl: attempt.payUrl };
  return { kind: "verifying" };
}

export function viewResult(
  hub: PaymentHub,
  order: PaymentOrder,
  attempt: PaymentAttempt,
  lang: Lang,
  mustWait: boolean,
): ResultPageProps {
  return {
    lang,
    attemptId: attempt.id,
    orderId: order.id,
    information: order.information,
    amount: attempt.amount,
    channelName: hub.providers.findChannel(attempt.channel)?.channel.name ?? attempt.channel,
    providerName: hub.providers.find(attempt.provider)?.name ?? attempt.provider,
    transaction: attempt.hubTransaction,
    time: formatDateTimeSeconds(attempt.changedAt),
    merchantName: hub.merchants.get(order.merchant)?.name ?? order.merchant,
    backUrl: backUrlOf(hub, order),
    statusUrl: paymentPaths.status(attempt.id),
    stand: resultStand(attempt),
    ...(attempt.provider === "vietqr" ? { transferUrl: paymentPaths.transfer(attempt.id) } : {}),
    mustWait,
  };
}
