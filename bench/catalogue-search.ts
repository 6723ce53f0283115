import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Database, openDatabase } from "#kit/db.ts";
import { EVERYDAY_QUERIES, firstSearch, loadProcedures, searchProcedures } from "#province/catalogue/index.ts";
import { durableDatabase } from "./durable-database.ts";
import type { Contest } from "./harness.ts";
import { CLIENTS, inTurns, limitName, transactionsPerSecond } from "./transactions.ts";

const PROVINCES = 63;
const PROCEDURES = 2_042;
const COUNT = 1_600;
/** One asks while another core answers: a time that is not time in a queue, on a machine of two cores. */
const UNHURRIED = 1;

/** The national catalogue's real rows, when they lie beside the checkout; else the ones in `procedures/`, repeated. */
const REAL = join(import.meta.dirname, "../../shared/data/procedures.jsonl.gz");

type Row = { readonly code: string; readonly name: string; readonly field: string };

function catalogueRows(): Row[] {
  const real = existsSync(REAL)
    ? gunzipSync(readFileSync(REAL))
        .toString("utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Row)
    : [];
  const own = loadProcedures().map(({ definition }) => ({
    code: definition.code,
    name: definition.name.vi,
    field: definition.field.name.vi,
  }));
  // A province has what its people ask for: that first.
  const asked = new Set(EVERYDAY_QUERIES.flatMap(([, codes]) => codes.split(" ")));
  const rows = (real.length > 0 ? real : own).toSorted((a, b) => Number(asked.has(b.code)) - Number(asked.has(a.code)));
  return Array.from({ length: PROCEDURES }, (_, index) => {
    const row = rows[index % rows.length] ?? rows[0];
    const turn = Math.floor(index / rows.length);
    return {
      code: `${row?.code ?? ""}${turn === 0 ? "" : `.${turn}`}`,
      name: (row?.name ?? "").normalize("NFC"),
      field: row?.field ?? "Khác",
    };
  });
}

const FILL = `
  insert into procedure_entry (tenant, code, version, valid_from, name, short_name, field_code, field_name, levels,
    service_level, fileable, online_payment, sort_name, folded, agency_count, agency_name)
  select 'p' || p, r->>'code', 1, '2020-01-01', jsonb_build_object('vi', r->>'name', 'en', r->>'name'),
    jsonb_build_object('vi', r->>'name', 'en', r->>'name'), left(replace(catalogue_words(r->>'field'), ' ', '-'), 60),
    jsonb_build_object('vi', r->>'field', 'en', r->>'field'), '{commune}', '2', false, false, r->>'name',
    catalogue_words(concat_ws(' ; ', r->>'name', r->>'field', r->>'code')), 1, '{"vi":"UBND","en":"UBND"}'
  from generate_series(1, ${PROVINCES}) p, jsonb_array_elements($1::jsonb) r`;

/** One statement for pgbench: which words and whose catalogue follow from its parameter. */
const STATEMENT = `select catalogue_search(b.tenant, current_date, b.query, null, null, null, b.phrases, '{}', null, 21)
  from bench_query b where b.n = (:n) % (select count(*) from bench_query)`;

/** Finding procedures by everyday words, the whole use case, against its first statement alone. */
export async function catalogueSearch(): Promise<Contest> {
  const place = await durableDatabase("province");
  const database = openDatabase({ url: place.appUrl, role: "bench", max: CLIENTS });
  const tenants = Array.from({ length: PROVINCES }, (_, index) => database.forTenant(`p${index + 1}`));
  const asked = EVERYDAY_QUERIES.map(([words], index) => ({ words, tenant: index % PROVINCES }));
  await place.admin(async (client) => {
    await client.query(FILL, [JSON.stringify(catalogueRows())]);
    await client.query("create table bench_query (n int primary key, tenant text, query text, phrases text[])");
    await client.query("grant select on bench_query to public");
    const first = tenants[0] as Database;
    for (const [n, { words, tenant }] of asked.entries()) {
      const { query, phrases } = await firstSearch(first, words);
      await client.query("insert into bench_query values ($1, $2, $3, $4)", [n, `p${tenant + 1}`, query, phrases]);
    }
    await client.query("vacuum analyze");
  });
  const search = async (index: number) => {
    const { words, tenant } = asked[index % asked.length] ?? { words: "", tenant: 0 };
    await searchProcedures(tenants[tenant] as Database, { words });
  };
  // The words of each province are read once a minute; that is not what is measured.
  await inTurns(PROVINCES, search);
  await sayTimes(search);
  return {
    name: "catalogue search",
    unit: "searches",
    limitName: limitName(),
    limit: () => transactionsPerSecond(place.appUrl, STATEMENT, COUNT),
    workload: async () => {
      const began = performance.now();
      await inTurns(COUNT, search);
      return COUNT / ((performance.now() - began) / 1000);
    },
    close: async () => {
      await database.close();
      await place.close();
    },
  };
}

async function sayTimes(search: (index: number) => Promise<void>): Promise<void> {
  const times: number[] = [];
  await inTurns(
    EVERYDAY_QUERIES.length * 2,
    async (index) => {
      const began = performance.now();
      await search(index);
      times.push(performance.now() - began);
    },
    UNHURRIED,
  );
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
  process.stderr.write(
    `  catalogue search, ${UNHURRIED} at a time: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms\n`,
  );
}
