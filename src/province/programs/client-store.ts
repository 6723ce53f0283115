/** Clients, their files and filings. SQL functions of migration 0033. */
import { type Database, type Db, statement } from "#kit/db.ts";
import type { Owner, ProgramClient, Scope, SentFile } from "./client.ts";

const COLUMNS = `id, name, owner, scopes, created_at as "createdAt", revoked_at as "revokedAt"`;

const put = statement<unknown, [string, string, string, string, string, string[], string]>(
  "programs.put",
  "select api_client_put($1, $2, $3, $4::jsonb, $5, $6::text[], $7)",
);

export async function putClient(
  database: Database,
  tenant: string,
  client: {
    readonly id: string;
    readonly name: string;
    readonly owner: Owner;
    readonly secretHash: string;
    readonly scopes: readonly Scope[];
    readonly actor: string;
  },
): Promise<void> {
  const { id, name, owner, secretHash, scopes, actor } = client;
  await database.one(put, [tenant, id, name, JSON.stringify(owner), secretHash, [...scopes], actor]);
}

const revoke = statement<{ done: boolean }, [string, string, string]>(
  "programs.revoke",
  "select api_client_revoke($1, $2, $3) as done",
);

/** false when there is none, or it was revoked before. */
export async function revokeClient(database: Database, tenant: string, id: string, actor: string): Promise<boolean> {
  return (await database.one(revoke, [tenant, id, actor])).done;
}

const list = statement<ProgramClient, []>(
  "programs.list",
  `select ${COLUMNS} from api_client order by revoked_at is not null, created_at desc limit 200`,
);

export function listClients(db: Db): Promise<ProgramClient[]> {
  return db.many(list, []);
}

const find = statement<ProgramClient & { readonly secretHash: string }, [string]>(
  "programs.find",
  `select ${COLUMNS}, secret_hash as "secretHash" from api_client where id = $1 and revoked_at is null`,
);

/** Only one that may still come. */
export function findClient(db: Db, id: string): Promise<(ProgramClient & { readonly secretHash: string }) | undefined> {
  return db.maybe(find, [id]);
}

const addFile = statement<{ id: string }, [string, string, string, string, number, string]>(
  "programs.add-file",
  `insert into api_file (id, client_id, name, sha256, size, media_type) values ($1, $2, $3, $4, $5, $6) returning id`,
);

export async function keepFile(db: Db, client: string, file: SentFile): Promise<void> {
  await db.one(addFile, [file.id, client, file.name, file.sha256, file.size, file.mediaType]);
}

const files = statement<SentFile, [string, readonly string[]]>(
  "programs.files",
  `select id, name, sha256, size::int as size, media_type as "mediaType" from api_file
   where client_id = $1 and id = any($2::uuid[]) limit 200`,
);

/** The client's own, of these ids. */
export function findFiles(db: Db, client: string, ids: readonly string[]): Promise<SentFile[]> {
  return db.many(files, [client, ids]);
}

export type TakenKey =
  | { readonly state: "work"; readonly dossierId: string; readonly submissionId: string; readonly applicantSub: string }
  | { readonly state: "filed"; readonly dossierId: string }
  | { readonly state: "busy" }
  | { readonly state: "reused" };

const take = statement<{ taken: TakenKey }, [string, string, string, string, string, string, string]>(
  "programs.take-key",
  "select api_filing_take($1, $2, $3, $4, $5, $6, $7) as taken",
);

export async function takeKey(
  database: Database,
  tenant: string,
  key: { readonly client: string; readonly key: string; readonly hash: string },
  fresh: { readonly dossierId: string; readonly submissionId: string; readonly applicantSub: string },
): Promise<TakenKey> {
  const { dossierId, submissionId, applicantSub } = fresh;
  return (await database.one(take, [tenant, key.client, key.key, key.hash, dossierId, submissionId, applicantSub]))
    .taken;
}

const known = statement<{ hash: string; dossierId: string; filed: boolean }, [string, string]>(
  "programs.known-key",
  `select request_hash as hash, dossier_id as "dossierId", filed_at is not null as filed from api_filing
   where client_id = $1 and key = $2`,
);

export function findKey(
  db: Db,
  client: string,
  key: string,
): Promise<{ hash: string; dossierId: string; filed: boolean } | undefined> {
  return db.maybe(known, [client, key]);
}

const end = statement<unknown, [string, string, string, boolean, string, string]>(
  "programs.end-filing",
  "select api_filing_end($1, $2, $3, $4, $5, $6)",
);

/** `next`: ids of the next try with this key when nothing was filed. */
export async function endFiling(
  database: Database,
  tenant: string,
  key: { readonly client: string; readonly key: string },
  filed: boolean,
  next: { readonly dossierId: string; readonly submissionId: string },
): Promise<void> {
  await database.one(end, [tenant, key.client, key.key, filed, next.dossierId, next.submissionId]);
}

const mine = statement<{ dossierId: string }, [string, string]>(
  "programs.own-filing",
  `select dossier_id as "dossierId" from api_filing where client_id = $1 and dossier_id = $2 and filed_at is not null`,
);

export async function isFiledBy(db: Db, client: string, dossierId: string): Promise<boolean> {
  return (await db.maybe(mine, [client, dossierId])) !== undefined;
}
