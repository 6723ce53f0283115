import { createHash } from "node:crypto";
import type { Database } from "#kit/db.ts";
import type { ProcedureDefinition } from "#province/procedure/index.ts";
import { findTenant, type Tenant } from "#province/tenants/index.ts";
import { publishCatalogue } from "./catalogue-store.ts";
import { loadProcedures } from "./load-procedures.ts";

/**
 * Publishes the files of `provinces/<tenant>` and `procedures/` to the province's catalogue. Safe to repeat and to run in
 * several processes at once: what is there stays, a changed file becomes the procedure's next version. Returns the number
 * of new versions. Throws `DefinitionError` when a file has mistakes, before anything is written.
 */
export async function seedCatalogue(database: Database, tenantCode: string): Promise<number> {
  const tenant = findTenant(tenantCode);
  const procedures = loadProcedures().flatMap(({ definition, form }) => {
    const agencies = agenciesOffering(definition, tenant);
    if (agencies.length === 0) return [];
    return [
      {
        definition,
        form,
        digest: createHash("sha256")
          .update(JSON.stringify([definition, form]))
          .digest("hex"),
        serviceLevel: String(definition.serviceLevels[tenant.era.serviceRegime]),
        words: wordsOf(definition),
        agencies,
      },
    ];
  });
  return database.tx((db) => publishCatalogue(db, tenant.code, tenant.agencies, procedures));
}

/** Ids of the units that offer it, in the province's order. */
export function agenciesOffering(procedure: ProcedureDefinition, tenant: Tenant): string[] {
  const rules = procedure.offers.filter((rule) => rule.tenants === undefined || rule.tenants.includes(tenant.code));
  return tenant.agencies
    .filter((agency) => rules.some((rule) => rule.types?.includes(agency.type) || rule.agencies?.includes(agency.id)))
    .map(({ id }) => id);
}

/** What search finds it by: the short name first, so that it weighs as the beginning. */
function wordsOf({ code, name, shortName, keywords, field }: ProcedureDefinition): string {
  return [shortName.vi, name.vi, ...(keywords ?? []), field.name.vi, shortName.en, name.en, code].join(" ; ");
}
