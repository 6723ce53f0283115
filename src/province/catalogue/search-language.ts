import type { Database } from "#kit/db.ts";
import { everydayWords, foldedEntry } from "#kit/everyday-words.ts";
import { type EverydayWords, type KnownWords, knownWords, type Vocabulary } from "#kit/search-query.ts";
import { listOwnWords, readVocabulary } from "./catalogue-view.ts";

/** What people say → what the catalogue says: `procedures/everyday-words.json`, and the province's own beside it. */

export type SearchLanguage = {
  readonly everyday: EverydayWords;
  readonly vocabulary: Vocabulary;
  readonly known: KnownWords;
};

type Kept = { readonly until: number; readonly language: Promise<SearchLanguage> };
let kept = new WeakMap<Database, Kept>();
const KEPT_MS = 5 * 60_000;

/** The words of a province's catalogue; read again after five minutes. `db` is the tenant's. */
export function searchLanguage(db: Database): Promise<SearchLanguage> {
  const known = kept.get(db);
  if (known && known.until > Date.now()) return known.language;
  const language = readLanguage(db);
  kept.set(db, { until: Date.now() + KEPT_MS, language });
  language.catch(() => kept.delete(db));
  return language;
}

/** An administrator changed a word: every site of this process reads anew. */
export function forgetSearchLanguages(): void {
  kept = new WeakMap();
}

async function readLanguage(db: Database): Promise<SearchLanguage> {
  const [own, vocabulary] = await Promise.all([listOwnWords(db), readVocabulary(db)]);
  const everyday = new Map([...everydayWords(), ...own.map(foldedEntry)]);
  return { everyday, vocabulary, known: knownWords(everyday, vocabulary) };
}
