import type { Database } from "#kit/db.ts";
import { enqueue, type Job, type JobHandler, JobRefused } from "#kit/jobs.ts";
import { findTenant } from "#province/tenants/index.ts";
import { markMailed } from "./reminder-store.ts";
import { mailOfReminders } from "./reminder-words.ts";
import { findAddress, listToMail } from "./reminder-view.ts";

/** With the worker's backoff about four hours; what was not mailed still stands at the desk. */
const TRIES_MAX = 12;

/** Reminders of one mail: longer ones are not read. */
const MAIL_MOST = 100;

/**
 * The worker's part: what is new goes out in one mail, and where there is more than fits, in the next ones at once. The job's id
 * makes a repeated send one message at the gateway; an officer without an address reads it at the desk.
 */
export function reminderJobs(deps: {
  readonly database: Database;
  readonly send: JobHandler;
  readonly deskOrigin: (tenant: string) => string;
}): Record<"reminder-mail", JobHandler> {
  return {
    "reminder-mail": async (job: Job) => {
      const { officerId } = job.payload as { officerId?: string };
      if (!job.tenant || !officerId) throw new JobRefused("a reminder of nobody");
      const db = deps.database.forTenant(job.tenant);
      const reminders = await listToMail(db, officerId, MAIL_MOST);
      const last = reminders.at(-1);
      if (!last) return;
      const to = await findAddress(db, officerId);
      if (to?.email) {
        const sender = findTenant(job.tenant).deskName.vi;
        const mail = mailOfReminders(reminders, { name: to.name, sender, address: deps.deskOrigin(job.tenant) });
        try {
          await deps.send({ ...job, payload: { channel: "mail", to: to.email, ...mail } });
        } catch (error) {
          if (job.attempts < TRIES_MAX) throw error;
        }
      }
      await db.tx(async (tx) => {
        await markMailed(tx, officerId, last.seq);
        if (reminders.length === MAIL_MOST) await enqueue(tx, job.queue, officerId, { officerId });
      });
    },
  };
}
