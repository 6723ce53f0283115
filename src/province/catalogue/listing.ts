import type { ProcedureDefinition } from "#province/procedure/index.ts";
import type { Tenant } from "#province/tenants/index.ts";

/** What lists and search need of a version besides its definition; follows the province's rules and units. */
export interface Listing {
  readonly serviceLevel: string;
  readonly words: string;
  /** Ids of the units that offer it. */
  readonly agencies: readonly string[];
}

export function listingOf(definition: ProcedureDefinition, tenant: Tenant): Listing {
  return {
    serviceLevel: String(definition.serviceLevels[tenant.era.serviceRegime]),
    words: wordsOf(definition),
    agencies: agenciesOffering(definition, tenant),
  };
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
  const words = [shortName.vi, name.vi, ...(keywords ?? []), field.name.vi, shortName.en, name.en, code];
  return [...new Set(words)].join(" ; ");
}
