import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { fold } from "#kit/vietnamese.ts";
import { loadTenants } from "#province/tenants/index.ts";
import { definitionProblems } from "./definition-problems.ts";
import { loadProcedures } from "./load-procedures.ts";
import { agenciesOffering } from "./listing.ts";

const all = loadProcedures();
const byCode = (code: string) => {
  const found = all.find(({ definition }) => definition.code === code);
  assert.ok(found, code);
  return found;
};

describe("the procedures of the folder", () => {
  test("at least 24 can be filed; the others say that they are information only", () => {
    const fileable = all.filter(({ definition }) => definition.fileable);
    assert.ok(fileable.length >= 24, `${fileable.length} can be filed`);
    for (const { definition } of all) {
      if (!definition.fileable) assert.equal(definition.serviceLevels["decree-43-2011"], 2, definition.code);
    }
  });

  test("every one is offered by some unit of every province that it is for, at one of its own levels", () => {
    // Departments were merged and districts ended in 2025: who offers what there is the owner's to say.
    for (const tenant of loadTenants().filter(({ era }) => era.levels.includes("district"))) {
      for (const { definition } of all) {
        const { offers } = definition;
        if (offers.every(({ tenants }) => tenants && !tenants.includes(tenant.code))) continue;
        const units = agenciesOffering(definition, tenant);
        assert.ok(units.length > 0, `${tenant.code} ${definition.code}`);
        const levels = new Set(tenant.agencies.filter(({ id }) => units.includes(id)).map(({ level }) => level));
        assert.deepEqual([...levels].toSorted(), definition.levels.toSorted(), `${tenant.code} ${definition.code}`);
      }
    }
  });
});

describe("a definition with mistakes", () => {
  test("names every place that is wrong", () => {
    const { definition, form } = byCode("2.000815");
    const [fee] = definition.fees;
    assert.ok(fee && fee.amount.type === "per_page");
    const broken = {
      ...definition,
      components: definition.components.map((one) => ({ ...one, code: "same", case: "nowhere" })),
      timeLimits: [],
      fees: [
        {
          ...fee,
          validTo: "2000-01-01",
          amount: { ...fee.amount, copiesItem: "copys", tiers: [{ fromPage: 3, amount: 1 }] },
        },
      ],
    };
    const problems = definitionProblems(broken, "2.000816", form).join("\n");
    for (const place of [
      "folder is",
      "same is given twice",
      'no case "nowhere"',
      '"online" has no limit',
      "ends before",
      "begin at page 1",
      '"copys"',
    ]) {
      assert.ok(problems.includes(place), place);
    }
  });
});

/** The national catalogue as gathered for this project, beside the checkout; absent elsewhere. */
const NATIONAL = join(import.meta.dirname, "../../../../shared/data/procedures.jsonl.gz");

type National = {
  code: string;
  decision: string | null;
  channels: { channel: string; time: number | null; unit: string | null; fee: number | null }[];
  results: { code: string | null }[];
};

describe("against the national catalogue", {
  skip: existsSync(NATIONAL) ? false : "SKIPPED: the national catalogue's data is not here",
}, () => {
  const rows = existsSync(NATIONAL) ? gunzipSync(readFileSync(NATIONAL)).toString("utf8").trim().split("\n") : [];
  const national = new Map(rows.map((row) => JSON.parse(row) as National).map((row) => [row.code, row]));

  test("every code exists, and results carry the national result code", () => {
    for (const { definition } of all) {
      const row = national.get(definition.code);
      assert.ok(row, definition.code);
      for (const { code } of definition.results)
        assert.ok(
          row.results.some((result) => result.code === code),
          `${definition.code} ${code}`,
        );
    }
  });

  test("limits that the catalogue gives in working days are ours", () => {
    for (const { definition } of all) {
      const [limit] = definition.timeLimits;
      const row = national
        .get(definition.code)
        ?.channels.find(({ unit, time }) => unit === "working_day" && time !== null);
      if (limit?.rule.type === "working_days" && row) assert.equal(limit.rule.days, row.time, definition.code);
    }
  });
});

/** The annex of Resolution 66.7/2025/NQ-CP, as gathered beside the checkout; absent elsewhere. */
const REPLACED = join(import.meta.dirname, "../../../../shared/data/component-replacements.json.gz");

test("papers that a resolution replaces by a national database name it", {
  skip: existsSync(REPLACED) ? false : "SKIPPED: the resolution's annex is not here",
}, () => {
  const annex = JSON.parse(gunzipSync(readFileSync(REPLACED)).toString("utf8")) as {
    code: string;
    replaced: { database: string }[];
  }[];
  const matters = ["dan cu", "dat dai", "dang ky doanh nghiep", "ho tich"];
  const matterOf = (text: string) => matters.find((matter) => fold(text).includes(matter));
  let checked = 0;
  for (const { code, replaced } of annex) {
    const mine = all.find(({ definition }) => definition.code === code && definition.fileable);
    if (!mine) continue;
    const said = mine.definition.components.flatMap(({ hint, replacedBy }) => [
      hint?.vi ?? "",
      ...(replacedBy ?? []).map(({ source, basis }) => `${source.vi} ${basis.vi}`),
    ]);
    for (const { database } of replaced) {
      const matter = matterOf(database);
      const found = said.some(
        (text) => text.includes("66.7/2025") && matter !== undefined && fold(text).includes(matter),
      );
      assert.ok(found, `${code}: ${database}`);
      checked += 1;
    }
  }
  assert.ok(checked >= 18, `${checked} replacements`);
});
