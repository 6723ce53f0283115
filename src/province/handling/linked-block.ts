import type { Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import type { Dossier } from "#province/dossiers/index.ts";
import { linkedOfDeskDossier } from "#province/linked/index.ts";
import { agenciesInScope, type Officer } from "#province/officers/index.ts";
import { clockOf, type HandlingDeps } from "./handling.ts";

/** The parts of the linked filing that the dossier belongs to; those of the officer's own units are links. */
export function linkedBlock(deps: HandlingDeps, officer: Officer, dossier: Dossier, lang: Lang): Promise<Html | null> {
  const scope = new Set(agenciesInScope(deps.tenant.agencies, officer.agencyId));
  const place = { database: deps.database, tenant: deps.tenant.code, now: clockOf(deps).now() };
  return linkedOfDeskDossier(place, dossier, (agency) => scope.has(agency), lang);
}
