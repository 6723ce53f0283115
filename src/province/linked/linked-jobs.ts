/** Handlers for the province's worker; each looks at how things stand, so that running again does no harm. */
import { type Job, type JobHandler, JobRefused } from "#kit/jobs.ts";
import { actOnMessages, type GuestPlace, tellAboutGuest } from "./act-on-messages.ts";
import { advanceLinked } from "./advance-linked.ts";
import { type LinkedSender, sendKept } from "./send-message.ts";

export type LinkedJobsDeps = GuestPlace & LinkedSender;

export function linkedJobs(
  deps: LinkedJobsDeps,
): Record<"linked" | "linked-guest" | "linked-send" | "linked-act", JobHandler> {
  return {
    linked: async (job) => {
      const [tenant, wholeId] = read(job, "wholeId");
      await advanceLinked({ database: deps.database, tenant }, wholeId);
    },
    "linked-guest": async (job) => {
      const [tenant, dossierId] = read(job, "dossierId");
      await tellAboutGuest(deps, tenant, dossierId);
    },
    "linked-send": async (job) => {
      const [tenant, conversation] = read(job, "conversation");
      const { seq } = job.payload as { seq?: unknown };
      if (typeof seq !== "number") throw new JobRefused("no message is named");
      await sendKept(deps, tenant, conversation, seq);
    },
    "linked-act": async (job) => {
      const [tenant, conversation] = read(job, "conversation");
      await actOnMessages(deps, tenant, conversation);
    },
  };
}

function read(job: Job, name: string): [tenant: string, id: string] {
  const id = (job.payload as Readonly<Record<string, unknown>>)[name];
  if (!job.tenant || typeof id !== "string") throw new JobRefused(`no ${name} is named`);
  return [job.tenant, id];
}
