/** Uploads in pieces, and bytes that no row names yet (migration 0026). */
import { type Database, statement } from "#kit/db.ts";

export interface PaperUpload {
  readonly id: string;
  readonly dossierId: string;
  readonly component: string;
  readonly name: string;
  readonly size: number;
  /** "" when the sender could not say. */
  readonly sha256: string;
  readonly state: "open" | "done" | "refused";
  readonly fileId: string | null;
  readonly expiresAt: Date;
}

type Begun =
  | { ok: true; id: string; resumed: boolean }
  | { ok: false; reason: "not-found" | "wrong-state" | "too-many-files" };

const beginStatement = statement<{ outcome: Begun }, [string, string, string, string, Date, number, number]>(
  "uploads.begin",
  "select upload_begin($1, $2, $3, $4::jsonb, $5, $6, $7) as outcome",
);

export async function beginRow(
  database: Database,
  key: { tenant: string; applicantSub: string; dossierId: string },
  upload: { id: string; component: string; name: string; size: number; sha256: string },
  limits: { expiresAt: Date; open: number; bytes: number },
): Promise<Begun> {
  const row = JSON.stringify(upload);
  const params = [
    key.tenant,
    key.applicantSub,
    key.dossierId,
    row,
    limits.expiresAt,
    limits.open,
    limits.bytes,
  ] as const;
  return (await database.one(beginStatement, [...params])).outcome;
}

const ofPerson = statement<PaperUpload, [id: string, sub: string]>(
  "uploads.of-person",
  `select id, dossier_id as "dossierId", component, name, size, sha256, state, file_id as "fileId", expires_at as "expiresAt"
   from upload where id = $1 and applicant_sub = $2`,
);

export function findUpload(
  database: Database,
  key: { tenant: string; applicantSub: string; id: string },
): Promise<PaperUpload | undefined> {
  return database.forTenant(key.tenant).maybe(ofPerson, [key.id, key.applicantSub]);
}

const dossierOfUpload = statement<{ dossierId: string }, [id: string]>(
  "uploads.dossier",
  'select dossier_id as "dossierId" from upload where id = $1',
);

/** The dossier that a paper on its way is for, whoever sends it. */
export async function findUploadDossier(
  database: Database,
  key: { tenant: string; id: string },
): Promise<string | undefined> {
  return (await database.forTenant(key.tenant).maybe(dossierOfUpload, [key.id]))?.dossierId;
}

const endStatement = statement<object, [id: string, state: string, fileId: string | null]>(
  "uploads.end",
  "update upload set state = $2, file_id = $3 where id = $1 and state = 'open'",
);

export async function endUpload(
  database: Database,
  key: { tenant: string; id: string },
  end: { state: "done"; fileId: string } | { state: "refused" },
): Promise<void> {
  await database.forTenant(key.tenant).run(endStatement, [key.id, end.state, end.state === "done" ? end.fileId : null]);
}

const forgetStatement = statement<{ id: string }, [before: Date]>(
  "uploads.forget",
  "delete from upload where id in (select id from upload where expires_at < $1 order by expires_at limit 500) returning id",
);

/** Forgets uploads that are over or were never finished; answers their ids. */
export async function forgetUploads(database: Database, tenant: string, before: Date): Promise<string[]> {
  return (await database.forTenant(tenant).many(forgetStatement, [before])).map((row) => row.id);
}

const looseStatement = statement<object, [sha256: string]>(
  "uploads.loose",
  `insert into loose_file (sha256) values ($1)
   on conflict (tenant, sha256) do update set noticed_at = clock_timestamp()`,
);

/** These bytes are about to be kept and nothing names them yet. */
export async function noteLooseFile(database: Database, tenant: string, sha256: string): Promise<void> {
  await database.forTenant(tenant).run(looseStatement, [sha256]);
}

const looseBefore = statement<{ sha256: string }, [before: Date]>(
  "uploads.loose-before",
  "select sha256 from loose_file where noticed_at < $1 order by noticed_at limit 200",
);

export async function listLooseFiles(database: Database, tenant: string, before: Date): Promise<string[]> {
  return (await database.forTenant(tenant).many(looseBefore, [before])).map((row) => row.sha256);
}

const namedStatement = statement<{ named: boolean }, [sha256: string]>(
  "uploads.named",
  "select file_is_named($1) as named",
);

export async function isFileNamed(database: Database, tenant: string, sha256: string): Promise<boolean> {
  return (await database.forTenant(tenant).one(namedStatement, [sha256])).named;
}

const tightenStatement = statement<object, [sha256: string, before: Date]>(
  "uploads.settle-loose",
  "delete from loose_file where sha256 = $1 and noticed_at < $2",
);

export async function settleLooseFile(database: Database, tenant: string, sha256: string, before: Date): Promise<void> {
  await database.forTenant(tenant).run(tightenStatement, [sha256, before]);
}

const thumbStatement = statement<object, [fileId: string, sub: string, sha256: string]>(
  "uploads.thumb",
  `update dossier_file f set thumb_sha256 = $3 from dossier d
   where f.id = $1 and d.id = f.dossier_id and d.applicant_sub = $2 and f.thumb_sha256 is null
     and d.state in ('draft', 'supplement-requested')`,
);

/** Keeps the small picture of a paper, once; answers whether it was taken. */
export async function putThumb(
  database: Database,
  key: { tenant: string; applicantSub: string; fileId: string },
  sha256: string,
): Promise<boolean> {
  return (await database.forTenant(key.tenant).run(thumbStatement, [key.fileId, key.applicantSub, sha256])) > 0;
}
