/** Every procedure of a province with its versions, for administrators: also what is offered by nobody. */
import { type Db, statement } from "#kit/db.ts";
import type { Text } from "#kit/i18n.ts";
import type { Origin } from "./publishing-store.ts";

export interface ProcedureRow {
  readonly code: string;
  readonly name: Text;
  readonly fieldName: Text;
  readonly version: number;
  readonly origin: Origin;
  readonly fileable: boolean;
  readonly agencyCount: number;
}

export interface VersionRow {
  readonly version: number;
  readonly origin: Origin;
  readonly effectiveFrom: string;
  readonly publishedAt: Date;
  readonly publishedBy: string;
  readonly hasForm: boolean;
  readonly withdrawnFrom: string | null;
  readonly withdrawnReason: string | null;
  readonly inForce: boolean;
}

const procedures = statement<ProcedureRow, [words: string | null, after: string | null, limit: number]>(
  "catalogue.list-all-procedures",
  `select e.code, e.short_name as name, e.field_name as "fieldName", e.version, e.origin, e.fileable, e.agency_count as "agencyCount"
  from procedure_entry e
  where ($1::text is null or strpos(e.folded, catalogue_words($1)) > 0 or strpos(e.code, $1) = 1)
    and ($2::text is null or e.code > $2)
  order by e.code limit $3`,
);

const versions = statement<VersionRow, [code: string, day: string]>(
  "catalogue.list-versions",
  `select v.version, v.origin, v.effective_from::text as "effectiveFrom", v.published_at as "publishedAt",
    v.published_by as "publishedBy", v.form is not null as "hasForm", w.from_day::text as "withdrawnFrom",
    w.reason as "withdrawnReason", v.version = procedure_in_force($1, $2::date) is true as "inForce"
  from procedure_version v
  left join procedure_withdrawal w on w.tenant = v.tenant and w.code = v.code and w.version = v.version
  where v.code = $1 order by v.version desc limit 200`,
);

/** By code; `db` is the tenant's. */
export function listAllProcedures(
  db: Db,
  words: string | undefined,
  after: string | undefined,
  limit: number,
): Promise<ProcedureRow[]> {
  return db.many(procedures, [words ?? null, after ?? null, limit]);
}

/** Newest first, with the one in force on that local day marked. */
export function listVersions(db: Db, code: string, day: string): Promise<VersionRow[]> {
  return db.many(versions, [code, day]);
}
