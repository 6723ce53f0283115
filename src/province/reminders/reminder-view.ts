/** Reading reminders. `db` is the tenant's. */
import { type Db, statement } from "#kit/db.ts";
import type { Reminder } from "./reminder.ts";

const COLUMNS = `seq::int, kind, dossier_id as "dossierId", facts, at, read_at as "readAt"`;
const PAGE = 50;

const ofOfficer = statement<Reminder, [officerId: string, before: number | null, limit: number]>(
  "reminders.of-officer",
  `select ${COLUMNS} from officer_reminder where officer_id = $1 and ($2::bigint is null or seq < $2) order by seq desc limit $3`,
);

/** Newest first; `next` when there are older ones. */
export async function listReminders(
  db: Db,
  officerId: string,
  before: number | undefined,
): Promise<{ readonly reminders: readonly Reminder[]; readonly next: number | undefined }> {
  const rows = await db.many(ofOfficer, [officerId, before ?? null, PAGE + 1]);
  const reminders = rows.slice(0, PAGE);
  return { reminders, next: rows.length > PAGE ? reminders.at(-1)?.seq : undefined };
}

const toMail = statement<Reminder, [officerId: string, limit: number]>(
  "reminders.to-mail",
  `select ${COLUMNS} from officer_reminder where officer_id = $1 and mailed_at is null order by seq limit $2`,
);

/** The oldest that were not mailed yet. */
export function listToMail(db: Db, officerId: string, most: number): Promise<Reminder[]> {
  return db.many(toMail, [officerId, most]);
}

const address = statement<{ email: string | null; name: string }, [officerId: string]>(
  "reminders.address",
  "select email, name from officer where id = $1 and disabled_at is null",
);

/** Where an officer's mail goes; undefined when the officer no longer works. */
export function findAddress(db: Db, officerId: string): Promise<{ email: string | null; name: string } | undefined> {
  return db.maybe(address, [officerId]);
}
