import { askProvider, neverHandedOut } from "./ask-provider.ts";
import type { PaymentHub } from "./payment.ts";
import { isUnfinished } from "./payment-lifecycle.ts";
import { findAttempt } from "./payment-store.ts";
import { endWithoutMoney } from "./settle-attempt.ts";

/**
 * The payer wants another bank or wallet. The provider is asked first: only when it says that nothing was begun is the
 * attempt put aside; while it is unknown the payer waits, because the next payment could be the second one. An attempt
 * whose address was never handed out cannot be paid, so a provider that is down does not hold the payer up.
 */
export async function giveUpAttempt(hub: PaymentHub, attemptId: string): Promise<"free" | "wait" | "not-found"> {
  const attempt = await findAttempt(hub.database, attemptId);
  if (!attempt) return "not-found";
  if (!isUnfinished(attempt.state)) return "free";
  const report = await askProvider(hub, attempt, "payer");
  if (report.kind === "captured" || report.kind === "failed" || report.kind === "reversed") return "free";
  if (report.kind !== "untouched" && !neverHandedOut(attempt, hub.clock.now().getTime())) return "wait";
  await endWithoutMoney(hub, attempt, "given-up", "payer", report.code);
  return "free";
}
