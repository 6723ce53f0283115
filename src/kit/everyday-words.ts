/** What people say → what the catalogue says: `procedures/everyday-words.json`, for every search of procedures. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { type EverydayWords, wordsOf } from "./search-query.ts";

const FILE = path.join(import.meta.dirname, "../../procedures/everyday-words.json");

export type EverydayEntry = { readonly phrase: string; readonly means: readonly string[] };

let known: EverydayWords | undefined;

/** Folded phrase → folded meanings. Read once a process. */
export function everydayWords(): EverydayWords {
  known ??= new Map((JSON.parse(readFileSync(FILE, "utf8")) as EverydayEntry[]).map(foldedEntry));
  return known;
}

export function foldedEntry({ phrase, means }: EverydayEntry): [string, readonly string[]] {
  return [wordsOf(phrase).join(" "), means.map((text) => wordsOf(text).join(" ")).filter((text) => text !== "")];
}
