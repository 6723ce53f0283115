/** The appointment by the procedure's own rule for the dossier's way of filing, under the version it was filed with. */
import type { Database } from "#kit/db.ts";
import { getProcedureVersion } from "#province/catalogue/index.ts";
import {
  type Deadline,
  type DeadlineEvent,
  deadline,
  type PauseRule,
  type TimeRule,
  USUAL_PAUSES,
  type WorkingCalendar,
} from "#province/deadlines/index.ts";
import { timeLimitFor, wayOf } from "#province/procedure/index.ts";
import { calendarOf, findTenant } from "#province/tenants/index.ts";
import { deadlineEvents } from "./deadline-course.ts";
import type { Dossier, DueExplanation, HistoryEntry } from "./dossier.ts";

export async function dueTimeOf(
  database: Database,
  dossier: Dossier,
  receivedAt: Date,
): Promise<{ at: Date; explanation: DueExplanation } | null> {
  const rules = await rulesOf(database, dossier);
  if (!rules) return null;
  const result = deadline(rules.limit, calendarOf(findTenant(dossier.tenant)), [{ type: "received", at: receivedAt }]);
  return result.dueAt ? { at: result.dueAt, explanation: explained(rules.limit, result) } : null;
}

/**
 * The deadline after everything that the history tells, and `more` that is about to happen, by the province's calendar or another; null before reception and where
 * the procedure gives no rule.
 */
export async function deadlineOf(
  database: Database,
  dossier: Dossier,
  history: readonly HistoryEntry[],
  options: { readonly more?: readonly DeadlineEvent[]; readonly calendar?: WorkingCalendar } = {},
): Promise<{ readonly deadline: Deadline; readonly explanation: DueExplanation } | null> {
  if (!dossier.receivedAt) return null;
  const rules = await rulesOf(database, dossier);
  if (!rules) return null;
  const events = [...deadlineEvents(dossier.receivedAt, history), ...(options.more ?? [])];
  const calendar = options.calendar ?? calendarOf(findTenant(dossier.tenant));
  const result = deadline(rules.limit, calendar, events, rules.pauses);
  return { deadline: result, explanation: explained(rules.limit, result) };
}

async function rulesOf(database: Database, dossier: Dossier): Promise<{ limit: TimeRule; pauses: PauseRule } | null> {
  const { code, version } = dossier.procedure;
  const procedure = await getProcedureVersion(database.forTenant(dossier.tenant), code, version);
  const limit = dossier.procedure.limit ?? (procedure ? timeLimitFor(procedure, wayOf(dossier.channel)) : null);
  return limit ? { limit, pauses: { ...USUAL_PAUSES, ...procedure?.pauses } } : null;
}

function explained(rule: TimeRule, { explanation, provisional, warnings }: Deadline): DueExplanation {
  const seconds = (instant: Date) => Math.floor(instant.getTime() / 1000);
  return {
    rule,
    lines: [...explanation],
    provisional,
    ...(warnings ? { warnings: { half: seconds(warnings.half), fifth: seconds(warnings.fifth) } } : {}),
  };
}
