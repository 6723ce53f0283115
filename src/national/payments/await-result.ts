import { askProvider } from "./ask-provider.ts";
import type { PaymentAttempt, PaymentHub } from "./payment.ts";
import { isUnfinished } from "./payment-lifecycle.ts";
import { findAttempt } from "./payment-store.ts";

const LOOKS_MAX = 4;
const BETWEEN_MS = 700;

/**
 * The payer's browser is back. That proves nothing; it is a good moment to ask the provider. Waits a little for the
 * answer or for the callback that is on its way, so that most people see the result at once.
 */
export async function awaitResult(hub: PaymentHub, attemptId: string): Promise<PaymentAttempt | undefined> {
  let attempt = await findAttempt(hub.database, attemptId);
  for (let look = 0; attempt && isUnfinished(attempt.state) && look < LOOKS_MAX; look += 1) {
    if (look > 0) await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
    const report = await askProvider(hub, attempt, "return");
    attempt = await findAttempt(hub.database, attemptId);
    // The payer came back without having begun: nothing to wait for.
    if (report.kind === "untouched") break;
  }
  return attempt;
}
