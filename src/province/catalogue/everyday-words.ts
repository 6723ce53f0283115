import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "#kit/db.ts";
import { listOwnWords, readVocabulary } from "./catalogue-view.ts";
import { type EverydayWords, type Vocabulary, wordsOf } from "./read-query.ts";

/** What people say → what the catalogue says: `procedures/everyday-words.json`, and the province's own beside it. */

const FILE = join(import.meta.dirname, "../../../procedures/everyday-words.json");

type Entry = { readonly phrase: string; readonly means: readonly string[] };

let file: readonly Entry[] | undefined;

const folded = ({ phrase, means }: Entry): [string, readonly string[]] => [
  wordsOf(phrase).join(" "),
  means.map((text) => wordsOf(text).join(" ")).filter((text) => text !== ""),
];

export type SearchLanguage = { readonly everyday: EverydayWords; readonly vocabulary: Vocabulary };

type Kept = { readonly until: number; readonly language: Promise<SearchLanguage> };
const kept = new WeakMap<Database, Kept>();
const KEPT_MS = 60_000;

/** The words of a province's catalogue; read again after a minute. `db` is the tenant's. */
export function searchLanguage(db: Database): Promise<SearchLanguage> {
  const known = kept.get(db);
  if (known && known.until > Date.now()) return known.language;
  const language = readLanguage(db);
  kept.set(db, { until: Date.now() + KEPT_MS, language });
  language.catch(() => kept.delete(db));
  return language;
}

async function readLanguage(db: Database): Promise<SearchLanguage> {
  file ??= JSON.parse(readFileSync(FILE, "utf8")) as Entry[];
  const [own, vocabulary] = await Promise.all([listOwnWords(db), readVocabulary(db)]);
  return { everyday: new Map([...file.map(folded), ...own.map(folded)]), vocabulary };
}
