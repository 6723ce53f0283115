import type { Database } from "#kit/db.ts";
import { everydayWords } from "#kit/everyday-words.ts";
import {
  fewerWords,
  type KnownWords,
  knownWords,
  type ReadQuery,
  readQuery,
  type Vocabulary,
  wholeQuery,
} from "#kit/search-query.ts";
import { countItems, type ItemCursor, type ItemRow, readVocabulary, searchItems } from "./catalogue-view.ts";

export type CataloguesFound = {
  readonly rows: readonly ItemRow[];
  /** By province, whatever province was chosen. */
  readonly counts: ReadonlyMap<string, number>;
  readonly next: ItemCursor | undefined;
  /** Words as understood, when something was misspelt. */
  readonly corrected: string | undefined;
  /** Nothing has all the words; this has what weighs most of them. */
  readonly near: boolean;
};

const LIMIT = 20;
const KEPT_MS = 5 * 60_000;

type Kept = { readonly until: number; readonly words: Promise<{ vocabulary: Vocabulary; known: KnownWords }> };
const kept = new WeakMap<Database, Kept>();

/** Finds procedures of all provinces, or of one, by everyday words. `after` goes on where a page ended. */
export async function searchCatalogues(
  db: Database,
  asked: { readonly words: string; readonly province?: string; readonly after?: ItemCursor },
): Promise<CataloguesFound> {
  const { vocabulary, known } = await languageOf(db);
  const read = asked.words === "" ? undefined : readQuery(asked.words, everydayWords(), vocabulary, known);
  const { query, counts, near } = await narrowest(db, read ? [wholeQuery(read), ...fewer(read, vocabulary)] : [null]);
  const rows = await searchItems(db, query, read?.phrases ?? [], asked.province, asked.after, LIMIT + 1);
  const page = rows.slice(0, LIMIT);
  const last = page.at(-1);
  return {
    rows: page,
    counts,
    next: rows.length > LIMIT && last ? { rank: last.rank, code: last.code, province: last.province } : undefined,
    corrected: read?.corrected,
    near,
  };
}

const fewer = (read: ReadQuery, vocabulary: Vocabulary) => fewerWords(read, vocabulary).map(wholeQuery);

/** The first of the queries that finds something in any province, else the first. */
async function narrowest(db: Database, queries: readonly (string | null)[]) {
  for (const [index, query] of queries.entries()) {
    const counts = await countItems(db, query);
    if (counts.size > 0) return { query, counts, near: index > 0 };
  }
  return { query: queries[0] ?? null, counts: new Map<string, number>(), near: false };
}

function languageOf(db: Database): Kept["words"] {
  const old = kept.get(db);
  if (old && old.until > Date.now()) return old.words;
  const words = readVocabulary(db).then((vocabulary) => ({
    vocabulary,
    known: knownWords(everydayWords(), vocabulary),
  }));
  kept.set(db, { until: Date.now() + KEPT_MS, words });
  words.catch(() => kept.delete(db));
  return words;
}
