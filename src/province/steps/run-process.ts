/** What the dossiers room asks of this one while it changes a dossier: read where the process stands, write the move. */
import { plainDateOf } from "#kit/calendar.ts";
import type { Db } from "#kit/db.ts";
import { agenciesInScope } from "#province/officers/index.ts";
import type { DeadlineEvent } from "#province/deadlines/index.ts";
import { calendarOf, type Tenant } from "#province/tenants/index.ts";
import { planStart, type StepPlace } from "./plan-move.ts";
import type { StepActor } from "./process.ts";
import { dueAfter, type TimedWork, whyMoved } from "./step-time.ts";
import {
  type Change,
  type Chosen,
  type OpenTask,
  readChosen,
  readStanding,
  type StandingRow,
  writeGiving,
  writeMove,
  writeRecount,
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
 * Open steps and timers get the times that the dossier's course leaves them; what moves is logged with its reason. `course`:
 * what stopped, started and put off the clock; `days`: of which kind those of the procedure's limit are. False when the
 * process moved since it was read.
 */
export function recountProcess(
  db: Db,
  tenant: Tenant,
  of: {
    readonly dossierId: string;
    readonly standing: StandingRow;
    readonly course: readonly DeadlineEvent[];
    readonly days: "working" | "calendar";
  },
): Promise<boolean> {
  const { standing, course, days } = of;
  const calendar = calendarOf(tenant);
  const given = (task: OpenTask | undefined): TimedWork["putOff"] => (task?.work === "task" ? days : "never");
  const counted = (work: TimedWork, was: string) => {
    const due = dueAfter(calendar, work, course);
    if (!due) return undefined;
    const before = new Date(was);
    return { due, why: due.getTime() === before.getTime() ? [] : whyMoved(calendar, work, before, course) };
  };
  const tasks = standing.tasks.flatMap((task) => {
    const work = { startedAt: new Date(task.startedAt), minutes: task.hours * 60, putOff: given(task) };
    const found = counted(work, task.dueAt);
    return found ? [{ id: task.id, dueAt: found.due, why: found.why }] : [];
  });
  const timers = standing.timers.flatMap(({ token, startedAt, minutes, firesAt }) => {
    // A step and the timer on it are one time: whoever gets more for the step gets it before the timer passes.
    const putOff = given(standing.tasks.find((task) => task.token === token));
    const found = counted({ startedAt: new Date(startedAt), minutes, putOff }, firesAt);
    return found ? [{ token, firesAt: found.due, why: found.why }] : [];
  });
  return writeRecount(db, { tenant: tenant.code, dossierId: of.dossierId, revision: standing.revision }, tasks, timers);
}
