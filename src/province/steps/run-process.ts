/** What the dossiers room asks of this one while it changes a dossier: read where the process stands, write the move. */
import { plainDateOf } from "#kit/calendar.ts";
import type { Db } from "#kit/db.ts";
import { agenciesInScope } from "#province/officers/index.ts";
import type { DeadlineEvent } from "#province/deadlines/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import { planStart, type StepPlace, workingTimeWithPauses } from "./plan-move.ts";
import type { StepActor } from "./process.ts";
import {
  type Change,
  type Chosen,
  readChosen,
  readStanding,
  type StandingRow,
  writeGiving,
  writeMove,
  writeResume,
  writeStart,
} from "./steps-store.ts";
import type { StepWorker } from "./work-rights.ts";

/** The process that a procedure's dossiers run through now; undefined when they go on without. */
export function processFor(
  db: Db,
  tenant: string,
  procedure: { readonly code: string; readonly fieldCode: string },
): Promise<Chosen | undefined> {
  return readChosen(db, tenant, procedure.code, procedure.fieldCode);
}

/** Begins the instance inside the reception's transaction; false when the dossier has one. */
export function startInstance(
  db: Db,
  key: { readonly tenant: string; readonly dossierId: string },
  chosen: Chosen,
  actor: StepActor,
  place: StepPlace,
): Promise<boolean> {
  return writeStart(db, key, chosen, actor, planStart(chosen, place));
}

/** Where a dossier's process stands, and who asks; undefined when none is running. `db` is the tenant's. */
export async function standingOf(
  db: Db,
  tenant: Tenant,
  key: { readonly dossierId: string; readonly officerId: string | null; readonly now: Date },
): Promise<{ readonly standing: StandingRow; readonly worker: StepWorker | null } | undefined> {
  const { dossierId, officerId, now } = key;
  const standing = await readStanding(db, { dossierId, officerId, today: plainDateOf(now) });
  if (!standing) return undefined;
  if (officerId === null) return { standing, worker: null };
  const { worker } = standing;
  return {
    standing,
    worker: {
      id: officerId,
      role: worker?.role ?? "",
      agencyIds: worker ? agenciesInScope(tenant.agencies, worker.agencyId) : [],
      maySign: worker?.maySign ?? false,
      standsInFor: worker?.standsInFor ?? [],
    },
  };
}

/** Writes one move in the caller's transaction; false when the process moved since it was read. */
export function applyMove(
  db: Db,
  key: { readonly tenant: string; readonly dossierId: string; readonly revision: number },
  actor: StepActor,
  change: Change,
): Promise<boolean> {
  return writeMove(db, key, actor, change);
}

/** Gives an open step to an officer; `conflict` when the step changed since `revision`. */
export function giveTask(db: Db, input: Parameters<typeof writeGiving>[1]): ReturnType<typeof writeGiving> {
  return writeGiving(db, input);
}

/**
 * Open steps and timers get the times that the dossier's pauses leave them. `course`: what stopped and started the clock.
 * False when the process moved since it was read.
 */
export function resumeProcess(
  db: Db,
  tenant: Tenant,
  of: { readonly dossierId: string; readonly standing: StandingRow; readonly course: readonly DeadlineEvent[] },
): Promise<boolean> {
  const { standing, course } = of;
  const later = (startedAt: string, minutes: number) =>
    workingTimeWithPauses(tenant, new Date(startedAt), minutes, course);
  const tasks = standing.tasks.flatMap((task) => {
    const dueAt = later(task.startedAt, task.hours * 60);
    return dueAt ? [{ id: task.id, dueAt }] : [];
  });
  const timers = standing.timers.flatMap((timer) => {
    const firesAt = later(timer.startedAt, timer.minutes);
    return firesAt ? [{ token: timer.token, firesAt }] : [];
  });
  return writeResume(db, { tenant: tenant.code, dossierId: of.dossierId, revision: standing.revision }, tasks, timers);
}
