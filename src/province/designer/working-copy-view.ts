/** Working copies and their revisions as pages read them. */
import { type Db, statement } from "#kit/db.ts";
import type { Content } from "./content.ts";

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
