/** What differs between two contents, field by field, and which lists are in another order. Pure. */
import type { Lang } from "#kit/i18n.ts";
import { type Difference, differencesOf } from "#province/catalogue/index.ts";
import { type Content, type Kind, thingsOf } from "./content.ts";
import { messages } from "./messages.ts";
import { thingTitle } from "./pages/copy-tree.ts";

const ORDERED: readonly (readonly [kind: Kind, place: string])[] = [
  ["case", "cases"],
  ["paper", "components"],
  ["fee", "fees"],
  ["result", "results"],
  ["page", "form.pages"],
  ["section", "form.pages.sections"],
  ["item", "form.pages.sections.items"],
  ["rule", "form.rules"],
];

export function contentDifferences(before: Content | undefined, after: Content, lang: Lang): readonly Difference[] {
  const whole = (content: Content): object => ({ ...content.definition, form: content.form ?? undefined });
  return [...differencesOf(before ? whole(before) : {}, whole(after)), ...(before ? moves(before, after, lang) : [])];
}

/** Things that are in both, in another order; within one list or across sections. */
function moves(before: Content, after: Content, lang: Lang): readonly Difference[] {
  return ORDERED.flatMap(([kind, place]): Difference[] => {
    const [was, is] = [thingsOf(before, kind), thingsOf(after, kind)];
    const [old, fresh] = [new Set(was.map(({ id }) => id)), new Set(is.map(({ id }) => id))];
    const kept = [was.filter(({ id }) => fresh.has(id)), is.filter(({ id }) => old.has(id))] as const;
    const [a, b] = kept.map((list) => list.map(({ id }) => id)) as [string[], string[]];
    const from = a.findIndex((id, index) => id !== b[index]);
    if (from < 0) return [];
    const to = a.findLastIndex((id, index) => id !== b[index]) + 1;
    const titles = (list: typeof was): string[] =>
      list.slice(from, to).map(({ id, thing }) => thingTitle(lang, kind, id, thing));
    return [{ place: `${place}.${messages[lang].moved}`, before: titles(kept[0]), after: titles(kept[1]) }];
  });
}
