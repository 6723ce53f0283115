/**
 * What somebody typed into a search of procedures, understood: folded words, everyday words replaced by those of the law, misspelt ones by the nearest
 * word of the catalogue. Pure.
 */
import { fold } from "./vietnamese.ts";

/** Folded phrase → folded phrases that the catalogue uses for it; an empty list takes the phrase out. */
export type EverydayWords = ReadonlyMap<string, readonly string[]>;

/** Folded word → number of procedures that have it. */
export type Vocabulary = ReadonlyMap<string, number>;

/** Words somebody may have meant: made once for a catalogue, since it is walked for every misspelt word. */
export type KnownWords = { readonly all: readonly string[]; readonly spoken: ReadonlySet<string> };

export function knownWords(everyday: EverydayWords, vocabulary: Vocabulary): KnownWords {
  const spoken = new Set([...everyday.keys()].flatMap((phrase) => phrase.split(" ")));
  const all = [...vocabulary.keys(), ...[...spoken].filter((word) => !vocabulary.has(word))];
  return { all: all.filter((word) => !/\d/.test(word)), spoken };
}

export type ReadQuery = {
  /** Each must be found; of its alternatives one is enough. An alternative is words that all must be there. */
  readonly groups: readonly (readonly (readonly string[])[])[];
  /** Which of the groups came from everyday words: they say what the matter is. */
  readonly everyday: readonly boolean[];
  /** The last word may be the beginning of one: people are still typing. */
  readonly prefix: string | undefined;
  /** Phrases that lift a name which has them. */
  readonly phrases: readonly string[];
  /** Words as understood, when something was misspelt. */
  readonly corrected: string | undefined;
};

const WORDS_MAX = 12;
const PHRASE_MAX = 7;
const PHRASES_MAX = 8;

// "Tôi muốn làm … thì cần gì ở đâu": words around the matter. Only dropped when others remain.
const AROUND = new Set(
  (
    "toi minh em anh chi muon can xin hoi lam de thi la gi nhu the nao cach thu tuc ho so giay to o dau bao nhieu nhieu tien lau may ngay " +
    "online truc tuyen tren mang qua cho cua va khi bi duoc voi tai den nha phai co khong moi ve cai nay nop can thiet huong dan mau don chua roi " +
    "the ai luc nay hien nay nam tphcm tinh xa phuong huyen ra nhung i a ah con bo me vo chong be nguoi mo bi de tu how to get"
  ).split(" "),
);

/** Letters and digits of what was typed, without marks: "Đăng ký khai sinh" → dang, ky, khai, sinh. */
export function wordsOf(text: string): string[] {
  return (fold(text).match(/[a-z0-9]+/g) ?? []).slice(0, WORDS_MAX).map((word) => word.slice(0, 40));
}

export function readQuery(
  text: string,
  everyday: EverydayWords,
  vocabulary: Vocabulary,
  known: KnownWords = knownWords(everyday, vocabulary),
): ReadQuery | undefined {
  const typed = wordsOf(text);
  if (typed.length === 0) return undefined;
  const words = correctedWords(typed, known, vocabulary);
  const parts = partsOf(words, everyday);
  const meant = parts.filter((part) => part.everyday || !AROUND.has(part.alternatives[0]?.[0] ?? ""));
  const kept = meant.length > 0 ? meant : parts;
  const last = kept.at(-1);
  const ends = last !== undefined && !last.everyday && last === parts.at(-1);
  return {
    groups: kept.map(({ alternatives }) => alternatives),
    everyday: kept.map((part) => part.everyday),
    prefix: ends ? last.alternatives[0]?.[0] : undefined,
    phrases: phrasesOf(kept, words),
    corrected: words.join(" ") === typed.join(" ") ? undefined : words.join(" "),
  };
}

type Part = { readonly alternatives: readonly (readonly string[])[]; readonly everyday: boolean };

/** The longest everyday phrase at each place; other words stand for themselves. */
function partsOf(words: readonly string[], everyday: EverydayWords): Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < words.length; ) {
    const found = longestPhrase(words, at, everyday);
    if (found) {
      if (found.means.length > 0)
        parts.push({ alternatives: found.means.map((phrase) => phrase.split(" ")), everyday: true });
      at += found.length;
    } else {
      parts.push({ alternatives: [[words[at] ?? ""]], everyday: false });
      at += 1;
    }
  }
  return parts;
}

// "Mở một cái quán", "mất cái bằng lái": words that may stand inside a phrase.
const INSIDE = new Set("cai chiec mot cua toi minh em da dang cho bi duoc cuon to tam".split(" "));

function longestPhrase(words: readonly string[], at: number, everyday: EverydayWords) {
  const places = words.flatMap((_, index) => (index >= at ? [index] : []));
  const exact = phraseOf(words, places, everyday);
  if (exact && exact.length > 1) return exact;
  const loose = places.filter((index) => index === at || !INSIDE.has(words[index] ?? ""));
  return phraseOf(words, loose, everyday) ?? exact;
}

/** The longest everyday phrase that these places begin with, and how many words it takes up from the first of them. */
function phraseOf(words: readonly string[], places: readonly number[], everyday: EverydayWords) {
  for (let length = Math.min(PHRASE_MAX, places.length); length > 0; length -= 1) {
    const taken = places.slice(0, length);
    const means = everyday.get(taken.map((index) => words[index]).join(" "));
    if (means) return { means, length: (taken.at(-1) ?? 0) - (taken[0] ?? 0) + 1 };
  }
  return undefined;
}

