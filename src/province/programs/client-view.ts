/** Reading clients, their files and filings. `db` is the tenant's. */
import { type Db, statement } from "#kit/db.ts";
import type { ProgramClient, SentFile } from "./client.ts";

const COLUMNS = `id, name, owner, scopes, created_at as "createdAt", revoked_at as "revokedAt"`;

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

const files = statement<SentFile, [string, readonly string[]]>(
  "programs.files",
  `select id, name, sha256, size::int as size, media_type as "mediaType" from api_file
   where client_id = $1 and id = any($2::uuid[]) limit 200`,
);

/** The client's own, of these ids. */
export function findFiles(db: Db, client: string, ids: readonly string[]): Promise<SentFile[]> {
  return db.many(files, [client, ids]);
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

const mine = statement<{ dossierId: string }, [string, string]>(
  "programs.own-filing",
  `select dossier_id as "dossierId" from api_filing where client_id = $1 and dossier_id = $2 and filed_at is not null`,
);

export async function isFiledBy(db: Db, client: string, dossierId: string): Promise<boolean> {
  return (await db.maybe(mine, [client, dossierId])) !== undefined;
}
