/** SQL of working copies. Each change is one SQL function: the copy, its revision and the audit in one transaction. */
import { type Db, statement } from "#kit/db.ts";
import type { Content } from "./content.ts";

export interface Editor {
  /** "officer:<id>" */
  readonly by: string;
  readonly byName: string;
}

export interface WorkingCopy extends Content {
  readonly id: string;
  readonly code: string;
  /** Null: the procedure is not published yet. */
  readonly baseVersion: number | null;
  readonly revision: number;
  readonly changedName: string;
  readonly changedAt: Date;
}

export interface CopyRow {
  readonly code: string;
  readonly name: string;
  readonly baseVersion: number | null;
  readonly revision: number;
  readonly changedName: string;
  readonly changedAt: Date;
}

export interface RevisionRow {
  readonly revision: number;
  readonly place: string;
  readonly changedName: string;
  readonly changedAt: Date;
}

interface CopyStart extends Editor, Content {
  readonly code: string;
  readonly id: string;
  readonly baseVersion: number | null;
}

interface CopySave extends Editor, Content {
  readonly code: string;
  readonly copy: string;
  readonly revision: number;
  readonly baseVersion: number | null;
  readonly place: string;
}

const start = statement<{ started: boolean }, [tenant: string, copy: string]>(
  "designer.start-copy",
  "select procedure_copy_start($1, $2::jsonb) as started",
);

const save = statement<{ revision: number | null }, [tenant: string, change: string]>(
  "designer.save-copy",
  "select procedure_copy_save($1, $2::jsonb) as revision",
);

const end = statement<{ ended: boolean }, [tenant: string, copy: string]>(
  "designer.end-copy",
  "select procedure_copy_end($1, $2::jsonb) as ended",
);

const find = statement<WorkingCopy, [code: string]>(
  "designer.find-copy",
  `select id, code, base_version as "baseVersion", revision, definition, form, changed_name as "changedName",
    changed_at as "changedAt" from procedure_copy where code = $1`,
);

const list = statement<CopyRow, [limit: number]>(
  "designer.list-copies",
  `select code, coalesce(nullif(definition->'shortName'->>'vi', ''), nullif(definition->'name'->>'vi', ''), code) as name,
    base_version as "baseVersion", revision, changed_name as "changedName", changed_at as "changedAt"
  from procedure_copy order by changed_at desc limit $1`,
);

const revisions = statement<RevisionRow, [copy: string, before: number | null, limit: number]>(
  "designer.list-revisions",
  `select revision, place, changed_name as "changedName", changed_at as "changedAt" from procedure_copy_revision
  where copy = $1 and ($2::int is null or revision < $2) order by revision desc limit $3`,
);

const revision = statement<Content, [copy: string, revision: number]>(
  "designer.find-revision",
  "select definition, form from procedure_copy_revision where copy = $1 and revision = $2",
);

const lastVersion = statement<{ version: number | null }, [code: string]>(
  "designer.last-version",
  "select max(version) as version from procedure_version where code = $1",
);

/** False when there is a copy already. */
export async function writeCopy(db: Db, tenant: string, copy: CopyStart): Promise<boolean> {
  return (await db.one(start, [tenant, JSON.stringify(copy)])).started;
}

/** The new revision; undefined when somebody else's change came in between. */
export async function writeRevision(db: Db, tenant: string, change: CopySave): Promise<number | undefined> {
  return (await db.one(save, [tenant, JSON.stringify(change)])).revision ?? undefined;
}

export async function endCopy(
  db: Db,
  tenant: string,
  copy: Editor & { readonly code: string; readonly copy: string; readonly revision: number },
): Promise<boolean> {
  return (await db.one(end, [tenant, JSON.stringify(copy)])).ended;
}

/** `db` is the tenant's, here and below. */
export function findCopy(db: Db, code: string): Promise<WorkingCopy | undefined> {
  return db.maybe(find, [code]);
}

/** Last changed first. */
export function listCopies(db: Db, limit: number): Promise<CopyRow[]> {
  return db.many(list, [limit]);
}

/** Newest first. */
export function listRevisions(db: Db, copy: string, before: number | undefined, limit: number): Promise<RevisionRow[]> {
  return db.many(revisions, [copy, before ?? null, limit]);
}

export function findRevision(db: Db, copy: string, number: number): Promise<Content | undefined> {
  return db.maybe(revision, [copy, number]);
}

/** The newest published version, in force or not; null before the first. */
export async function findLastVersion(db: Db, code: string): Promise<number | null> {
  return (await db.one(lastVersion, [code])).version;
}
