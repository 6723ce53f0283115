import { nextAskAt, nextLookAt } from "./ask-schedule.ts";
import type { PaymentAttempt, PaymentHub, Source } from "./payment.ts";
import { isUnfinished } from "./payment-lifecycle.ts";
import { askAgainAt, stepAttempt } from "./payment-store.ts";
import type { Report } from "./providers/provider.ts";
import { endWithoutMoney, reverseAttempt, settleAttempt } from "./settle-attempt.ts";

/**
 * Asks the provider what became of an attempt and writes down what it says. Silence and "still deciding" leave the
 * attempt unknown ("đang xác minh"): it is neither a success nor a failure.
 */
export async function askProvider(hub: PaymentHub, attempt: PaymentAttempt, source: Source): Promise<Report> {
  const report = await hub.providers.get(attempt.provider).ask(attempt);
  if (report.kind === "reversed") {
    await reverseAttempt(hub, { ...nameOf(attempt), report, source, raw: JSON.stringify(report) });
    return report;
  }
  if (report.kind === "captured" || report.kind === "failed") {
    const raw = JSON.stringify(report);
    const { verdict } = await settleAttempt(hub, { ...nameOf(attempt), report, source, raw });
    if (verdict === "amount-differs" || verdict === "transaction-differs") {
      await stepAttempt(hub.database, attempt.id, "doubt", source, { code: report.code });
      await askAgainLater(hub, attempt);
    } else if (verdict === "already" && attempt.state === "failed") {
      await askAgainLater(hub, attempt);
    }
    return report;
  }
  const now = hub.clock.now().getTime();
  if (report.kind === "untouched" && neverHandedOut(attempt, now) && isUnfinished(attempt.state)) {
    // We died or heard nothing while opening it.
    await endWithoutMoney(hub, attempt, "rejected", source, report.code);
    return report;
  }
  const pastItsTime = now > attempt.expiresAt.getTime() + GRACE_MS;
  if (report.kind === "untouched" && pastItsTime && isUnfinished(attempt.state)) {
    // The provider itself says that the payer never began, and its own page has closed.
    await endWithoutMoney(hub, attempt, "expired", source, report.code);
    return report;
  }
  if (report.kind !== "untouched" && isUnfinished(attempt.state)) {
    await stepAttempt(hub.database, attempt.id, "doubt", source, { code: report.code });
  }
  await askAgainLater(hub, attempt);
  return report;
}

/** Longer than a provider's time-out on opening: by then whoever was opening the attempt has ended. */
const START_LIMIT_MS = 14_000;

/** No payer was ever given the attempt's address, and none will be. */
export function neverHandedOut(attempt: PaymentAttempt, now: number): boolean {
  return attempt.payUrl === null && now > attempt.createdAt.getTime() + START_LIMIT_MS;
}

/** Providers finish what was begun in the last second of the payer's time. */
const GRACE_MS = 2 * 60_000;

function nameOf({ provider, providerOrder }: PaymentAttempt): { provider: string; providerOrder: string } {
  return { provider, providerOrder };
}

async function askAgainLater(hub: PaymentHub, attempt: PaymentAttempt): Promise<void> {
  const now = hub.clock.now();
  const next = isUnfinished(attempt.state)
    ? nextAskAt(now, attempt.askCount, attempt.expiresAt)
    : nextLookAt(now, attempt.changedAt);
  if (next === undefined && isUnfinished(attempt.state)) {
    hub.log.error({ attempt: attempt.id }, "payment still undecided after three days: an operator must look");
  }
  await askAgainAt(hub.database, attempt.id, next);
}
