/** Which dates a decision moves, before it is taken and after. */
import type { PlainDate } from "#kit/calendar.ts";
import type { Database } from "#kit/db.ts";
import { type Job, type JobHandler, JobRefused } from "#kit/jobs.ts";
import type { WorkingCalendar } from "#province/deadlines/index.ts";
import { deadlineOf, findDossier, listHistory, moveDeadline } from "#province/dossiers/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import { askNextBatch, listTouched } from "./holiday-store.ts";
import { refreshCalendar } from "./keep-calendars.ts";

/** As many dossiers are worked out for a preview; beyond them it says "at least". */
export const PREVIEW_MOST = 200;
const BATCH = 100;

export interface MovedDossier {
  readonly code: string;
  readonly procedure: string;
  readonly from: Date;
  readonly to: Date;
}

/** Open dossiers whose date would be another one by this calendar; `more` when only the first were looked at. */
export async function previewMoves(
  database: Database,
  tenant: string,
  from: PlainDate,
  calendar: WorkingCalendar,
): Promise<{ readonly moved: readonly MovedDossier[]; readonly looked: number; readonly more: boolean }> {
  const ids = await listTouched(database.forTenant(tenant), from, null, PREVIEW_MOST + 1);
  const moved: MovedDossier[] = [];
  for (const dossierId of ids.slice(0, PREVIEW_MOST)) {
    const dossier = await findDossier(database, { tenant, dossierId });
    if (!dossier?.dueAt) continue;
    const history = await listHistory(database, { tenant, dossierId });
    const to = (await deadlineOf(database, dossier, history, { calendar }))?.deadline.dueAt;
    if (!to || to.getTime() === dossier.dueAt.getTime()) continue;
    moved.push({ code: dossier.code ?? "", procedure: dossier.procedure.name.vi, from: dossier.dueAt, to });
  }
  return { moved, looked: Math.min(ids.length, PREVIEW_MOST), more: ids.length > PREVIEW_MOST };
}

/**
 * Handler for the province's worker: moves the dates a batch at a time; the next batch is a job of its own, so that a killed
 * worker goes on where it was. Each dossier moves once: a date that is right already stays.
 */
export function holidayJobs(database: Database): Record<"calendar-moved", JobHandler> {
  return {
    "calendar-moved": async (job: Job) => {
      const { from, after } = job.payload as { from?: PlainDate; after?: string };
      if (!job.tenant || !from) throw new JobRefused("days of no province");
      const tenant = findTenant(job.tenant);
      await refreshCalendar(database, tenant);
      const db = database.forTenant(tenant.code);
      const ids = await listTouched(db, from, after ?? null, BATCH);
      for (const dossierId of ids) {
        const done = await moveDeadline(database, { tenant: tenant.code, dossierId });
        if (!done.ok && done.reason === "conflict") throw new Error(`dossier ${dossierId} moved meanwhile`);
      }
      const last = ids.at(-1);
      if (last && ids.length === BATCH) await askNextBatch(db, tenant.code, { from, after: last });
    },
  };
}
