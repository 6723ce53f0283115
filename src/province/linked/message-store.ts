/** Messages between provinces, out and in: SQL of migration 0116. */
import { type Database, type Db, statement } from "#kit/db.ts";

/** silent: no answer; refused: not taken as it is; no-address: nothing is configured; broken: an error of ours. */
export type MessageFailure = "silent" | "refused" | "no-address" | "broken";

export interface KeptMessage {
  readonly id: string;
  readonly conversation: string;
  readonly seq: number;
  readonly other: string;
  readonly kind: "open" | "withdraw" | "release" | "state";
  readonly content: unknown;
}

const COLUMNS = "id, conversation, seq, other, kind, content";

const tell = statement<{ done: boolean }, [string, string, string, string, string, string]>(
  "linked.tell",
  "select linked_tell($1, $2, $3, $4, $5, $6::jsonb) as done",
);

/** To the province that handles the part; false when the same was said before. */
export async function tellPart(
  database: Database,
  told: {
    tenant: string;
    wholeId: string;
    code: string;
    id: string;
    kind: "open" | "withdraw" | "release";
    content: object;
  },
): Promise<boolean> {
  const { tenant, wholeId, code, id, kind, content } = told;
  return (await database.one(tell, [tenant, wholeId, code, id, kind, JSON.stringify(content)])).done;
}

const outgoing = statement<KeptMessage & { doneAt: Date | null }, [conversation: string, seq: number]>(
  "linked.outgoing",
  `select ${COLUMNS}, done_at as "doneAt" from linked_message where direction = 'out' and conversation = $1 and seq = $2`,
);

export function findOutgoing(db: Db, conversation: string, seq: number) {
  return db.maybe(outgoing, [conversation, seq]);
}

const arrived = statement<unknown, [conversation: string, seq: number]>(
  "linked.arrived",
  "update linked_message set done_at = clock_timestamp() where direction = 'out' and conversation = $1 and seq = $2 and done_at is null",
);

export async function noteArrived(db: Db, conversation: string, seq: number): Promise<void> {
  await db.run(arrived, [conversation, seq]);
}

const failed = statement<unknown, ["in" | "out", string, number, string, string]>(
  "linked.failed",
  `update linked_message set failure = $4, failure_detail = left($5, 500), failed_at = clock_timestamp()
   where direction = $1 and conversation = $2 and seq = $3 and done_at is null`,
);

/** Why the last try came to nothing; `detail` is for administrators and says nothing of a person. */
export async function noteFailure(
  db: Db,
  message: { readonly direction: "in" | "out"; readonly conversation: string; readonly seq: number },
  failure: MessageFailure,
  detail: string,
): Promise<void> {
  await db.run(failed, [message.direction, message.conversation, message.seq, failure, detail]);
}

const take = statement<
  { outcome: "taken" | "known" | "conflict" | "unknown" },
  [string, string, string, string, number, string, string, string]
>("linked.take", "select linked_take($1, $2, $3, $4, $5, $6, $7::jsonb, $8) as outcome");

export async function takeMessage(
  database: Database,
  tenant: string,
  message: KeptMessage & { readonly hash: string },
): Promise<"taken" | "known" | "conflict" | "unknown"> {
  const { id, other, conversation, seq, kind, content, hash } = message;
  const params = [tenant, id, other, conversation, seq, kind, JSON.stringify(content), hash] as const;
  return (await database.one(take, [...params])).outcome;
}

const missing = statement<{ hash: string }, [conversation: string, seq: number]>(
  "linked.missing-files",
  "select hash from linked_file where conversation = $1 and seq = $2 and arrived_at is null order by hash limit 101",
);

/** SHA-256 of the files that the message names and that are not here yet. */
export async function listMissing(db: Db, conversation: string, seq: number): Promise<string[]> {
  return (await db.many(missing, [conversation, seq])).map(({ hash }) => hash);
}

interface FileKey {
  readonly conversation: string;
  readonly seq: number;
  readonly sha256: string;
}

const named = statement<{ size: number; arrived: boolean }, [string, number, string, string]>(
  "linked.named-file",
  `select f.size, f.arrived_at is not null as arrived from linked_file f join linked_message m on m.direction = 'in'
     and m.conversation = f.conversation and m.seq = f.seq
   where f.conversation = $1 and f.seq = $2 and f.hash = $3 and m.other = $4`,
);

