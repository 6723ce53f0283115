import type { Dossier } from "#province/dossiers/index.ts";
import { agenciesInScope, listOfficers, type Officer } from "#province/officers/index.ts";
import type { HandlingDeps } from "./handling.ts";

/** Officers to whom this dossier may be given, by name. */
export async function receiversOf(deps: HandlingDeps, dossier: Dossier): Promise<Officer[]> {
  const all = await listOfficers(deps.database, deps.tenant.code, ["one-stop", "specialist", "leader"]);
  return all.filter((one) => agenciesInScope(deps.tenant.agencies, one.agencyId).includes(dossier.agency.id));
}
