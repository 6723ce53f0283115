/** Read models of the search over all provinces. Every list is limited. */
import { type Db, statement } from "#kit/db.ts";
import type { Text } from "#kit/i18n.ts";

export type ItemRow = {
  readonly province: string;
  readonly code: string;
  readonly name: Text;
  readonly fieldName: Text;
  readonly serviceLevel: string;
  readonly fileable: boolean;
  readonly path: string;
  readonly rank: number;
};

export type ItemCursor = { readonly rank: number; readonly code: string; readonly province: string };

type Params = [
  query: string | null,
  phrases: readonly string[],
  province: string | null,
  rank: number | null,
  code: string | null,
  afterProvince: string | null,
  limit: number,
];

// The same procedure of several provinces stands together: rank, then code, then province.
const search = statement<ItemRow, Params>(
  "national-catalogue.search",
  `select province, code, name, "fieldName", "serviceLevel", fileable, path, rank from (
    select i.province, i.code, i.name, i.field_name as "fieldName", i.service_level as "serviceLevel", i.fileable, i.path,
      case when $1::text is null then 0 else 100000 - (
        300 * ts_rank_cd('{0.05, 0.1, 0.3, 1.0}', i.terms, to_tsquery('simple', $1), 33)
        + coalesce((select max((1.1 - 0.1 * n) * case
            when i.folded_name = phrase or i.folded_name = 'thu tuc ' || phrase then 420
            when i.folded_name like phrase || ' %' then 280
            when strpos(' ' || i.folded_name || ' ', ' ' || phrase || ' ') > 0 then 220 - least(strpos(i.folded_name, phrase), 100)
            else 0 end) from unnest($2::text[]) with ordinality p(phrase, n)), 0)
        + case when i.fileable then 60 else 0 end - least(length(i.folded_name), 240) / 3)::int end as rank
    from catalogue_item i
    where ($1::text is null or i.terms @@ to_tsquery('simple', $1)) and ($3::text is null or i.province = $3)
  ) found
  where $4::int is null or (rank, code, province) > ($4, $5::text, $6::text)
  order by rank, code, province limit $7`,
);

const counts = statement<{ province: string; count: number }, [query: string | null]>(
  "national-catalogue.count",
  `select province, count(*)::int as count from catalogue_item
   where $1::text is null or terms @@ to_tsquery('simple', $1) group by province order by province limit 200`,
);

const vocabulary = statement<{ word: string; procedures: number }, []>(
  "national-catalogue.list-vocabulary",
  "select word, ndoc as procedures from ts_stat('select terms from catalogue_item') limit 50000",
);

export function searchItems(
  db: Db,
  query: string | null,
  phrases: readonly string[],
  province: string | undefined,
  after: ItemCursor | undefined,
  limit: number,
): Promise<ItemRow[]> {
  return db.many(search, [
    query,
    phrases,
    province ?? null,
    after?.rank ?? null,
    after?.code ?? null,
    after?.province ?? null,
    limit,
  ]);
}

/** How many of each province are found. */
export async function countItems(db: Db, query: string | null): Promise<Map<string, number>> {
  return new Map((await db.many(counts, [query])).map(({ province, count }) => [province, count]));
}

/** Every word of all catalogues and how many items have it. */
export async function readVocabulary(db: Db): Promise<Map<string, number>> {
  return new Map((await db.many(vocabulary, [])).map(({ word, procedures }) => [word, procedures]));
}
