/** Writing clients, their files and filings. SQL functions of migration 0033. */
import { type Database, type Db, statement } from "#kit/db.ts";
import type { Owner, Scope, SentFile } from "./client.ts";

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
export async function writeRevocation(database: Database, tenant: string, id: string, actor: string): Promise<boolean> {
  return (await database.one(revoke, [tenant, id, actor])).done;
}

const addFile = statement<{ id: string }, [string, string, string, string, number, string]>(
  "programs.add-file",
  `insert into api_file (id, client_id, name, sha256, size, media_type) values ($1, $2, $3, $4, $5, $6) returning id`,
);

export async function keepFile(db: Db, client: string, file: SentFile): Promise<void> {
  await db.one(addFile, [file.id, client, file.name, file.sha256, file.size, file.mediaType]);
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
