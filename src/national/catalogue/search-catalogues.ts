import type { Database } from "#kit/db.ts";
import { everydayWords } from "#kit/everyday-words.ts";
import { type KnownWords, knownWords, readQuery, type Vocabulary, wholeQuery } from "#kit/search-query.ts";
import { countItems, type ItemCursor, type ItemRow, readVocabulary, searchItems } from "./catalogue-view.ts";

export type CataloguesFound = {
  readonly rows: readonly ItemRow[];
  /** By province, whatever province was chosen. */
  readonly counts: ReadonlyMap<string, number>;
  readonly next: ItemCursor | undefined;
  /** Words as understood, when something was misspelt. */
  readonly corrected: string | undefined;
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
  const query = read ? wholeQuery(read) : null;
  const [rows, counts] = await Promise.all([
    searchItems(db, query, read?.phrases ?? [], asked.province, asked.after, LIMIT + 1),
    countItems(db, query),
  ]);
  const page = rows.slice(0, LIMIT);
  const last = page.at(-1);
  return {
    rows: page,
    counts,
    next: rows.length > LIMIT && last ? { rank: last.rank, code: last.code, province: last.province } : undefined,
    corrected: read?.corrected,
  };
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
