import type { UnitRegister } from "./register.ts";
import type { Unit, UnitSystem } from "./unit.ts";
import { isNumbered, unitWords, type UnitWords } from "./unit-names.ts";

/** An address as it was understood. */
export interface UnderstoodAddress {
  readonly system: UnitSystem;
  readonly province: Unit;
  /** Three-level addresses only. */
  readonly district?: Unit;
  readonly commune?: Unit;
  /** House, street, hamlet: what stands before the units, as written. */
  readonly detail: string;
  /** What the lowest unit found is today; several when it was divided; the unit itself in the two-level system. */
  readonly today: readonly Unit[];
}

/**
 * Reads an address written in either system, its parts apart by commas: "Khu phố 1, TT. Bến Cầu, H. Bến Cầu, Tây Ninh" or
 * "Khu phố 1, xã Bến Cầu, tỉnh Tây Ninh". The reading that explains more parts wins; the older system when both do and a
 * district is named. Undefined when no province is found at the end.
 */
export function understandAddress(units: UnitRegister, text: string): UnderstoodAddress | undefined {
  const parts = text
    .slice(0, 500)
    .normalize("NFC")
    .split(/[,;\n]| [-–] /)
    .map((part) => part.trim())
    .filter((part) => part !== "" && !/^vi[eệ]t nam$/i.test(part));
  const readings = [read(units, "two-level", parts), read(units, "three-level", parts)].filter(
    (one) => one !== undefined,
  );
  const best = readings.toSorted((a, b) => b.understood - a.understood)[0];
  return best?.address;
}

function read(
  units: UnitRegister,
  system: UnitSystem,
  parts: readonly string[],
): { readonly address: UnderstoodAddress; readonly understood: number } | undefined {
  const last = parts.at(-1);
  if (last === undefined) return undefined;
  const province = units.listProvinces(system).find((unit) => isSame(unitWords(unit.name), unitWords(last)));
  if (!province) return undefined;
  const chain: Unit[] = [province];
  let at = parts.length - 1;
  while (at > 0) {
    const above = chain.at(-1) ?? province;
    const words = unitWords(parts[at - 1] ?? "");
    const next = pick(units.listUnits(system, above.code), words);
    if (!next) break;
    chain.push(next);
    at -= 1;
  }
  const district = chain.find((unit) => unit.level === "district");
  const commune = chain.find((unit) => unit.level === "commune");
  const lowest = commune ?? district ?? province;
  const address: UnderstoodAddress = {
    system,
    province,
    ...(district ? { district } : {}),
    ...(commune ? { commune } : {}),
    detail: parts.slice(0, at).join(", "),
    today: system === "two-level" ? [lowest] : units.mapUnit(lowest.code),
  };
  return { address, understood: chain.length };
}

/** Classes that say the level: a "huyện" is no commune, whatever its name. */
const LEVEL_OF: Readonly<Record<string, Unit["level"]>> = {
  huyen: "district",
  quan: "district",
  "thi xa": "district",
  xa: "commune",
  phuong: "commune",
  "thi tran": "commune",
  "dac khu": "commune",
};

/** The unit of that name: of that class first, of another of its level when the class is missing or was written wrong. */
function pick(units: readonly Unit[], words: UnitWords): Unit | undefined {
  const level = LEVEL_OF[words.kind];
  const same = units.filter(
    (unit) => isSame(unitWords(unit.name), words) && (level === undefined || unit.level === level),
  );
  return same.find((unit) => unitWords(unit.name).kind === words.kind) ?? same[0];
}

function isSame(name: UnitWords, written: UnitWords): boolean {
  return name.bare === written.bare && (!isNumbered(name) || name.kind === written.kind);
}
