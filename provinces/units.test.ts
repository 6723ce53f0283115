import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { getCommunesByDistrictId, getDistrictById } from "vietnam-provinces-js/districts";
import { openUnits } from "#kit/units/index.ts";
import { fold } from "#kit/vietnamese.ts";

interface ProvinceUnits {
  readonly gso: string;
  readonly districts: readonly {
    readonly gso: string;
    readonly name: string;
    readonly communes: readonly { readonly gso: string; readonly name: string }[];
  }[];
}

/** Spelling of marks differs between lists (Hoà/Hòa), numbered wards are written 1 or 01: compared folded. */
const plain = (name: string): string =>
  fold(name)
    .replace(/\b0(\d)\b/g, "$1")
    .replace(/['’ ]/g, "");

for (const province of ["tayninh", "kontum"]) {
  test(`the units of ${province} are those of the public list, district by district`, async () => {
    const file = JSON.parse(
      readFileSync(join(import.meta.dirname, province, "province.json"), "utf8"),
    ) as ProvinceUnits;
    for (const district of file.districts) {
      const known = await getDistrictById(district.gso);
      assert.ok(known, `${district.gso} ${district.name}`);
      assert.equal(plain(district.name), plain(known.name));
      const communes = await getCommunesByDistrictId(district.gso);
      const expected = new Map(communes.map((commune) => [commune.idCommune, plain(commune.name)]));
      assert.equal(district.communes.length, expected.size, district.name);
      for (const commune of district.communes)
        assert.equal(plain(commune.name), expected.get(commune.gso), `${commune.gso} ${commune.name}`);
    }
  });
}

test("the communes of Tây Ninh since July 2025 are those of the public list", async () => {
  const file = JSON.parse(readFileSync(join(import.meta.dirname, "tayninh-2025/province.json"), "utf8")) as {
    readonly gso: string;
    readonly communes: readonly { readonly gso: string; readonly name: string }[];
  };
  const units = (await openUnits()).listUnits("two-level", file.gso);
  assert.deepEqual(
    file.communes.map(({ gso, name }) => `${gso} ${name}`),
    units.map(({ code, name }) => `${code} ${name}`).toSorted(),
  );
});
