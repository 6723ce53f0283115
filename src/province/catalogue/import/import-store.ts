/** SQL of an import: what the province has of these codes, and the next versions of those that changed. */
import { type Db, statement } from "#kit/db.ts";
import type { ProcedureDefinition } from "#province/procedure/index.ts";

export interface CurrentVersion {
  readonly code: string;
  readonly version: number;
  readonly origin: "files" | "import" | "designer";
  readonly definition: ProcedureDefinition;
  readonly hasForm: boolean;
  /** Digest of what was imported last for this code; null when nothing was. */
  readonly imported: string | null;
}

export interface ImportedVersion {
  readonly definition: ProcedureDefinition;
  readonly digest: string;
  readonly serviceLevel: string;
  readonly words: string;
  readonly agencies: readonly string[];
}

const current = statement<CurrentVersion, [codes: string[]]>(
  "catalogue.list-current-versions",
  `select distinct on (v.code) v.code, v.version, v.origin, v.definition, v.form is not null as "hasForm",
    (select i.digest from procedure_version i where i.code = v.code and i.origin = 'import' order by i.version desc limit 1) as imported
  from procedure_version v where v.code = any ($1::text[]) order by v.code, v.version desc`,
);

const publish = statement<{ published: number }, [tenant: string, actor: string, items: string]>(
  "catalogue.import",
  "select catalogue_import($1, $2, $3::jsonb) as published",
);

const count = statement<{ changed: number }, [tenant: string]>(
  "catalogue.count-offers-after-import",
  "select catalogue_count_offers($1) as changed",
);

/** The latest version of each of these codes. `db` is the tenant's. */
export function listCurrentVersions(db: Db, codes: readonly string[]): Promise<CurrentVersion[]> {
  return db.many(current, [[...codes]]);
}

export async function publishImported(
  db: Db,
  tenant: string,
  actor: string,
  items: readonly ImportedVersion[],
): Promise<number> {
  return (await db.one(publish, [tenant, actor, JSON.stringify(items)])).published;
}

export async function countOffersAfterImport(db: Db, tenant: string): Promise<void> {
  await db.one(count, [tenant]);
}