function phrasesOf(parts: readonly Part[], words: readonly string[]): string[] {
  const first = parts.map(({ alternatives }) => (alternatives[0] ?? []).join(" ")).join(" ");
  const longest = parts.flatMap(({ alternatives }) => alternatives.map((words) => words.join(" ")));
  const each = longest.filter((phrase) => phrase.includes(" "));
  // Two parts with alternatives: each pair may be what a name says ("cấp đổi" + "thẻ căn cước").
  const pairs = parts
    .slice(1)
    .flatMap((part, index) =>
      (parts[index]?.alternatives ?? []).flatMap((a) => part.alternatives.map((b) => [...a, ...b].join(" "))),
    );
  return [...new Set([first, words.join(" "), ...pairs, ...each])].slice(0, PHRASES_MAX);
}

function correctedWords(typed: readonly string[], { all, spoken }: KnownWords, vocabulary: Vocabulary): string[] {
  const isKnown = (word: string) => vocabulary.has(word) || spoken.has(word) || AROUND.has(word) || /\d/.test(word);
  return typed.flatMap((word, index) => {
    if (isKnown(word)) return [word];
    // Still being typed: the beginning of a word is no mistake.
    if (index === typed.length - 1 && all.some((one) => one.startsWith(word))) return [word];
    const telex = withoutTelex(word);
    if (telex !== word && isKnown(telex)) return [telex];
    const halves = splitWord(word, isKnown);
    if (halves) return halves;
    return [nearest(word, all, vocabulary) ?? word];
  });
}

/** Keys of the Telex method that were typed without it: "ddawng" → dang, "sinhs" → sinh; and f, z, j as people text. */
function withoutTelex(word: string): string {
  return word
    .replace(/^f/, "ph")
    .replace(/^z/, "d")
    .replace(/^j/, "gi")
    .replaceAll("dd", "d")
    .replace(/([aeo])\1/g, "$1")
    .replace(/([aou])w/g, "$1")
    .replace(/^(.*[aeiouy].*)[sfrxj]$/, "$1");
}

/** "khaisinh" → khai, sinh. */
function splitWord(word: string, isKnown: (word: string) => boolean): string[] | undefined {
  if (word.length < 5) return undefined;
  for (let at = 2; at <= word.length - 2; at += 1) {
    const halves = [word.slice(0, at), word.slice(at)];
    if (halves.every((half) => isKnown(half))) return halves;
  }
  return undefined;
}

/** One letter wrong, two in a word of six or more; the more usual word of the catalogue wins. */
function nearest(word: string, known: readonly string[], vocabulary: Vocabulary): string | undefined {
  if (word.length < 2) return undefined;
  const most = word.length >= 6 ? 2 : 1;
  let best: { readonly word: string; readonly score: number } | undefined;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) > most) continue;
    const distance = letterDistance(word, candidate);
    if (distance > most) continue;
    const alike = candidate[0] === word[0] ? 0 : 0.3;
    const score = distance + alike - Math.min(Math.log10(1 + (vocabulary.get(candidate) ?? 0)), 3) / 10;
    if (!best || score < best.score) best = { word: candidate, score };
  }
  return best?.word;
}

/** Letters to change, add, leave out or swap with their neighbour (optimal string alignment). */
export function letterDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

const FEWER_MAX = 5;
/** Without an everyday phrase, what is left must be most of what was said. */
const FEWER_LEAST = 0.45;

/**
 * The query with one word fewer each time, for when nothing has them all: words that no procedure has go first, then the
 * commonest, and what an everyday phrase names stays to the end.
 */
export function fewerWords(read: ReadQuery, vocabulary: Vocabulary): ReadQuery[] {
  const all = Math.max(...vocabulary.values(), 1);
  const rarity = (word: string) => Math.log2(1 + all / (vocabulary.get(word) ?? Number.POSITIVE_INFINITY));
  const weighed = read.groups.map((group, index) => ({
    index,
    everyday: read.everyday[index] === true,
    weight: Math.max(...group.map((words) => Math.max(...words.map(rarity)))),
  }));
  const order = weighed.toSorted((a, b) => Number(a.everyday) - Number(b.everyday) || a.weight - b.weight);
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0);
  return order.slice(1, FEWER_MAX + 1).flatMap((_, dropped) => {
    const kept = order.slice(dropped + 1);
    const isEnough =
      kept.some(({ everyday }) => everyday) || kept.reduce((sum, { weight }) => sum + weight, 0) >= FEWER_LEAST * total;
    const stays = new Set(kept.map(({ index }) => index));
    const of = <Part>(list: readonly Part[]) => list.filter((_part, index) => stays.has(index));
    return isEnough ? [{ ...read, groups: of(read.groups), everyday: of(read.everyday) }] : [];
  });
}

/** The tsquery of a whole query: every group, one alternative of each. Only letters and digits, so nothing can be injected. */
export function wholeQuery(read: ReadQuery): string {
  return read.groups.map((group) => groupQuery(group, read.prefix)).join(" & ");
}

/** The tsquery of one group. */
export function groupQuery(group: ReadQuery["groups"][number], prefix: string | undefined): string {
  const alternatives = group.map((words) =>
    words.map((word) => (word === prefix && words.length === 1 ? `${word}:*` : word)).join(" & "),
  );
  return alternatives.length === 1 ? (alternatives[0] ?? "") : `(${alternatives.map((one) => `(${one})`).join(" | ")})`;
}
