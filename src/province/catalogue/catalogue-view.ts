/** Read models of the catalogue: lists, counts, units. Every list is limited. `db` is the tenant's. */
import { type Db, statement } from "#kit/db.ts";
import type { Text } from "#kit/i18n.ts";
import type { AgencyType, Level } from "#province/procedure/index.ts";

export type CatalogueRow = {
  readonly code: string;
  readonly version: number;
  readonly name: Text;
  readonly shortName: Text;
  readonly fieldCode: string;
  readonly fieldName: Text;
  readonly levels: readonly Level[];
  readonly serviceLevel: string;
  readonly fileable: boolean;
  readonly onlinePayment: boolean;
  /** Units that offer it; the first one's name when there is only one. */
  readonly agencyCount: number;
  readonly agencyName: Text;
  /** Position in this list, for the next page. */
  readonly rank: number;
  readonly sortName: string;
};

export type CatalogueFilter = {
  readonly words?: string;
  readonly level?: Level;
  readonly agency?: string;
  readonly field?: string;
  readonly serviceLevel?: string;
};

export type CatalogueCursor = { readonly rank: number; readonly sortName: string; readonly code: string };

export type CatalogueCounts = {
  /** Over all levels; a procedure of two levels counts once. */
  readonly total: number;
  readonly levels: Readonly<Partial<Record<Level, number>>>;
  readonly fields: readonly { readonly code: string; readonly name: Text; readonly count: number }[];
};

export type AgencyOption = {
  readonly id: string;
  readonly shortName: Text;
  readonly level: Level;
  readonly type: AgencyType;
  readonly parentId: string | null;
};

const COLUMNS = `e.code, e.version, e.name, e.short_name as "shortName", e.field_code as "fieldCode", e.field_name as "fieldName",
  e.levels, e.service_level as "serviceLevel", e.fileable, e.online_payment as "onlinePayment", e.agency_count as "agencyCount",
  e.agency_name as "agencyName", e.sort_name as "sortName"`;

/** $1 day, $2 tsquery, $3 field, $4 service level, $5 agency: what every list of the catalogue has in common. */
const MATCHES = `e.agency_count > 0 and e.valid_from <= $1::date and (e.valid_to is null or $1::date <= e.valid_to)
    and ($2::text is null or e.search @@ to_tsquery('simple', $2))
    and ($3::text is null or e.field_code = $3)
    and ($4::text is null or e.service_level = $4)
    and ($5::text is null or exists (select from procedure_offer f where f.procedure_code = e.code and f.agency_id = $5 and f.active))`;

type SearchParams = [
  day: string,
  query: string | null,
  field: string | null,
  serviceLevel: string | null,
  agency: string | null,
  level: Level | null,
  words: string | null,
  rank: number | null,
  sortName: string | null,
  code: string | null,
  limit: number,
];

// Rank: what people call it has the words in a row, then any text of it has, then the rest; what can be filed here first.
const search = statement<CatalogueRow, SearchParams>(
  "catalogue.search",
  `select * from (
    select ${COLUMNS},
      2 * (case when $7::text is null then 0 when strpos(e.folded_name, $7) > 0 then 0 when strpos(e.folded, $7) > 0 then 1 else 2 end)
        + (case when e.fileable then 0 else 1 end) as rank
    from procedure_entry e
    where ${MATCHES} and ($6::text is null or $6 = any (e.levels))
  ) found
  where $8::int is null or (rank, "sortName" collate "vi-x-icu", code) > ($8, $9::text collate "vi-x-icu", $10::text)
  order by rank, "sortName" collate "vi-x-icu", code
  limit $11`,
);

type SimilarParams = [
  day: string,
  words: string,
  field: string | null,
  serviceLevel: string | null,
  agency: string | null,
  level: Level | null,
  limit: number,
];

// Misspelt words ("giay fep xay dung"): asked only when the words as typed found nothing.
const similar = statement<CatalogueRow, SimilarParams>(
  "catalogue.search-similar",
  `select ${COLUMNS}, 0 as rank from procedure_entry e
  where e.agency_count > 0 and e.valid_from <= $1::date and (e.valid_to is null or $1::date <= e.valid_to)
    and word_similarity($2, e.folded) >= 0.5
    and ($3::text is null or e.field_code = $3)
    and ($4::text is null or e.service_level = $4)
    and ($5::text is null or exists (select from procedure_offer f where f.procedure_code = e.code and f.agency_id = $5 and f.active))
    and ($6::text is null or $6 = any (e.levels))
  order by word_similarity($2, e.folded) desc, e.sort_name
  limit $7`,
);

