import type { Database } from "#kit/db.ts";
import { type Job, type JobHandler, JobRefused } from "#kit/jobs.ts";
import type { Outcome } from "./dossier.ts";
import { decide } from "./dossier-lifecycle.ts";
import { findDossier, listHistory } from "./dossier-view.ts";
import { deadlineOf } from "./due-time.ts";
import { recountSteps } from "./recount-steps.ts";
import { writeDeadline } from "./deadline-store.ts";

/**
 * Works the date out anew from the dossier's history and writes it when it differs. Safe to repeat. `conflict` when the
 * dossier moved in between: the caller tries again.
 */
export async function moveDeadline(
  database: Database,
  key: { readonly tenant: string; readonly dossierId: string },
): Promise<Outcome<{ readonly moved: boolean }>> {
  const dossier = await findDossier(database, key);
  if (!dossier) return { ok: false, reason: "not-found" };
  // Paused again, or over: what comes next asks again.
  if (!decide(dossier, "move-deadline", "system").ok) return { ok: true, moved: false };
  const found = await deadlineOf(database, dossier, await listHistory(database, key));
  const dueAt = found?.deadline.dueAt;
  if (!found || !dueAt) return { ok: true, moved: false };
  const moved = dueAt.getTime() !== dossier.dueAt?.getTime();
  if (moved) {
    const done = await writeDeadline(database, {
      ...key,
      version: dossier.version,
      action: "move-deadline",
      actor: { kind: "system", name: "deadlines" },
      dueAt,
      explanation: found.explanation,
      detail: {},
    });
    if (!done.ok) return done;
  }
  // What moves the appointment (another day off, the end of a pause) moves the steps on the way to it. Also when the date is
  // right already: whoever wrote it may have ended before it came to the steps.
  await recountSteps(database, key);
  return { ok: true, moved };
}

/** Handler for the province's worker: a dossier has left a pause. */
export function deadlineJobs(database: Database): Record<"dossier-deadline", JobHandler> {
  return {
    "dossier-deadline": async (job: Job) => {
      const { dossierId } = job.payload as { dossierId?: string };
      if (!job.tenant || !dossierId) throw new JobRefused("a deadline of no dossier");
      const done = await moveDeadline(database, { tenant: job.tenant, dossierId });
      // Somebody acted between reading and writing: the queue tries again in a moment.
      if (!done.ok && done.reason === "conflict") throw new Error("the dossier moved meanwhile");
    },
  };
}
