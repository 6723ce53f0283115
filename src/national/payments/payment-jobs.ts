import type { JobHandler, Periodic } from "#kit/jobs.ts";
import { askProvider } from "./ask-provider.ts";
import { confirmMerchant } from "./confirm-merchant.ts";
import type { PaymentHub } from "./payment.ts";
import { claimDueAttempts } from "./payment-store.ts";

const SWEEP_EVERY_MS = 3_000;
const SWEEP_BATCH = 20;

/** Handlers and periodic work of the room, for the national worker. */
export function paymentJobs(hub: PaymentHub): { handlers: Record<string, JobHandler>; periodic: Periodic[] } {
  return {
    handlers: { "confirm-merchant": (job) => confirmMerchant(hub, job) },
    periodic: [{ name: "payment-sweep", everyMs: SWEEP_EVERY_MS, run: () => sweepPayments(hub) }],
  };
}

/** Asks the providers about every attempt whose time has come (`ask-schedule.ts`), one batch a round. */
export async function sweepPayments(hub: PaymentHub): Promise<void> {
  const due = await claimDueAttempts(hub.database, SWEEP_BATCH);
  const results = await Promise.allSettled(due.map((attempt) => askProvider(hub, attempt, "sweep")));
  for (const result of results) {
    // The lease in `claimDueAttempts` brings the attempt back by itself.
    if (result.status === "rejected") hub.log.error({ err: result.reason }, "payment could not be asked about");
  }
}
