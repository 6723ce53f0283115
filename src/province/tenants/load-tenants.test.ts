import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { DefinitionError } from "#kit/definition-file.ts";
import { demoCitizens, demoOfficers, demoProvinces } from "#kit/demo.ts";
import { agencyOf, calendarOf, findTenant, loadTenants, payeeOf } from "./index.ts";

describe("the provinces of the demo", () => {
  test("are the two of the sources, with their identifiers", () => {
    assert.deepEqual(
      loadTenants()
        .filter(({ era }) => era.levels.includes("district"))
        .map(({ code, identifier }) => [code, identifier]),
      demoProvinces.map(({ code, identifier }) => [code, identifier]).toSorted(),
    );
  });

  test("beside them stands Tây Ninh since July 2025: two levels, 96 communes, the rules of 2026", () => {
    const { agencies, era } = findTenant("tayninh-2025");
    assert.deepEqual(era.levels, ["province", "commune"]);
    const communes = agencies.filter(({ level }) => level === "commune");
    assert.equal(communes.length, 96);
    const benCau = communes.find(({ id }) => id === "xa-25681");
    assert.deepEqual(
      [benCau?.name.vi, benCau?.parentId, benCau?.shortName.en],
      ["Ủy ban nhân dân xã Bến Cầu", "ubnd-tinh", "Bến Cầu Commune"],
    );
  });

  test("thị trấn Bến Cầu receives under 000.20.31.H53", () => {
    const agency = agencyOf(findTenant("tayninh"), "000.20.31.H53");
    assert.equal(agency?.id, "xa-25681");
    assert.equal(agency?.name.vi, "Ủy ban nhân dân thị trấn Bến Cầu");
    assert.equal(agency?.parentId, "huyen-711");
  });

  test("every unit of the three levels is there: Tây Ninh 9 districts and 94 communes, Kon Tum 10 and 102", () => {
    const count = (code: string, level: string) =>
      findTenant(code).agencies.filter((agency) => agency.level === level).length;
    assert.deepEqual([count("tayninh", "district"), count("tayninh", "commune")], [9, 94]);
    assert.deepEqual([count("kontum", "district"), count("kontum", "commune")], [10, 102]);
  });

  test("officers work for a unit that exists, and citizens live in one", () => {
    for (const officer of demoOfficers)
      assert.ok(agencyOf(findTenant(officer.province), officer.agency), officer.username);
    for (const { address } of demoCitizens) {
      const tenant = loadTenants().find(({ gso }) => gso === address.province);
      assert.ok(
        tenant?.agencies.some(({ gso }) => gso === address.commune),
        address.commune,
      );
    }
  });

  test("the Economic Zone Authority of Kon Tum has an account of its own, other units share the province's", () => {
    const kontum = findTenant("kontum");
    assert.notEqual(payeeOf(kontum, "bql-khu-kinh-te").account, payeeOf(kontum, "so-tu-phap").account);
    assert.equal(payeeOf(kontum, "so-tu-phap").account, payeeOf(kontum, "xa-23281").account);
  });

  test("a working day has eight hours", () => {
    const minutes = calendarOf(findTenant("tayninh")).spans.reduce((sum, { from, to }) => sum + to - from, 0);
    assert.equal(minutes, 480);
  });
});

describe("a province's file with mistakes", () => {
  test("is refused with every place that is wrong", () => {
    const folder = mkdtempSync(join(tmpdir(), "provinces-"));
    try {
      cpSync(join(import.meta.dirname, "../../../provinces/kontum"), join(folder, "kontum"), { recursive: true });
      const file = join(folder, "kontum/province.json");
      const broken = JSON.parse(readFileSync(file, "utf8")) as { theme: object; hours: { from: string }[] };
      writeFileSync(
        file,
        JSON.stringify({ ...broken, theme: { accent: "brown" }, extra: 1, hours: [{ from: "7h", to: "11:30" }] }),
      );
      assert.throws(
        () => loadTenants(folder),
        (error) =>
          error instanceof DefinitionError &&
          ["theme.accent", "extra", "hours.0.from"].every((place) =>
            error.problems.some((problem) => problem.includes(place)),
          ),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
