import { plainDateOf } from "#kit/calendar.ts";
import { type Clock, systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { groupQuery, type ReadQuery, readQuery, type Vocabulary, wholeQuery, wordsOf } from "#kit/search-query.ts";
import {
  type CatalogueCounts,
  type CatalogueCursor,
  type CatalogueFilter,
  type CatalogueList,
  type CatalogueRow,
  listElsewhere,
  listMatches,
  listSimilar,
  type Matching,
} from "./catalogue-view.ts";
import { searchLanguage } from "./search-language.ts";

export type CatalogueQuery = CatalogueFilter & {
  readonly after?: CatalogueCursor;
  /** Rows of a page, at most 100; 20 without. */
  readonly limit?: number;
};

export type CatalogueFound = {
  readonly rows: readonly CatalogueRow[];
  readonly counts: CatalogueCounts;
  /** Where the next page begins; undefined on the last one. */
  readonly next: CatalogueCursor | undefined;
  /** Not everything typed was found together; these come near. */
  readonly similar: boolean;
  /** Folded words as they were understood, when something was misspelt. */
  readonly corrected: string | undefined;
  /** Folded words to mark in the names. */
  readonly marks: readonly string[];
};

const LIMIT = 20;
/** Of what was typed, this much (rare words weigh more) must be there when not all of it is. */
const NEAR = 0.45;
const FEW = 3;
/** An everyday phrase names the matter; the words beside it are details. */
const EVERYDAY = 2;

/**
 * Finds procedures by words (with or without marks, everyday words, misspelt ones), level, unit, field, level of service,
 * audience, online payment and freedom from fees. All the words first; when nothing has them all, what has most of their
 * weight; then what looks like them. `db` is the tenant's.
 */
export async function searchProcedures(
  db: Database,
  query: CatalogueQuery,
  clock: Clock = systemClock,
): Promise<CatalogueFound> {
  const day = plainDateOf(clock.now());
  const limit = Math.min(Math.max(query.limit ?? LIMIT, 1), 100);
  const { after, limit: _limit, ...filter } = query;
  const list = (matching: Matching) => listMatches(db, day, matching, filter, after, limit + 1);
  const language = query.words === undefined ? undefined : await searchLanguage(db);
  const read = language && readQuery(query.words ?? "", language.everyday, language.vocabulary, language.known);
  if (!read || !language) return found(await list({}), limit, { similar: false });
  const all = await list(allOf(read));
  const said = { corrected: read.corrected, marks: marksOf(read) };
  // Two that happen to have every word are seldom what was meant by many words: what has most of them comes beside them.
  if (all.total > FEW || (all.total > 0 && read.groups.length < FEW))
    return found(all, limit, { ...said, similar: false });
  const near = await list(mostOf(read, language.vocabulary));
  if (near.total > 0) return found(near, limit, { ...said, similar: all.total === 0 });
  const close = await listSimilar(db, day, (query.words ?? "").slice(0, 200), filter, 10);
  return { ...said, rows: close, counts: countsOf(close), next: undefined, similar: close.length > 0 };
}

/** What nobody of the province carries out and these words name: words without any filter, on the first page. At most ten. */
export async function searchElsewhere(
  db: Database,
  { after, limit: _limit, words, ...filter }: CatalogueQuery,
  clock: Clock = systemClock,
): Promise<readonly CatalogueRow[]> {
  if (words === undefined || after || Object.values(filter).some((value) => value !== undefined)) return [];
  // The province's own vocabulary, which puts misspelt words right, does not know a ministry's words: they are as typed.
  const { everyday } = await searchLanguage(db);
  const read = readQuery(words, everyday, new Map(wordsOf(words).map((word) => [word, 1])));
  return listElsewhere(db, plainDateOf(clock.now()), words.slice(0, 200), read ? wholeQuery(read) : "");
}

/** What is asked of the database first for these words: for measuring it alone. `db` is the tenant's. */
export async function firstSearch(db: Database, words: string): Promise<Matching> {
  const { everyday, vocabulary, known } = await searchLanguage(db);
  const read = readQuery(words, everyday, vocabulary, known);
  return read ? allOf(read) : {};
}

/** Every group of words, one alternative of each. */
function allOf(read: ReadQuery): Matching {
  return { query: wholeQuery(read), phrases: read.phrases };
}

/** Groups weighed by how rare their words are, so that "giấy" alone finds nothing. */
function mostOf(read: ReadQuery, vocabulary: Vocabulary): Matching {
  const total = Math.max(...vocabulary.values(), 1);
  const rarity = (word: string) => {
    const has = vocabulary.get(word) ?? 0;
    // A word that no procedure has cannot help to find one.
    return has === 0 ? 0 : Math.log2(1 + total / has);
  };
  const rare = read.groups.map((group) => Math.max(...group.map((words) => Math.max(...words.map(rarity)))));
  const details = rare.reduce((sum, weight, index) => sum + (read.everyday[index] ? 0 : weight), 0);
  const named = read.everyday.filter(Boolean).length;
  // What an everyday phrase names is the matter: together they outweigh the details.
  const weights = rare.map((weight, index) =>
    read.everyday[index] ? Math.max(EVERYDAY * weight, details / named) : weight,
  );
  return {
    groups: read.groups.map((group) => groupQuery(group, read.prefix)),
    weights,
    least: NEAR * weights.reduce((sum, weight) => sum + weight, 0),
    phrases: read.phrases,
  };
}

function marksOf(read: ReadQuery): string[] {
  return [...new Set(read.groups.flat(2))];
}

function found(
  list: CatalogueList,
  limit: number,
  said: { readonly similar: boolean; readonly corrected?: string | undefined; readonly marks?: readonly string[] },
): CatalogueFound {
  const { rows, ...counts } = list;
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last ? { rank: last.rank, sortName: last.sortName, code: last.code } : undefined;
  return { rows: page, counts, next, similar: said.similar, corrected: said.corrected, marks: said.marks ?? [] };
}

/** Counts of a list that is short enough to be counted here. */
function countsOf(rows: readonly CatalogueRow[]): CatalogueCounts {
  const levels = Object.groupBy(
    rows.flatMap((row) => row.levels),
    (level) => level,
  );
  const fields = Map.groupBy(rows, ({ fieldCode }) => fieldCode);
  return {
    total: rows.length,
    levels: Object.fromEntries(Object.entries(levels).map(([level, list]) => [level, list.length])),
    fields: [...fields].map(([code, list]) => ({
      code,
      name: list[0]?.fieldName ?? { vi: code, en: code },
      count: list.length,
    })),
  };
}
