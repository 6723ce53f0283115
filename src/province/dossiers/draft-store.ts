/** Drafts: read in one round trip, carried to a new version, thrown away. SQL functions of migration 0023. */
import { type Database, statement } from "#kit/db.ts";
import type { Dossier, DossierProcedure, Outcome, Stand } from "./dossier.ts";
import { DOSSIER_COLUMNS } from "./dossier-view.ts";
import { json } from "./dossier-store.ts";

export interface DraftKey {
  readonly tenant: string;
  readonly dossierId: string;
  readonly applicantSub: string;
}

const carry = statement<{ done: boolean }, [string, string, string, number, string]>(
  "drafts.carry",
  "select dossier_carry($1, $2, $3, $4, $5::jsonb) as done",
);

/** Moves the draft to another version of its procedure; false when another tab did it first. */
export async function writeCarry(
  database: Database,
  key: DraftKey,
  from: number,
  procedure: DossierProcedure,
): Promise<boolean> {
  const { tenant, dossierId, applicantSub } = key;
  return (await database.one(carry, [tenant, dossierId, applicantSub, from, json(procedure)])).done;
}

const seen = statement<unknown, [string, string, string]>(
  "drafts.carried-seen",
  "select dossier_carried_seen($1, $2, $3)",
);

export async function writeCarriedSeen(database: Database, key: DraftKey): Promise<void> {
  await database.one(seen, [key.tenant, key.dossierId, key.applicantSub]);
}

const discard = statement<{ outcome: Outcome<Stand> }, [string, string, string]>(
  "drafts.discard",
  "select dossier_discard($1, $2, $3) as outcome",
);

export async function writeDiscard(database: Database, key: DraftKey): Promise<Outcome<Stand>> {
  return (await database.one(discard, [key.tenant, key.dossierId, key.applicantSub])).outcome;
}

const oldest = statement<Dossier, [string, number]>(
  "drafts.oldest",
  `select ${DOSSIER_COLUMNS} from dossier
   where applicant_sub = $1 and state = 'draft' and discarded_at is null order by updated_at limit $2`,
);

/** The person's drafts, those not touched for longest first. */
export function readOldestDrafts(
  database: Database,
  key: { readonly tenant: string; readonly applicantSub: string },
  limit: number,
): Promise<Dossier[]> {
  return database.forTenant(key.tenant).many(oldest, [key.applicantSub, limit]);
}
