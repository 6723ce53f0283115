import { type JobHandler, JobRefused, type Periodic } from "#kit/jobs.ts";
import { askHub } from "./ask-hub.ts";
import type { Fees } from "./fee.ts";
import { claimDueRequests, findRequest } from "./fee-store.ts";
import { issueReceipts } from "./issue-receipts.ts";

const SWEEP_EVERY_MS = 5_000;
const SWEEP_BATCH = 20;

/** Handlers and periodic work of the room for the province's worker; `all` has every province of the process. */
export function feeJobs(all: readonly Fees[]): { handlers: Record<string, JobHandler>; periodic: Periodic[] } {
  const of = (tenant: string | undefined): Fees => {
    const fees = all.find((one) => one.tenant === tenant);
    if (!fees) throw new JobRefused(`no such province: ${tenant ?? "none"}`);
    return fees;
  };
  return {
    handlers: { "issue-receipts": (job) => issueReceipts(of(job.tenant), job) },
    periodic: [
      { name: "fee-sweep", everyMs: SWEEP_EVERY_MS, run: async () => void (await Promise.all(all.map(sweepFees))) },
    ],
  };
}

/** Asks the hub about every request whose time has come (`ask-hub-schedule.ts`), one batch a round. */
export async function sweepFees(fees: Fees): Promise<void> {
  const db = fees.database.forTenant(fees.tenant);
  const due = await claimDueRequests(db, SWEEP_BATCH);
  const results = await Promise.allSettled(
    due.map(async (id) => {
      const request = await findRequest(db, id);
      if (request) await askHub(fees, request);
    }),
  );
  for (const result of results) {
    // The lease in `claimDueRequests` brings the request back by itself.
    if (result.status === "rejected")
      fees.log.error({ err: result.reason }, "payment request could not be asked about");
  }
}
