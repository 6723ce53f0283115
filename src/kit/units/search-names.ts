/** Finds units by what people type. Pure; all names are looked through, which takes a few milliseconds. */
import type { Unit, UnitSystem } from "./unit.ts";
import { isNumbered, unitWords, type UnitWords } from "./unit-names.ts";

export interface NamedUnit {
  readonly unit: Unit;
  readonly words: UnitWords;
}

interface Found {
  readonly unit: Unit;
  readonly was?: Unit;
}

/** How well a name fits: 0 the same with class, 1 the same name, 2 begins so, 3 a word begins so; undefined: not at all. */
function fit(name: UnitWords, asked: UnitWords): number | undefined {
  if (asked.bare === name.bare) {
    if (asked.kind === name.kind) return 0;
    return isNumbered(name) ? undefined : 1;
  }
  if (isNumbered(asked)) return undefined;
  if (name.bare.startsWith(asked.bare)) return 2;
  return asked.bare.length > 1 && name.bare.includes(` ${asked.bare}`) ? 3 : undefined;
}

const LEVELS = ["province", "district", "commune"];

/** Units of the system, best first; those found by an old name carry it. `text` may be anything; only the name is read. */
export function searchNames(
  all: readonly NamedUnit[],
  system: UnitSystem,
  text: string,
  mapUnit: (oldCode: string) => readonly Unit[],
): Found[] {
  const asked = unitWords(text.slice(0, 100));
  if (asked.bare === "") return [];
  const found: { one: Found; rank: number }[] = [];
  const seen = new Set<Unit>();
  const add = (one: Found, rank: number) => {
    if (seen.has(one.unit)) return;
    seen.add(one.unit);
    found.push({ one, rank });
  };
  for (const { unit, words } of all) {
    const rank = unit.system === system ? fit(words, asked) : undefined;
    if (rank !== undefined) add({ unit }, rank);
  }
  if (system === "two-level") {
    for (const { unit, words } of all) {
      if (unit.system === system || unit.level === "province") continue;
      const rank = fit(words, asked);
      // Only whole names: a beginning of an old name would find half of the country.
      if (rank === undefined || rank > 1) continue;
      for (const now of mapUnit(unit.code))
        add({ unit: now, was: unit }, rank + (unit.level === "commune" ? 1.5 : 2.5));
    }
  }
  return found
    .toSorted((a, b) => a.rank - b.rank || LEVELS.indexOf(a.one.unit.level) - LEVELS.indexOf(b.one.unit.level))
    .map(({ one }) => one);
}
