/** To which linked filing a dossier belongs, as other systems name it: the province and the whole's number. */
import type { Database } from "#kit/db.ts";
import { type Dossier, findDossier } from "#province/dossiers/index.ts";
import { findGuest } from "./message-store.ts";

export interface LinkName {
  readonly province: string;
  readonly number: number;
}

/** Undefined for a dossier by itself, and for a whole. */
export async function linkOf(database: Database, dossier: Dossier): Promise<LinkName | undefined> {
  const { tenant, linkedFrom, linkedWhole } = dossier;
  if (linkedFrom) {
    const guest = await findGuest(database.forTenant(tenant), dossier.id);
    return guest && { province: guest.province, number: guest.wholeNumber };
  }
  if (!linkedWhole || linkedWhole === dossier.id) return undefined;
  const whole = await findDossier(database, { tenant, dossierId: linkedWhole });
  return whole?.number ? { province: tenant, number: whole.number } : undefined;
}
