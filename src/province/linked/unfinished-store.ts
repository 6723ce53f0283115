/** SQL of messages between provinces that are not done: functions of migration 0152. */
import { type Database, type Db, statement } from "#kit/db.ts";
import type { Unfinished } from "./unfinished.ts";

const PAGE = 50;

const COLUMNS = `m.id, m.direction, m.other, m.conversation, m.seq, m.kind, m.at, m.failure, m.failure_detail as detail,
     m.failed_at as "failedAt", linked_message_job(m) is not null as live, linked_message_waits(m) as waits,
     m.told_at is not null as told, m.sweeps`;

const list = statement<Unfinished, [before: Date, after: string | null]>(
  "linked.unfinished",
  `select ${COLUMNS} from linked_message m
   where m.done_at is null and m.at < $1
     and ($2::uuid is null or (m.at, m.id) > (select a.at, a.id from linked_message a where a.id = $2 limit 1))
   order by m.at, m.id limit ${PAGE + 1}`,
);

/** The oldest first; `next` is the id of the last one of the page when there are more. */
export async function listUnfinished(
  db: Db,
  before: Date,
  after: string | undefined,
): Promise<{ readonly rows: readonly Unfinished[]; readonly next: string | undefined }> {
  const found = await db.many(list, [before, after ?? null]);
  const rows = found.slice(0, PAGE);
  return { rows, next: found.length > PAGE ? rows.at(-1)?.id : undefined };
}

const ofConversations = statement<Unfinished, [conversations: string[], before: Date]>(
  "linked.unfinished-of",
  `select ${COLUMNS} from linked_message m
   where m.conversation = any ($1::uuid[]) and m.done_at is null and m.at < $2 order by m.at, m.id limit 20`,
);

export function listUnfinishedOf(db: Db, conversations: readonly string[], before: Date): Promise<Unfinished[]> {
  return conversations.length === 0 ? Promise.resolve([]) : db.many(ofConversations, [[...conversations], before]);
}

const sweep = statement<
  { told: number; again: number },
  [tenant: string, now: Date, quiet: string, patience: string, every: string, most: number]
>(
  "linked.sweep",
  "select told, again from linked_sweep($1, $2, $3::text::interval, $4::text::interval, $5::text::interval, $6)",
);

export function sweepUnfinished(
  database: Database,
  tenant: string,
  now: Date,
  bounds: { readonly quiet: string; readonly patience: string; readonly every: string; readonly most: number },
): Promise<{ told: number; again: number }> {
  return database.one(sweep, [tenant, now, bounds.quiet, bounds.patience, bounds.every, bounds.most]);
}

const again = statement<{ word: "again" | "waits" | "gone" }, [tenant: string, id: string, actor: string]>(
  "linked.send-again",
  "select linked_send_again($1, $2, $3) as word",
);

/** waits: it is the other province's turn; gone: it is done, or there is no such message. */
export async function sendAgain(
  database: Database,
  tenant: string,
  message: { readonly id: string; readonly actor: string },
): Promise<"again" | "waits" | "gone"> {
  return (await database.one(again, [tenant, message.id, message.actor])).word;
}
