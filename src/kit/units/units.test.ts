import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openUnits, understandAddress, unitSystemOn } from "./index.ts";

const units = await openUnits();
const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);

describe("administrative units", () => {
  test("both systems are whole: 63, 696 and 10,051 units before July 2025; 34 and 3,321 since", () => {
    const old = units.listProvinces("three-level");
    const districts = old.flatMap(({ code }) => units.listUnits("three-level", code));
    const communes = districts.flatMap(({ code }) => units.listUnits("three-level", code));
    assert.deepEqual([old.length, districts.length, communes.length], [63, 696, 10_051]);
    const now = units.listProvinces("two-level");
    assert.deepEqual([now.length, now.flatMap(({ code }) => units.listUnits("two-level", code)).length], [34, 3321]);
    assert.deepEqual([unitSystemOn("2025-06-30"), unitSystemOn("2025-07-01")], ["three-level", "two-level"]);
  });

  test("Tây Ninh had nine districts and 94 communes; the 36 communes they became belong to the new Tây Ninh, code 80", () => {
    const districts = units.listUnits("three-level", "72");
    const communes = districts.flatMap(({ code }) => units.listUnits("three-level", code));
    assert.deepEqual([districts.length, communes.length], [9, 94]);
    const today = new Set(communes.flatMap(({ code }) => units.mapUnit(code)));
    assert.equal(today.size, 36);
    assert.ok([...today].every(({ parent }) => parent === "80"));
    assert.equal(units.listUnits("two-level", "80").length, 96);
    assert.deepEqual(names(units.unitsBefore("80")), ["Tỉnh Long An", "Tỉnh Tây Ninh"]);
    assert.deepEqual(names(units.mapUnit("62")), ["Tỉnh Quảng Ngãi"]);
  });

  test("thị trấn Bến Cầu is today's xã Bến Cầu, together with Tiên Thuận, Lợi Thuận and An Thạnh", () => {
    assert.deepEqual(
      units.unitPath("three-level", "25681").map(({ name }) => name),
      ["Thị trấn Bến Cầu", "Huyện Bến Cầu", "Tỉnh Tây Ninh"],
    );
    assert.deepEqual(units.mapUnit("25681"), [units.findUnit("two-level", "25681")]);
    assert.deepEqual(names(units.unitsBefore("25681")), [
      "Thị trấn Bến Cầu",
      "Xã An Thạnh",
      "Xã Lợi Thuận",
      "Xã Tiên Thuận",
    ]);
    assert.deepEqual(units.mapUnit("99999"), []);
    assert.equal(units.findUnit("two-level", "711"), undefined, "there are no districts any more");
  });

  test("is found by name without marks, with short classes, and by names that are gone", () => {
    const found = (system: "two-level" | "three-level", text: string) =>
      units.searchUnits(system, text, 3).map(({ path, was }) => (was ? `${path} (${was.name})` : path));
    assert.equal(found("three-level", "tt ben cau")[0], "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh");
    assert.equal(found("two-level", "Thị trấn Bến Cầu")[0], "Xã Bến Cầu, Tỉnh Tây Ninh");
    assert.ok(found("two-level", "xã Tiên Thuận").includes("Xã Bến Cầu, Tỉnh Tây Ninh (Xã Tiên Thuận)"));
    assert.equal(found("two-level", "kon tum")[0], "Phường Kon Tum, Tỉnh Quảng Ngãi");
    assert.deepEqual(found("three-level", "  "), []);
    assert.deepEqual(found("two-level", "%_'\u0000"), []);
    assert.ok(units.searchUnits("three-level", "phuong 01", 50).every(({ unit }) => unit.name === "Phường 1"));
  });

  test("addresses written in either system are understood, and said in today's units", () => {
    const read = (text: string) => {
      const one = understandAddress(units, text);
      return (
        one && [one.system, one.detail, one.commune?.code, one.district?.code, ...one.today.map(({ code }) => code)]
      );
    };
    const old = ["three-level", "Khu phố 1", "25681", "711", "25681"];
    assert.deepEqual(read("Khu phố 1, Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh"), old);
    assert.deepEqual(read("Khu phố 1, TT.Ben Cau, H. Ben Cau, Tay Ninh, Việt Nam"), old);
    assert.deepEqual(read("Ấp 2, xã Bến Cầu, Tây Ninh"), ["two-level", "Ấp 2", "25681", undefined, "25681"]);
    assert.deepEqual(read("P.1, TP Tây Ninh, Tây Ninh")?.slice(0, 4), ["three-level", "", "25456", "703"]);
    assert.deepEqual(read("12 Lê Lợi, quận Bến Cầu, Tây Ninh")?.[0], "three-level");
    assert.equal(read("Atlantis"), undefined);
    assert.equal(read(""), undefined);
  });
});
