/** People served without an account, and the accounts that they turn out to be. `db` is the tenant's. */
import { type Db, statement } from "#kit/db.ts";
import { fold } from "#kit/vietnamese.ts";

const subStatement = statement<{ sub: string }, [identity: string, nameKey: string]>(
  "counter.person-sub",
  "select counter_person_sub($1, $2) as sub",
);

/** Whose the person's dossiers are: the account's when one of this number and name has signed in, else a place in waiting. */
export async function subOfPerson(db: Db, person: { identityNumber: string; name: string }): Promise<string> {
  return (await db.one(subStatement, [person.identityNumber, fold(person.name)])).sub;
}

const joinStatement = statement<{ joined: number }, [identity: string, nameKey: string, sub: string]>(
  "counter.person-join",
  "select counter_person_join($1, $2, $3) as joined",
);

/** What was filed for this person at a counter comes to the account; answers how many dossiers. */
export async function joinPerson(
  db: Db,
  person: { readonly sub: string; readonly identityNumber: string; readonly name: string },
): Promise<number> {
  return (await db.one(joinStatement, [person.identityNumber, fold(person.name), person.sub])).joined;
}

export interface CounterDraft {
  readonly id: string;
  readonly procedure: { readonly vi: string; readonly en: string };
  readonly applicant: string;
  readonly officer: string;
  readonly savedAt: Date;
}

const draftsStatement = statement<CounterDraft, [agencies: readonly string[]]>(
  "counter.drafts",
  `select id, procedure -> 'name' as procedure, applicant ->> 'name' as applicant, entered_by ->> 'name' as officer,
     updated_at as "savedAt"
   from dossier where state = 'draft' and channel in ('counter', 'post') and discarded_at is null and agency_id = any($1)
   order by id desc limit 20`,
);

/** What was begun at these units' counters and not sent, newest first, at most 20. */
export function listCounterDrafts(db: Db, agencies: readonly string[]): Promise<CounterDraft[]> {
  return db.many(draftsStatement, [agencies]);
}
