/** What happens to processes without a person: timers that pass, and clocks that run again after a pause. */
import { type Clock, systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { type Job, type JobHandler, JobRefused } from "#kit/jobs.ts";
import { planTimer, standingOf } from "#province/steps/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import { decide, isPaused } from "./dossier-lifecycle.ts";
import { placeOf, stepDetail, writeBoth } from "./dossier-process.ts";
import { recountSteps } from "./recount-steps.ts";
import { findDossier } from "./dossier-view.ts";

/** Handlers for the province's worker. */
export function processJobs(
  database: Database,
  clock: Clock = systemClock,
): Readonly<Record<"process-timer" | "process-resume", JobHandler>> {
  return {
    "process-timer": async (job) => {
      const { key, token } = keyOf(job);
      if (token === undefined) throw new JobRefused("a timer of no token");
      await fireTimer(database, { ...key, token }, clock);
    },
    "process-resume": async (job) => recountSteps(database, keyOf(job).key, clock),
  };
}

function keyOf(job: Job): { readonly key: { tenant: string; dossierId: string }; readonly token: number | undefined } {
  const { dossierId, token } = job.payload as { dossierId?: unknown; token?: unknown };
  if (!job.tenant || typeof dossierId !== "string") throw new JobRefused("a process of no dossier");
  return { key: { tenant: job.tenant, dossierId }, token: typeof token === "number" ? token : undefined };
}

/** Safe to repeat: a timer that has fired, was cancelled or is due later is left alone. */
async function fireTimer(
  database: Database,
  key: { readonly tenant: string; readonly dossierId: string; readonly token: number },
  clock: Clock,
): Promise<void> {
  const dossier = await findDossier(database, key);
  // While the citizen is waited for the clock stands; the end of the pause asks again.
  if (!dossier || isPaused(dossier.state)) return;
  const tenant = findTenant(key.tenant);
  const now = clock.now();
  const found = await standingOf(database.forTenant(tenant.code), tenant, {
    dossierId: key.dossierId,
    officerId: null,
    now,
  });
  const timer = found?.standing.timers.find((one) => one.token === key.token);
  if (!found || !timer || new Date(timer.firesAt) > now) return;
  const decision = decide(dossier, "step", "system");
  const plan = planTimer(found.standing, key.token, placeOf(tenant, dossier, now));
  if (!decision.ok || !plan.ok) return;
  const task = found.standing.tasks.find((one) => one.token === key.token);
  const done = await writeBoth(
    database,
    found.standing.revision,
    {
      tenant: key.tenant,
      dossierId: key.dossierId,
      from: dossier.state,
      version: dossier.version,
      to: decision.to,
      action: "step",
      actor: { kind: "system", name: "steps" },
      patch: { resumeState: decision.resumeState },
      detail: { ...(task ? stepDetail(task, plan.change) : { step: null }), overdue: task !== undefined },
    },
    plan.change,
  );
  // Somebody acted between reading and writing: the queue tries again in a moment.
  if (!done.ok) throw new Error("the dossier moved meanwhile");
}
