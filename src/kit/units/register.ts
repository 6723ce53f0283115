import { readUnits, type UnitData } from "./read-units.ts";
import { searchNames, type NamedUnit } from "./search-names.ts";
import type { Unit, UnitHit, UnitSystem } from "./unit.ts";
import { unitWords } from "./unit-names.ts";

/** Answers about units without waiting; got from `openUnits`. Lists are in the order of names. */
export interface UnitRegister {
  listProvinces(system: UnitSystem): readonly Unit[];
  /** Units directly under this one; empty for communes and unknown codes. */
  listUnits(system: UnitSystem, parentCode: string): readonly Unit[];
  findUnit(system: UnitSystem, code: string): Unit | undefined;
  /** The unit and those above it, the lowest first; empty for unknown codes. */
  unitPath(system: UnitSystem, code: string): readonly Unit[];
  /** What an old province, district or commune is today: one unit, several when it was divided, none when unknown. */
  mapUnit(oldCode: string): readonly Unit[];
  /** Old communes that a commune of today was made of; for a province of today its old provinces. */
  unitsBefore(newCode: string): readonly Unit[];
  /**
   * Units of a system by name, with or without class and marks, best first. Old names find what the place is called today
   * ("Thị trấn Bến Cầu" → "Xã Bến Cầu"), with `was` saying which.
   */
  searchUnits(system: UnitSystem, text: string, limit?: number): readonly UnitHit[];
}

let opened: Promise<UnitRegister> | undefined;

/** The register of this process; read from disk when first asked (measured: 0.3 s, 20 MB kept). */
export function openUnits(): Promise<UnitRegister> {
  opened ??= readUnits().then(registerOf);
  return opened;
}

const collator = new Intl.Collator("vi", { numeric: true });

function registerOf({ units, today }: UnitData): UnitRegister {
  const byCode = { "three-level": new Map<string, Unit>(), "two-level": new Map<string, Unit>() };
  const children = new Map<string, Unit[]>();
  const named: NamedUnit[] = [];
  for (const unit of units.toSorted((a, b) => collator.compare(a.name, b.name))) {
    byCode[unit.system].set(unit.code, unit);
    const key = `${unit.system} ${unit.parent ?? ""}`;
    const list = children.get(key);
    if (list) list.push(unit);
    else children.set(key, [unit]);
    named.push({ unit, words: unitWords(unit.name) });
  }
  const before = invert(today);
  const find = (system: UnitSystem, code: string) => byCode[system].get(code);
  const under = (system: UnitSystem, parent: string) => children.get(`${system} ${parent}`) ?? [];
  const path = (system: UnitSystem, code: string): readonly Unit[] => {
    const unit = find(system, code);
    return unit ? [unit, ...(unit.parent === null ? [] : path(system, unit.parent))] : [];
  };
  const mapCommune = (code: string) => (today.get(code) ?? []).flatMap((one) => find("two-level", one) ?? []);
  const mapUnit = (code: string): readonly Unit[] => {
    const old = find("three-level", code);
    // Communes that were gone before the reform are in the mapping, but in no list.
    if (!old || old.level === "commune") return mapCommune(code);
    const parts = under("three-level", code).flatMap((one) => mapUnit(one.code));
    if (old.level === "district") return unique(parts);
    return unique(parts.flatMap((one) => find("two-level", one.parent ?? one.code) ?? []));
  };
  const unitsBefore = (code: string): readonly Unit[] => {
    const unit = find("two-level", code);
    if (unit?.level === "province")
      return unique(
        under("two-level", code).flatMap((one) =>
          unitsBefore(one.code).flatMap((old) => path("three-level", old.code).at(-1) ?? []),
        ),
      );
    return unique((before.get(code) ?? []).flatMap((one) => find("three-level", one) ?? []));
  };
  return {
    listProvinces: (system) => under(system, ""),
    listUnits: (system, parent) => (parent === "" ? [] : under(system, parent)),
    findUnit: find,
    unitPath: path,
    mapUnit,
    unitsBefore,
    searchUnits: (system, text, limit = 10) => {
      const hits = searchNames(named, system, text, mapUnit).slice(0, Math.min(limit, 50));
      return hits.map(({ unit, was }) => ({
        unit,
        path: path(unit.system, unit.code)
          .map(({ name }) => name)
          .join(", "),
        ...(was ? { was } : {}),
      }));
    },
  };
}

function invert(today: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const before = new Map<string, string[]>();
  for (const [old, list] of today) for (const code of list) before.set(code, [...(before.get(code) ?? []), old]);
  return before;
}

function unique(units: readonly Unit[]): readonly Unit[] {
  return [...new Set(units)].toSorted((a, b) => collator.compare(a.name, b.name));
}
