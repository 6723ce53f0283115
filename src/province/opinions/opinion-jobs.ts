import type { Database } from "#kit/db.ts";
import { type Job, type JobHandler, JobRefused } from "#kit/jobs.ts";
import { markOverdue } from "./opinion-store.ts";

/** The worker's part: put with the question, due when its limit passes. Safe to repeat. */
export function opinionJobs(database: Database): Record<"opinion-due", JobHandler> {
  return {
    "opinion-due": async (job: Job) => {
      const { opinionId } = job.payload as { opinionId?: string };
      if (!job.tenant || !opinionId) throw new JobRefused("an opinion of no province");
      await markOverdue(database, job.tenant, opinionId);
    },
  };
}
