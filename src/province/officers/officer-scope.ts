import type { Agency } from "#province/tenants/index.ts";

/**
 * The units whose dossiers an officer may open: the officer's own and everything below it. The province's own committee
 * (the first unit, which has no parent) stands above all. Pure.
 */
export function agenciesInScope(agencies: readonly Agency[], agencyId: string): readonly string[] {
  const inside = new Set([agencyId]);
  // Parents come before their children in the list, so one pass finds every level.
  for (const agency of agencies) if (agency.parentId !== null && inside.has(agency.parentId)) inside.add(agency.id);
  return agencies.filter((agency) => inside.has(agency.id)).map((agency) => agency.id);
}
