import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { type Database, statement } from "#kit/db.ts";
import { withDatabase } from "#tests/support/database.ts";
import { EVERYDAY_QUERIES } from "./everyday-queries.ts";
import { searchProcedures, seedCatalogue } from "./index.ts";

/** The national catalogue's real rows, where somebody has put them beside the checkout. */
const REAL = join(import.meta.dirname, "../../../../shared/data/procedures.jsonl.gz");

const addRows = statement<object, [rows: string]>(
  "test.add-national-rows",
  `insert into procedure_entry (code, version, valid_from, name, short_name, field_code, field_name, levels, service_level,
     fileable, online_payment, sort_name, folded, agency_count, agency_name)
   select r->>'code', 1, '2020-01-01', jsonb_build_object('vi', r->>'name', 'en', r->>'name'),
     jsonb_build_object('vi', r->>'name', 'en', r->>'name'), replace(catalogue_words(coalesce(r->>'field', 'khac')), ' ', '-'),
     jsonb_build_object('vi', coalesce(r->>'field', 'Khác'), 'en', coalesce(r->>'field', 'Khác')),
     array(select l from jsonb_array_elements_text(r->'levels') l where l in ('province', 'commune')), '2', false, false,
     r->>'name', catalogue_words(concat_ws(' ; ', r->>'name', r->>'field', r->>'code')), 1, '{"vi":"UBND","en":"UBND"}'
   from jsonb_array_elements($1::jsonb) r
   on conflict (tenant, code) do nothing`,
);

async function addNationalRows(db: Database): Promise<number> {
  if (!existsSync(REAL)) return 0;
  const rows = gunzipSync(readFileSync(REAL)).toString("utf8").trim().split("\n");
  const facts = rows.map((line) => {
    const { code, name, field, levels } = JSON.parse(line) as Record<string, unknown>;
    return { code, name: String(name).normalize("NFC"), field, levels: levels ?? [] };
  });
  return db.run(addRows, [JSON.stringify(facts)]);
}

test("what people type finds the right procedure among the first three, nineteen times of twenty", async (t) => {
  await withDatabase("province", async (database) => {
    await seedCatalogue(database, "tayninh");
    const db = database.forTenant("tayninh");
    const added = await addNationalRows(db);
    const here = new Set((await listAllCodes(db)).map(({ code }) => code));
    const judged = EVERYDAY_QUERIES.map(([query, codes]) => ({ query, right: codes.split(" ") })).filter(({ right }) =>
      right.some((code) => here.has(code)),
    );
    const missed: string[] = [];
    for (const { query, right } of judged) {
      const { rows } = await searchProcedures(db, { words: query, limit: 5 });
      if (!rows.slice(0, 3).some(({ code }) => right.includes(code)))
        missed.push(`${query}: ${right.join("/")} not in ${rows.map(({ code }) => code).join(" ")}`);
    }
    const share = 1 - missed.length / judged.length;
    t.diagnostic(
      `${judged.length} queries over ${here.size} procedures (${added} real rows): ${(share * 100).toFixed(1)} %`,
    );
    if (process.env["EVERYDAY_MISSED"]) process.stderr.write(`${missed.join("\n")}\n`);
    assert.ok(share >= 0.95, `${(share * 100).toFixed(1)} %\n${missed.join("\n")}`);
  });
});

const allCodes = statement<{ code: string }, []>("test.list-codes", "select code from procedure_entry limit 100000");
const listAllCodes = (db: Database) => db.many(allCodes, []);
