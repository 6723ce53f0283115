import { type Dossier, listPartDossiers } from "#province/dossiers/index.ts";
import type { Officer } from "#province/officers/index.ts";
import { type CounterDeps, inScope } from "./counter-deps.ts";

/** What this officer receives of a filing: the dossier itself; of a linked one the parts of the officer's units that wait for nothing. */
export async function receivableHere(
  deps: CounterDeps,
  officer: Officer,
  dossier: Dossier,
): Promise<readonly Dossier[]> {
  if (dossier.linkedWhole !== dossier.id) return [dossier];
  const parts = await listPartDossiers(deps.database, { tenant: deps.tenant.code, dossierId: dossier.id });
  return parts.filter((part) => part.linkedHold !== "waits-for-part" && inScope(deps, officer, part));
}
