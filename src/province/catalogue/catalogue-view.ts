/** Read models of the catalogue: lists, counts, units. Every list is limited. `db` is the tenant's. */
import { type Db, statement, tenantStatement } from "#kit/db.ts";
import type { Text } from "#kit/i18n.ts";
import type { FeedItem } from "#protocols/catalogue-feed/index.ts";
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
  /** Free by law in every case. */
  readonly feeFree: boolean;
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
  readonly audience?: Audience;
  /** Only what can be paid for online. */
  readonly onlinePayment?: true;
  /** Only what is free by law. */
  readonly feeFree?: true;
};

/** Whom a procedure is for, as the filter has it. */
export type Audience = "citizen" | "business" | "organisation";

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
  e.levels, e.service_level as "serviceLevel", e.fileable, e.online_payment as "onlinePayment", e.fee_free as "feeFree", e.agency_count as "agencyCount",
  e.agency_name as "agencyName", e.sort_name as "sortName"`;

type SearchParams = [
  day: string,
  query: string | null,
  groups: readonly string[] | null,
  weights: readonly number[] | null,
  least: number | null,
  phrases: readonly string[],
  filter: string,
  after: string | null,
  limit: number,
];

export type CatalogueList = CatalogueCounts & { readonly rows: readonly CatalogueRow[] };

const search = tenantStatement<{ found: CatalogueList }, SearchParams>(
  "catalogue.search",
  "select catalogue_search($1, $2::date, $3, $4::text[], $5::real[], $6, $7::text[], $8::jsonb, $9::jsonb, $10) as found",
);

const vocabulary = statement<{ word: string; procedures: number }, []>(
  "catalogue.list-vocabulary",
  "select word, procedures from catalogue_vocabulary() limit 50000",
);

const ownWords = statement<{ phrase: string; means: string[] }, []>(
  "catalogue.list-search-words",
  "select phrase, means from search_word order by phrase limit 5000",
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
    and word_similarity(catalogue_words($2), e.folded) >= 0.5
    and ($3::text is null or e.field_code = $3)
    and ($4::text is null or e.service_level = $4)
    and ($5::text is null or exists (select from procedure_offer f where f.procedure_code = e.code and f.agency_id = $5 and f.active))
    and ($6::text is null or $6 = any (e.levels))
  order by word_similarity(catalogue_words($2), e.folded) desc, e.sort_name
  limit $7`,
);

// Carried out by nobody of the province: ministries' own. Those between state bodies (codes 5. and 6.) are nobody's to file.
const elsewhere = statement<CatalogueRow, [day: string, words: string, meant: string]>(
  "catalogue.search-elsewhere",
  `select ${COLUMNS}, 0 as rank from procedure_entry e
  where e.agency_count = 0 and e.origin = 'import' and e.code !~ '^[56]\\.' and e.valid_from <= $1::date and (e.valid_to is null or $1::date <= e.valid_to)
    and e.terms @@ (plainto_tsquery('simple', catalogue_words($2)) || to_tsquery('simple', $3))
  order by ts_rank_cd('{0.05, 0.1, 0.3, 1.0}', e.terms, plainto_tsquery('simple', catalogue_words($2)) || to_tsquery('simple', $3), 33) desc, e.code
  limit 10`,
);

const popular = statement<CatalogueRow, [day: string, limit: number]>(
  "catalogue.list-popular",
  `select ${COLUMNS}, 0 as rank from procedure_entry e
  where e.popularity is not null and e.agency_count > 0 and e.valid_from <= $1::date and (e.valid_to is null or $1::date <= e.valid_to)
  order by e.popularity, e.code limit $2`,
);

const some = statement<CatalogueRow, [day: string, codes: readonly string[]]>(
  "catalogue.list-some",
  `select ${COLUMNS}, 0 as rank from procedure_entry e
  where e.code = any ($2::text[]) and e.agency_count > 0 and e.valid_from <= $1::date and (e.valid_to is null or $1::date <= e.valid_to)
  order by array_position($2::text[], e.code) limit 100`,
);

