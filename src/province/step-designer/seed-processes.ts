/** The house's standard procedures for a province, and which of its procedures run through them in the demo. */
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { listProcesses, publishProcess, saveProcess, type StepActor, useProcessFor } from "#province/steps/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import { listTemplates } from "./templates.ts";

const BY: StepActor = { kind: "system", name: "motcua" };

/** Procedure → template, with the hours of its time limit. What is filed as several dossiers at once has none of its own. */
const USES: readonly (readonly [code: string, template: string])[] = [
  ["1.001193", "commune"],
  ["1.004363", "department"],
  ["1.009664", "linked-serial"],
  ["1.002693", "department-opinion"],
];

/**
 * Publishes the templates that the province does not have yet (by name) and says which procedures use them. Safe to repeat:
 * what an administrator changed stays. A template that names an agency the province lacks is left out.
 */
export async function seedProcesses(database: Database, tenant: Tenant): Promise<number> {
  const db = database.forTenant(tenant.code);
  const units = new Set(tenant.agencies.flatMap(({ id, identifier }) => [id, identifier]));
  const there = new Set((await listProcesses(db)).map(({ name }) => name));
  let published = 0;
  for (const template of listTemplates()) {
    if (there.has(template.name)) continue;
    const saved = await saveProcess(db, { name: template.name, xml: template.xml, by: BY, units });
    if (!saved.ok) throw new AppError("internal", { message: `template ${template.id}: ${saved.reason}` });
    if (saved.problems.length > 0) continue;
    const { processId, version, revision } = saved;
    const done = await publishProcess(db, { processId, version, revision, by: BY, units });
    if (!done.ok) throw new AppError("internal", { message: `template ${template.id}: ${done.reason}` });
    published += 1;
    for (const [code, name] of USES)
      if (name === template.id) await useProcessFor(db, { scope: "procedure", code, processId, by: BY });
  }
  return published;
}
