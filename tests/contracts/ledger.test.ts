/** Both ledgers before an outside judge (hledger) and against the application's own rights. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import pg from "pg";
import { checkLedger, listBalances } from "#national/ledger/index.ts";
import { reconcileFile, remitCollected } from "#national/reconciliation/index.ts";
import { type TestDatabase, withAdmin, withDatabase } from "#tests/support/database.ts";
import { listPaid, opened, payMany, SETTLEMENT_HEADER, settlementLine } from "#tests/support/settlement-scene.ts";

const MAIN = join(import.meta.dirname, "../../src/main.ts");

async function motcua(
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ code: number | null; out: string; said: string }> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, out, said };
}

async function asApplication<T>(place: TestDatabase, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: place.appUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

test("the export of a ledger with captures, payouts, fees and remittances balances in hledger, account by account", (t) =>
  withDatabase("national", async (database, place) => {
    const paid = await withAdmin(place, async (client) => {
      await payMany(client, "2026-03-10", 3_000);
      return listPaid(client);
    });
    const lines = paid.map((row, index) => settlementLine(row, index === 5 ? { amount: 1, fee: 11 } : { fee: 11 }));
    const open = opened([SETTLEMENT_HEADER, ...lines].join("\n"));
    await reconcileFile(database, { provider: "momo", name: "momo.csv", source: "command", open });
    await remitCollected(database, "2026-03-10");
    assert.deepEqual(await checkLedger(database), { total: 0, unbalanced: 0, unbooked: 0, unexplained: 0 });
    const env = { DATABASE_URL_NATIONAL: place.appUrl, DATABASE_URL_PROVINCE: place.appUrl };
    const csv = await motcua(["ledger", "export", "--system", "national", "--format", "csv"], env);
    assert.equal(csv.code, 0, csv.said);
    const balances = await listBalances(database);
    const entries = balances.reduce((sum, row) => sum + row.entries, 0);
    assert.equal(csv.out.trim().split("\n").length, 1 + entries);
    const journal = await motcua(["ledger", "export", "--system", "national", "--format", "hledger"], env);
    assert.equal(journal.code, 0, journal.said);
    if (spawnSync("hledger", ["--version"]).status !== 0) {
      t.diagnostic("SKIPPED: hledger is not here");
      return;
    }
    const judged = spawnSync("hledger", ["-f", "-", "balance", "--flat", "-O", "csv", "-E"], {
      input: journal.out,
      encoding: "utf8",
    });
    assert.equal(judged.status, 0, judged.stderr);
    const theirs = judged.stdout
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.replaceAll('"', "").split(","))
      .filter(([account]) => !/^total/i.test(account ?? ""))
      .map(([account = "", amount = ""]) => [account, Number(amount.replace(/[^\d-]/g, ""))]);
    assert.deepEqual(theirs.sort(), balances.map(({ account, balance }) => [account, balance]).sort());
    assert.match(judged.stdout, /total","?0/i);
  }));

test("a province's ledger is its own, and needs the province's name", () =>
  withDatabase("province", async (_database, place) => {
    const env = { DATABASE_URL_NATIONAL: place.appUrl, DATABASE_URL_PROVINCE: place.appUrl };
    const unnamed = await motcua(["ledger", "export", "--system", "province", "--format", "csv"], env);
    assert.equal(unnamed.code, 2);
    assert.match(unnamed.said, /--province CODE is wanted/);
    const named = await motcua(
      ["ledger", "export", "--system", "province", "--province", "kontum", "--format", "csv"],
      env,
    );
    assert.deepEqual([named.code, named.out], [0, "transaction,date,at,kind,subject,account,amount\n"]);
  }));

for (const building of ["national", "province"] as const) {
  test(`${building}: the application can neither change nor remove an entry, and an unbalanced transaction is refused`, () =>
    withDatabase(building, (_database, place) =>
      asApplication(place, async (client) => {
        await client.query("select set_config('app.tenant', 'tayninh', false)");
        for (const text of [
          "update ledger_entry set amount = 1",
          "delete from ledger_entry",
          "truncate ledger_entry",
          "update ledger_transaction set kind = 'settlement'",
          "delete from ledger_transaction",
          "alter table ledger_entry disable trigger all",
        ]) {
          await assert.rejects(client.query(text), /permission denied|must be owner/, text);
        }
        const unbalanced = (entries: string) =>
          client.query(`with t as (insert into ledger_transaction (kind, subject) values ('settlement', gen_random_uuid()) returning id)
            insert into ledger_entry (transaction_id, account, amount) select id, a, m from t, (values ${entries}) e(a, m)`);
        await assert.rejects(unbalanced("('clearing:momo', 100)"), /does not sum to zero/);
        await assert.rejects(unbalanced("('clearing:momo', 100), ('payable:x', -99)"), /does not sum to zero/);
        await unbalanced("('clearing:momo', 100), ('payable:x', -100)");
      }),
    ));
}
