/** SQL that marks reminders; they are written by `officer_remind` inside the commit they tell of. `db` is the tenant's. */
import { type Db, statement } from "#kit/db.ts";

const readAll = statement<object, [officerId: string]>(
  "reminders.read-all",
  "update officer_reminder set read_at = clock_timestamp() where officer_id = $1 and read_at is null",
);
const readOne = statement<{ dossierId: string | null; kind: string; facts: object }, [officerId: string, seq: number]>(
  "reminders.read-one",
  `update officer_reminder set read_at = coalesce(read_at, clock_timestamp()) where officer_id = $1 and seq = $2
   returning dossier_id as "dossierId", kind, facts`,
);
const mailed = statement<object, [officerId: string, upTo: number]>(
  "reminders.mailed",
  "update officer_reminder set mailed_at = clock_timestamp() where officer_id = $1 and seq <= $2 and mailed_at is null",
);

export async function markAllRead(db: Db, officerId: string): Promise<void> {
  await db.run(readAll, [officerId]);
}

/** What it is about; undefined when it is not this officer's. */
export function markRead(
  db: Db,
  officerId: string,
  seq: number,
): Promise<{ dossierId: string | null; kind: string; facts: object } | undefined> {
  return db.maybe(readOne, [officerId, seq]);
}

export async function markMailed(db: Db, officerId: string, upTo: number): Promise<void> {
  await db.run(mailed, [officerId, upTo]);
}
