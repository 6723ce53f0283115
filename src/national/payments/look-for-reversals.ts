import type { PaymentHub } from "./payment.ts";
import { findAttempt } from "./payment-store.ts";
import { claimReversalLooks } from "./reversal-store.ts";
import { reverseAttempt } from "./settle-attempt.ts";

/** At most so many questions a round: 72,000 a day. */
const BATCH = 50;
/** At the same time, so that a provider does not feel it. */
const AT_ONCE = 5;

/**
 * Asks about payments of the last three days that we have as successes, once a day each, whether the provider has taken them
 * back meanwhile; only those providers whose answers can say so. A reversal becomes a dispute; any other answer changes
 * nothing, and neither does silence. Answers how many were asked about.
 */
export async function lookForReversals(hub: PaymentHub): Promise<number> {
  const able = hub.providers.all.filter((provider) => provider.saysReversed).map((provider) => provider.id);
  if (able.length === 0) return 0;
  const due = await claimReversalLooks(hub.database, able, BATCH);
  for (let from = 0; from < due.length; from += AT_ONCE) {
    const looks = await Promise.allSettled(due.slice(from, from + AT_ONCE).map((id) => look(hub, id)));
    for (const one of looks) {
      if (one.status === "rejected") hub.log.error({ err: one.reason }, "a success could not be looked at again");
    }
  }
  return due.length;
}

async function look(hub: PaymentHub, id: string): Promise<void> {
  const attempt = await findAttempt(hub.database, id);
  if (!attempt) return;
  const { provider, providerOrder } = attempt;
  const report = await hub.providers.get(provider).ask(attempt);
  if (report.kind === "reversed") {
    await reverseAttempt(hub, { provider, providerOrder, report, source: "sweep", raw: JSON.stringify(report) });
  } else if (report.kind === "failed" || (report.kind === "captured" && report.amount !== attempt.amount)) {
    hub.log.error(
      { attempt: id, provider, code: report.code },
      "a provider speaks otherwise of a payment that it has taken",
    );
  }
}
