import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { getCommunesByDistrictId, getDistrictById } from "vietnam-provinces-js/districts";
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