// A site map holds at most 50,000 addresses (sitemaps.org); a province has about two thousand procedures.
const codes = statement<{ code: string }, [day: string]>(
  "catalogue.list-codes",
  `select e.code from procedure_entry e
  where e.agency_count > 0 and e.valid_from <= $1::date and (e.valid_to is null or $1::date <= e.valid_to)
  order by e.code limit 40000`,
);

const changes = statement<FeedItem & { changed: number }, [since: number, limit: number]>(
  "catalogue.list-changes",
  `select e.code, e.agency_count > 0 as offered, e.version, e.name, e.short_name as "shortName", e.field_name as field, e.levels,
    e.service_level as "serviceLevel", e.fileable, e.online_payment as "onlinePayment", '/thu-tuc/' || e.code as path,
    left(e.folded, 8000) as words, e.changed
  from procedure_entry e where e.changed > $1 order by e.changed limit $2`,
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

/** What must match: all of `query`, or of `groups` enough to weigh `least`; nothing = the whole catalogue. */
export type Matching = {
  readonly query?: string;
  readonly groups?: readonly string[];
  readonly weights?: readonly number[];
  readonly least?: number;
  readonly phrases?: readonly string[];
};

/** One page of a list with the counts around it, in one statement. */
export async function listMatches(
  db: Db,
  day: string,
  matching: Matching,
  filter: CatalogueFilter,
  after: CatalogueCursor | undefined,
  limit: number,
): Promise<CatalogueList> {
  const { words: _words, ...rest } = filter;
  const { found } = await db.one(search, [
    day,
    matching.query ?? null,
    matching.groups ?? null,
    matching.weights ?? null,
    matching.least ?? null,
    matching.phrases ?? [],
    JSON.stringify(rest),
    after ? JSON.stringify(after) : null,
    limit,
  ]);
  return found;
}

/** Every word of the province's catalogue and how many procedures have it. */
export async function readVocabulary(db: Db): Promise<Map<string, number>> {
  return new Map((await db.many(vocabulary, [])).map(({ word, procedures }) => [word, procedures]));
}

/** The province's own everyday words. */
export function listOwnWords(db: Db): Promise<{ phrase: string; means: string[] }[]> {
  return db.many(ownWords, []);
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

/** At most ten that nobody of the province carries out, with every one of the words, or with what is meant by them (a tsquery). */
export function listElsewhere(db: Db, day: string, words: string, meant: string): Promise<CatalogueRow[]> {
  return db.many(elsewhere, [day, words, meant]);
}

export function listPopular(db: Db, day: string, limit: number): Promise<CatalogueRow[]> {
  return db.many(popular, [day, limit]);
}

/** What changed in the province's catalogue after a change number, oldest first. */
export function listChanges(db: Db, since: number, limit: number): Promise<(FeedItem & { changed: number })[]> {
  return db.many(changes, [since, limit]);
}

/** Those of the given procedures that the province offers, in the given order. `day` is YYYY-MM-DD. */
export function listSome(db: Db, day: string, wanted: readonly string[]): Promise<CatalogueRow[]> {
  return db.many(some, [day, wanted]);
}

/** Codes of everything the province offers on a day, for the site map. */
export async function listCodes(db: Db, day: string): Promise<string[]> {
  return (await db.many(codes, [day])).map(({ code }) => code);
}

/** Units that offer something, in the province's order: its departments, then each district followed by its communes. */
export function listAgencies(db: Db): Promise<AgencyOption[]> {
  return db.many(agencies, []);
}

/** Units where this procedure is filed; the filing page lets the person choose among them. */
export function listAgenciesOffering(db: Db, code: string): Promise<OfferingAgency[]> {
  return db.many(offering, [code]);
}
