/** What is known of the person, kept with the draft. SQL function of migration 0031. */
import { type Database, statement } from "#kit/db.ts";
import type { Answers, Outcome, Stand } from "./dossier.ts";
import { json } from "./dossier-store.ts";
import type { DraftKey } from "./draft-store.ts";
import type { Known } from "./known-facts.ts";

const keep = statement<{ outcome: Outcome<Stand> }, [string, string, string, number, string, string[]]>(
  "known.keep",
  "select dossier_keep_known($1, $2, $3, $4, $5::jsonb, $6::text[]) as outcome",
);

/** `stale-draft` when the draft was saved since `revision`. */
export async function writeKnown(
  database: Database,
  key: DraftKey,
  write: { readonly revision: number; readonly known: Known; readonly drop: readonly string[] },
): Promise<Outcome<Stand>> {
  const { tenant, dossierId, applicantSub } = key;
  const params = [tenant, dossierId, applicantSub, write.revision, json(write.known), [...write.drop]] as const;
  return (await database.one(keep, [...params])).outcome;
}

const latest = statement<{ number: number; answers: Answers }, [string, string]>(
  "known.latest-result",
  `select number, answers from dossier where applicant_sub = $1 and procedure_code = $2 and state = 'returned'
   order by id desc limit 1`,
);

/** The person's latest dossier of a procedure whose result was returned. */
export function findLatestResult(
  database: Database,
  key: { readonly tenant: string; readonly applicantSub: string },
  procedure: string,
): Promise<{ number: number; answers: Answers } | undefined> {
  return database.forTenant(key.tenant).maybe(latest, [key.applicantSub, procedure]);
}
