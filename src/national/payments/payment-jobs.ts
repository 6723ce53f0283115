import { AppError } from "#kit/errors.ts";
import type { JobHandler, Periodic } from "#kit/jobs.ts";
import { askProvider } from "./ask-provider.ts";
import { confirmMerchant } from "./confirm-merchant.ts";
import { lookForReversals } from "./look-for-reversals.ts";
import type { PaymentHub } from "./payment.ts";
import { claimDueAttempts } from "./payment-store.ts";
import { readStatement } from "./read-statement.ts";

const SWEEP_EVERY_MS = 3_000;
const SWEEP_BATCH = 20;
const STATEMENT_EVERY_MS = 3_000;
const REVERSALS_EVERY_MS = 60_000;

/** Handlers and periodic work of the room, for the national worker. */
export function paymentJobs(hub: PaymentHub): { handlers: Record<string, JobHandler>; periodic: Periodic[] } {
  return {
    handlers: { "confirm-merchant": (job) => confirmMerchant(hub, job) },
    periodic: [
      { name: "payment-sweep", everyMs: SWEEP_EVERY_MS, run: () => sweepPayments(hub) },
      { name: "reversal-look", everyMs: REVERSALS_EVERY_MS, run: async () => void (await lookForReversals(hub)) },
      ...(hub.collecting ? [{ name: "bank-statement", everyMs: STATEMENT_EVERY_MS, run: statementFollower(hub) }] : []),
    ],
  };
}

/** Reads what is new on the collecting account; a bank that does not answer is asked again at the next beat. */
function statementFollower(hub: PaymentHub): () => Promise<void> {
  let silent = false;
  return async () => {
    try {
      await readStatement(hub);
      if (silent) hub.log.info({}, "the bank gives its statement again");
      silent = false;
    } catch (error) {
      if (!(error instanceof AppError && error.code === "unavailable")) throw error;
      // Once for each silence: the beat is seconds, a bank's night is hours.
      if (!silent) hub.log.error({ reason: error.reason }, "the bank gives no statement");
      silent = true;
    }
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
