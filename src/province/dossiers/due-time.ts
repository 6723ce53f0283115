/** The appointment by the procedure's own rule for the dossier's way of filing, under the version it was filed with. */
import type { Database } from "#kit/db.ts";
import { getProcedureVersion } from "#province/catalogue/index.ts";
import { dueTime } from "#province/deadlines/index.ts";
import { timeLimitFor, wayOf } from "#province/procedure/index.ts";
import { calendarOf, findTenant } from "#province/tenants/index.ts";
import type { Dossier, DueExplanation } from "./dossier.ts";

export async function dueTimeOf(
  database: Database,
  dossier: Dossier,
  receivedAt: Date,
): Promise<{ at: Date; explanation: DueExplanation } | null> {
  const { code, version } = dossier.procedure;
  const procedure = await getProcedureVersion(database.forTenant(dossier.tenant), code, version);
  const rule = procedure ? timeLimitFor(procedure, wayOf(dossier.channel)) : null;
  if (!rule) return null;
  const due = dueTime(rule, calendarOf(findTenant(dossier.tenant)), receivedAt);
  return { at: due.dueAt, explanation: { rule, lines: [...due.explanation], provisional: due.provisional } };
}
