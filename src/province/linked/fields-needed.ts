/** Fields of a part's result that the parts after it read: the officer who enters the result gives them. */
import type { Database } from "#kit/db.ts";
import { neededFields } from "#province/parts/index.ts";
import type { Dossier } from "#province/dossiers/index.ts";
import { loadFiling } from "./advance-linked.ts";

/** Codes of the procedure's result fields; none for a dossier that is no part, or that nothing waits for. */
export async function fieldsNeededBy(database: Database, dossier: Dossier): Promise<readonly string[]> {
  if (!dossier.linkedWhole || dossier.linkedWhole === dossier.id) return [];
  const filing = await loadFiling({ database, tenant: dossier.tenant }, dossier.linkedWhole);
  const own = filing?.parts.find(({ dossierId }) => dossierId === dossier.id);
  if (!filing || !own) return [];
  const kept = new Set(filing.parts.map(({ code }) => code));
  return neededFields(
    filing.definitions.filter(({ code }) => kept.has(code)),
    own.code,
  );
}
