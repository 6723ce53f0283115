import { type Clock, systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { recountProcess, standingOf } from "#province/steps/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import { deadlineEvents } from "./deadline-course.ts";
import type { Dossier } from "./dossier.ts";
import { isPaused } from "./dossier-lifecycle.ts";
import { findDossier, listHistory } from "./dossier-view.ts";

const TRIES = 3;
/** Limits whose days are those of the calendar: so are the days by which they are put off. */
const CALENDAR_RULES = new Set<unknown>(["calendar_days", "months"]);

/**
 * Open steps and timers get the times that the calendar, the dossier's pauses and a putting off leave them. Safe to repeat. @throws Error
 * when the process moves all the time: the caller tries again later.
 */
export async function recountSteps(
  database: Database,
  key: { readonly tenant: string; readonly dossierId: string },
  clock: Clock = systemClock,
): Promise<void> {
  const tenant = findTenant(key.tenant);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const dossier = await findDossier(database, key);
    if (!dossier?.receivedAt || isPaused(dossier.state)) return;
    const asked = { dossierId: key.dossierId, officerId: null, now: clock.now() };
    const found = await standingOf(database.forTenant(tenant.code), tenant, asked);
    if (!found) return;
    const course = deadlineEvents(dossier.receivedAt, await listHistory(database, key));
    const { standing } = found;
    const days = CALENDAR_RULES.has(ruleType(dossier)) ? "calendar" : "working";
    if (await recountProcess(database, tenant, { dossierId: key.dossierId, standing, course, days })) return;
  }
  throw new Error("the process moved meanwhile");
}

/** By which kind of rule the appointment was worked out. */
function ruleType({ dueExplanation }: Pick<Dossier, "dueExplanation">): unknown {
  return (dueExplanation?.rule as { readonly type?: unknown } | undefined)?.type;
}
