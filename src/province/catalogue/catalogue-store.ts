/** SQL of published procedures. Written by `catalogue_publish`; a version is never changed afterwards. */
import { type Db, statement } from "#kit/db.ts";
import type { ProcedureDefinition } from "#province/procedure/index.ts";

/** A definition with the number under which this province published it. */
export type PublishedProcedure = ProcedureDefinition & { readonly version: number };

type Row = { version: number; definition: ProcedureDefinition };

const publish = statement<{ published: number }, [tenant: string, agencies: string, procedures: string]>(
  "catalogue.publish",
  "select catalogue_publish($1, $2::jsonb, $3::jsonb) as published",
);

const countOffers = statement<{ changed: number }, [tenant: string]>(
  "catalogue.count-offers",
  "select catalogue_count_offers($1) as changed",
);

const latest = statement<Row, [code: string, on: string]>(
  "catalogue.find-procedure",
  `select version, definition from procedure_version
   where code = $1 and version = procedure_in_force($1, $2::date)
     and valid_from <= $2::date and (valid_to is null or $2::date <= valid_to)`,
);

const exact = statement<Row, [code: string, version: number]>(
  "catalogue.get-procedure-version",
  "select version, definition from procedure_version where code = $1 and version = $2",
);

const formOf = statement<{ form: unknown }, [code: string, version: number]>(
  "catalogue.get-procedure-form",
  "select form from procedure_version where code = $1 and version = $2",
);

/** Number of new versions. `db` is a transaction: the counts of offers are written with what they count. */
export async function publishCatalogue(
  db: Db,
  tenant: string,
  agencies: unknown,
  procedures: unknown,
): Promise<number> {
  const { published } = await db.one(publish, [tenant, JSON.stringify(agencies), JSON.stringify(procedures)]);
  await db.one(countOffers, [tenant]);
  return published;
}

/** The version in force on a local day (YYYY-MM-DD). `db` is the tenant's. */
export async function findLatest(db: Db, code: string, on: string): Promise<PublishedProcedure | undefined> {
  return published(await db.maybe(latest, [code, on]));
}

export async function findExact(db: Db, code: string, version: number): Promise<PublishedProcedure | undefined> {
  return published(await db.maybe(exact, [code, version]));
}

export async function findFormOf(db: Db, code: string, version: number): Promise<unknown> {
  return (await db.maybe(formOf, [code, version]))?.form ?? null;
}

function published(row: Row | undefined): PublishedProcedure | undefined {
  return row && { ...row.definition, version: row.version };
}
