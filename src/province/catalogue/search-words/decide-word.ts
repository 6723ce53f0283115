/** A province's own everyday word: read from a form, judged by the words its catalogue has. */
import type { Database } from "#kit/db.ts";
import type { Vocabulary } from "#kit/search-query.ts";
import { wordsOf } from "#kit/search-query.ts";
import { forgetSearchLanguages, searchLanguage } from "../search-language.ts";
import { dropSearchWord, putSearchWord } from "./search-word-store.ts";

export interface TypedWord {
  readonly phrase: string;
  /** One meaning a line. */
  readonly means: string;
}

export type WordFault =
  | { readonly field: "phrase"; readonly fault: "empty" | "long" | "full" }
  | { readonly field: "means"; readonly fault: "many" | "long" | "same" }
  | { readonly field: "means"; readonly fault: "unknown"; readonly word: string };

/** Longer ones are not looked for: see `kit/search-query.ts`. */
const PHRASE_WORDS = 7;
const MEANS_MAX = 8;
const MEANING_WORDS = 10;

export type ReadWord =
  | { readonly ok: true; readonly phrase: string; readonly means: readonly string[] }
  | { readonly ok: false; readonly faults: readonly WordFault[] };

/** Pure. Words are folded as the search folds them; no line at all means: this word says nothing. */
export function readWord(typed: TypedWord, vocabulary: Vocabulary): ReadWord {
  const words = wordsOf(typed.phrase);
  const phrase = words.join(" ");
  const lines = typed.means.split(/\r?\n/).map(wordsOf);
  const means = [...new Set(lines.filter((line) => line.length > 0).map((line) => line.join(" ")))];
  const faults: WordFault[] = [];
  if (words.length === 0) faults.push({ field: "phrase", fault: "empty" });
  if (words.length > PHRASE_WORDS) faults.push({ field: "phrase", fault: "long" });
  if (means.length > MEANS_MAX) faults.push({ field: "means", fault: "many" });
  if (lines.some((line) => line.length > MEANING_WORDS)) faults.push({ field: "means", fault: "long" });
  if (phrase !== "" && means.includes(phrase)) faults.push({ field: "means", fault: "same" });
  const unknown = means.flatMap((line) => line.split(" ")).find((word) => !vocabulary.has(word));
  if (unknown !== undefined) faults.push({ field: "means", fault: "unknown", word: unknown });
  return faults.length > 0 ? { ok: false, faults } : { ok: true, phrase, means };
}

/** Keeps the word; this process looks with it at once, others within five minutes. */
export async function decideWord(
  database: Database,
  typed: TypedWord,
  by: { readonly tenant: string; readonly actor: string },
): Promise<ReadWord> {
  const { vocabulary } = await searchLanguage(database.forTenant(by.tenant));
  const read = readWord(typed, vocabulary);
  if (!read.ok) return read;
  const outcome = await putSearchWord(database, { ...by, phrase: read.phrase, means: read.means });
  if (outcome === "full") return { ok: false, faults: [{ field: "phrase", fault: "full" }] };
  forgetSearchLanguages();
  return read;
}

/** The country's word, or none, counts again. */
export async function withdrawWord(
  database: Database,
  phrase: string,
  by: { readonly tenant: string; readonly actor: string },
): Promise<boolean> {
  const dropped = await dropSearchWord(database, { ...by, phrase });
  forgetSearchLanguages();
  return dropped;
}
