import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Database, statement } from "#kit/db.ts";
import { withDatabase } from "#tests/support/database.ts";
import {
  findProcedure,
  getProcedureForm,
  getProcedureVersion,
  listAgenciesOffering,
  searchProcedures,
  seedCatalogue,
} from "./index.ts";

async function withCatalogue(work: (tayninh: Database, database: Database) => Promise<void>): Promise<void> {
  await withDatabase("province", async (database) => {
    await seedCatalogue(database, "tayninh");
    await work(database.forTenant("tayninh"), database);
  });
}

const codes = async (db: Database, words: string) =>
  (await searchProcedures(db, { words })).rows.map(({ code }) => code);

describe("publishing the catalogue", () => {
  test("the second time changes nothing, also when two processes start together", async () => {
    await withDatabase("province", async (database) => {
      const first = await Promise.all([seedCatalogue(database, "kontum"), seedCatalogue(database, "kontum")]);
      assert.ok(Math.max(...first) > 20 && Math.min(...first) === 0);
      assert.equal(await seedCatalogue(database, "kontum"), 0);
    });
  });

  test("a province sees its own catalogue only", async () => {
    await withCatalogue(async (_tayninh, database) => {
      assert.equal(await findProcedure(database.forTenant("kontum"), "1.001193"), undefined);
    });
  });

  test("a published version is found by its number, with its form, and cannot be changed by the application", async () => {
    await withCatalogue(async (tayninh) => {
      const procedure = await findProcedure(tayninh, "1.001193");
      assert.equal(procedure?.version, 1);
      assert.deepEqual(await getProcedureVersion(tayninh, "1.001193", 1), procedure);
      assert.equal(await getProcedureVersion(tayninh, "1.001193", 2), undefined);
      assert.ok(await getProcedureForm(tayninh, "1.001193", 1));
      const change = statement<object, []>("test.change-version", "update procedure_version set valid_to = null");
      await assert.rejects(() => tayninh.run(change, []), /permission denied/);
    });
  });

  test("birth registration is offered by all 94 communes, the pesticide certificate by the department alone", async () => {
    await withCatalogue(async (tayninh) => {
      assert.equal((await listAgenciesOffering(tayninh, "1.001193")).length, 94);
      assert.deepEqual(
        (await listAgenciesOffering(tayninh, "1.004363")).map(({ id }) => id),
        ["so-nnptnt"],
      );
    });
  });
});

describe("searching", () => {
  test("finds birth registration first, with marks, without marks, by beginnings of words and by code", async () => {
    await withCatalogue(async (tayninh) => {
      for (const words of [
        "khai sinh",
        "Đăng ký khai sinh",
        "dang ky khai sinh",
        "ĐĂNG KÝ KHAI SINH",
        "dang ky kh",
        "1.001193",
      ]) {
        assert.equal((await codes(tayninh, words))[0], "1.001193", words);
      }
    });
  });

  test("finds by what people call it, and by likeness when the words are misspelt", async () => {
    await withCatalogue(async (tayninh) => {
      assert.equal((await codes(tayninh, "sao y"))[0], "2.000815");
      assert.equal((await codes(tayninh, "thuốc trừ sâu"))[0], "1.004363");
      const misspelt = await searchProcedures(tayninh, { words: "giay fep xay dung" });
      assert.equal(misspelt.corrected, "giay phep xay dung");
      assert.ok(misspelt.marks.includes("phep"));
      assert.equal(misspelt.rows[0]?.code, "1.013225");
      assert.equal(misspelt.counts.total, misspelt.rows.length);
      assert.deepEqual(await codes(tayninh, "zzzz qqqq"), []);
    });
  });

  test("hostile words are words", async () => {
    await withCatalogue(async (tayninh) => {
      for (const words of ["' & !( |:*", "khai' | !sinh", "<script>", "\u0000", "a".repeat(5_000)])
        await codes(tayninh, words);
    });
  });

  test("narrows by unit, field, level and level of service, and counts what each choice gives", async () => {
    await withCatalogue(async (tayninh) => {
      const seen = await searchProcedures(tayninh, {
        words: "khai sinh",
        agency: "xa-25681",
        field: "ho-tich",
        level: "commune",
      });
      assert.ok(seen.rows.some(({ code }) => code === "1.001193"));
      assert.equal(seen.counts.levels.commune, seen.rows.length);
      const online = await searchProcedures(tayninh, { serviceLevel: "4", limit: 100 });
      const wholly = online.rows.map(({ code }) => code);
      for (const code of ["1.001193", "1.004363", "1.004873", "2.000635"]) assert.ok(wholly.includes(code), code);
      assert.ok(!wholly.includes("2.000815"));
      const paid = await searchProcedures(tayninh, { onlinePayment: true, limit: 100 });
      assert.ok(paid.rows.length > 0 && paid.rows.every(({ onlinePayment }) => onlinePayment));
      const free = await searchProcedures(tayninh, { feeFree: true, limit: 100 });
      assert.ok(free.rows.length > 0 && free.rows.every(({ feeFree }) => feeFree));
      const companies = await searchProcedures(tayninh, { audience: "business", limit: 100 });
      assert.ok(companies.rows.some(({ code }) => code === "1.004363"));
      assert.ok(!companies.rows.some(({ code }) => code === "1.001193"));
      const all = await searchProcedures(tayninh, {});
      assert.equal(
        all.counts.fields.reduce((sum, { count }) => sum + count, 0),
        all.counts.total,
      );
    });
  });

  test("pages follow one another without a gap or a double", async () => {
    await withCatalogue(async (tayninh) => {
      const all = await searchProcedures(tayninh, { limit: 100 });
      const walked: string[] = [];
      let page = await searchProcedures(tayninh, { limit: 7 });
      for (let turn = 0; turn < 20; turn += 1) {
        walked.push(...page.rows.map(({ code }) => code));
        if (!page.next) break;
        page = await searchProcedures(tayninh, { limit: 7, after: page.next });
      }
      assert.deepEqual(
        walked,
        all.rows.map(({ code }) => code),
      );
      assert.equal(walked.length, all.counts.total);
    });
  });
});