export function findNamedFile(db: Db, from: string, { conversation, seq, sha256 }: FileKey) {
  return db.maybe(named, [conversation, seq, sha256, from]);
}

const fileArrived = statement<{ done: boolean }, [string, string, string, number, string]>(
  "linked.file-arrived",
  "select linked_file_arrived($1, $2, $3, $4, $5) as done",
);

export async function noteFile(database: Database, tenant: string, from: string, file: FileKey): Promise<boolean> {
  return (await database.one(fileArrived, [tenant, from, file.conversation, file.seq, file.sha256])).done;
}

const nextToAct = statement<KeptMessage, [conversation: string]>(
  "linked.next-to-act",
  `select ${COLUMNS} from linked_message m where direction = 'in' and conversation = $1 and done_at is null
     and seq = 1 + (select count(*) from linked_message d where d.direction = 'in' and d.conversation = $1 and d.done_at is not null)
     and not exists (select from linked_file f where f.conversation = $1 and f.seq = m.seq and f.arrived_at is null)`,
);

/** The next one in order; undefined while one before it, or a file of its own, has not come. */
export function findNextToAct(db: Db, conversation: string): Promise<KeptMessage | undefined> {
  return db.maybe(nextToAct, [conversation]);
}

const acted = statement<unknown, [conversation: string, seq: number]>(
  "linked.acted",
  "update linked_message set done_at = clock_timestamp() where direction = 'in' and conversation = $1 and seq = $2 and done_at is null",
);

export async function noteActed(db: Db, conversation: string, seq: number): Promise<void> {
  await db.run(acted, [conversation, seq]);
}

const openGuest = statement<{ done: boolean }, [string, string, string]>(
  "linked.open-guest",
  "select linked_guest_open($1, $2, $3::jsonb) as done",
);

export async function insertGuest(database: Database, tenant: string, id: string, guest: object): Promise<void> {
  await database.one(openGuest, [tenant, id, JSON.stringify(guest)]);
}

const releaseGuest = statement<{ done: boolean }, [string, string]>(
  "linked.release-guest",
  "select linked_guest_release($1, $2) as done",
);

export async function markReleased(database: Database, tenant: string, id: string): Promise<void> {
  await database.one(releaseGuest, [tenant, id]);
}

const told = statement<{ done: unknown }, [string, string, number, string]>(
  "linked.told",
  "select linked_told($1, $2, $3, $4::jsonb) as done",
);

export async function keepTold(
  database: Database,
  tenant: string,
  message: { conversation: string; seq: number },
  state: object,
): Promise<void> {
  await database.one(told, [tenant, message.conversation, message.seq, JSON.stringify(state)]);
}

const guestTell = statement<{ done: boolean }, [string, string, string, string]>(
  "linked.guest-tell",
  "select linked_guest_tell($1, $2, $3, $4::jsonb) as done",
);

export async function tellHome(database: Database, tenant: string, dossierId: string, id: string, content: object) {
  return (await database.one(guestTell, [tenant, dossierId, id, JSON.stringify(content)])).done;
}

const refuse = statement<{ done: unknown }, [string, string, string, string, string]>(
  "linked.refuse",
  "select linked_refuse($1, $2, $3, $4, $5::jsonb) as done",
);

export async function refuseGuest(
  database: Database,
  tenant: string,
  message: { conversation: string; other: string },
  id: string,
  content: object,
): Promise<void> {
  await database.one(refuse, [tenant, message.conversation, message.other, id, JSON.stringify(content)]);
}

export interface Guest {
  readonly dossierId: string;
  readonly province: string;
  readonly part: string;
  readonly wholeNumber: number;
  readonly wholeName: string;
  readonly wholeFiledAt: Date;
  readonly together: boolean;
  readonly releasedAt: Date | null;
}

const guestOf = statement<Guest, [dossierId: string]>(
  "linked.guest",
  `select dossier_id as "dossierId", province, part, whole_number as "wholeNumber", whole_name as "wholeName",
     whole_filed_at as "wholeFiledAt", together, released_at as "releasedAt" from linked_guest where dossier_id = $1`,
);

export function findGuest(db: Db, dossierId: string): Promise<Guest | undefined> {
  return db.maybe(guestOf, [dossierId]);
}