type CountParams = [
  day: string,
  query: string | null,
  field: string | null,
  serviceLevel: string | null,
  agency: string | null,
  level: Level | null,
];

// Tabs count without the chosen level and field, fields count within the chosen level: each shows what choosing it gives.
const counts = statement<
  { levels: Record<string, number>; fields: CatalogueCounts["fields"]; total: number },
  CountParams
>(
  "catalogue.count",
  `with offered as (
    select e.* from procedure_entry e
    where ${MATCHES.replace("($3::text is null or e.field_code = $3)", "true")}
  ), in_field as (select * from offered where $3::text is null or field_code = $3)
  select
    (select count(*)::int from in_field) as total,
    coalesce((select jsonb_object_agg(level, count) from (
      select level, count(*)::int from in_field, unnest(levels) level group by level) l), '{}') as levels,
    coalesce((select jsonb_agg(jsonb_build_object('code', code, 'name', name, 'count', count) order by name->>'vi' collate "vi-x-icu") from (
      select field_code as code, min(field_name::text)::jsonb as name, count(*)::int
      from offered where $6::text is null or $6 = any (levels) group by field_code limit 300) f), '[]') as fields`,
);

const popular = statement<CatalogueRow, [day: string, limit: number]>(
  "catalogue.list-popular",
  `select ${COLUMNS}, 0 as rank from procedure_entry e
  where e.popularity is not null and e.agency_count > 0 and e.valid_from <= $1::date and (e.valid_to is null or $1::date <= e.valid_to)
  order by e.popularity, e.code limit $2`,
);

const agencies = statement<AgencyOption, []>(
  "catalogue.list-agencies",
  `select a.id, a.short_name as "shortName", a.level, a.type, a.parent_id as "parentId" from agency a
  where a.active and exists (select from procedure_offer p where p.agency_id = a.id and p.active)
  order by a.position limit 1000`,
);

const offering = statement<AgencyOption & { identifier: string; name: Text; phone: string | null }, [code: string]>(
  "catalogue.list-agencies-offering",
  `select a.id, a.identifier, a.name, a.phone, a.short_name as "shortName", a.level, a.type, a.parent_id as "parentId"
  from procedure_offer p join agency a on a.tenant = p.tenant and a.id = p.agency_id
  where p.procedure_code = $1 and p.active and a.active order by a.position limit 1000`,
);

export type OfferingAgency = AgencyOption & {
  readonly identifier: string;
  readonly name: Text;
  readonly phone: string | null;
};

export function listMatches(
  db: Db,
  day: string,
  query: string | null,
  filter: CatalogueFilter,
  words: string | null,
  after: CatalogueCursor | undefined,
  limit: number,
): Promise<CatalogueRow[]> {
  const { field, serviceLevel, agency, level } = filter;
  return db.many(search, [
    day,
    query,
    field ?? null,
    serviceLevel ?? null,
    agency ?? null,
    level ?? null,
    words,
    after?.rank ?? null,
    after?.sortName ?? null,
    after?.code ?? null,
    limit,
  ]);
}

export function listSimilar(
  db: Db,
  day: string,
  words: string,
  filter: CatalogueFilter,
  limit: number,
): Promise<CatalogueRow[]> {
  const { field, serviceLevel, agency, level } = filter;
  return db.many(similar, [day, words, field ?? null, serviceLevel ?? null, agency ?? null, level ?? null, limit]);
}

export function countMatches(
  db: Db,
  day: string,
  query: string | null,
  filter: CatalogueFilter,
): Promise<CatalogueCounts> {
  const { field, serviceLevel, agency, level } = filter;
  return db.one(counts, [day, query, field ?? null, serviceLevel ?? null, agency ?? null, level ?? null]);
}

export function listPopular(db: Db, day: string, limit: number): Promise<CatalogueRow[]> {
  return db.many(popular, [day, limit]);
}

/** Units that offer something, in the province's order: its departments, then each district followed by its communes. */
export function listAgencies(db: Db): Promise<AgencyOption[]> {
  return db.many(agencies, []);
}

/** Units where this procedure is filed; the filing page lets the person choose among them. */
export function listAgenciesOffering(db: Db, code: string): Promise<OfferingAgency[]> {
  return db.many(offering, [code]);
}
