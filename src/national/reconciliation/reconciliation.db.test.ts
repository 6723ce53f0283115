import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { Database } from "#kit/db.ts";
import { checkLedger, listBalances } from "#national/ledger/index.ts";
import { type TestDatabase, withAdmin, withDatabase } from "#tests/support/database.ts";
import {
  listPaid,
  opened,
  type PaidRow,
  payMany,
  SETTLEMENT_HEADER,
  settlementLine,
} from "#tests/support/settlement-scene.ts";
import { reconcileFile, remitCollected } from "./index.ts";
import type { DifferenceKind, Reconciled } from "./reconciliation.ts";

const DAY = "2026-03-10";
const run = (database: Database, text: string, day?: string): Promise<Reconciled> =>
  reconcileFile(database, {
    provider: "momo",
    name: "momo.csv",
    source: "command",
    open: opened(text),
    ...(day ? { day } : {}),
  });

const withPaid = (count: number, work: (database: Database, paid: PaidRow[], place: TestDatabase) => Promise<void>) =>
  withDatabase("national", async (database, place) => {
    const paid = await withAdmin(place, async (client) => {
      await payMany(client, DAY, count, count < 1_000);
      return listPaid(client);
    });
    await work(database, paid, place);
  });

const textOf = (lines: readonly string[]) => `${[SETTLEMENT_HEADER, ...lines].join("\n")}\n`;
const counted = async (place: TestDatabase, sql: string) =>
  withAdmin(place, async (client) => Number((await client.query(sql)).rows[0].n));

/** A file with `each` errors of every kind; answers what must be found, as `kind reference`. */
function seed(paid: readonly PaidRow[], each: number): { text: string; expected: string[] } {
  const lines: string[] = [];
  const expected: string[] = [];
  const kinds: DifferenceKind[] = ["missing-ours", "missing-theirs", "amount", "status", "duplicate", "date"];
  const step = Math.floor(paid.length / (each * kinds.length));
  for (const [index, row] of paid.entries()) {
    const nth = index % step === 3 ? Math.floor(index / step) : -1;
    const kind = nth >= 0 && nth < each * kinds.length ? kinds[nth % kinds.length] : undefined;
    if (kind) expected.push(`${kind} ${kind === "missing-ours" ? `x${row.reference.slice(1)}` : row.reference}`);
    if (kind === "missing-theirs") continue;
    if (kind === "amount") lines.push(settlementLine(row, { amount: row.amount + 1 }));
    else if (kind === "status") lines.push(settlementLine(row, { status: "failed" }));
    else if (kind === "date")
      lines.push(settlementLine(row, { at: row.at.replace(DAY, "2026-03-11"), day: "2026-03-11" }));
    else lines.push(settlementLine(row));
    if (kind === "duplicate") lines.push(settlementLine(row));
    if (kind === "missing-ours")
      lines.push(settlementLine(row, { reference: `x${row.reference.slice(1)}`, transaction: `X${index}` }));
  }
  return { text: textOf(lines), expected: expected.sort() };
}

describe("reconciliation", () => {
  test("every seeded difference of six kinds among 20,000 lines is found and named, and nothing else", () =>
    withPaid(20_000, async (database, paid, place) => {
      const { text, expected } = seed(paid, 4);
      assert.equal(expected.length, 24);
      const first = await run(database, text);
      assert.deepEqual(first.differences.map(({ kind, reference }) => `${kind} ${reference}`).sort(), expected);
      assert.equal(first.rows, 20_004);
      assert.equal(first.matched, 20_004 - 20);
      for (const { line, kind, theirs, ours } of first.differences) {
        assert.equal(line === undefined, kind === "missing-theirs");
        assert.equal(theirs === undefined, kind === "missing-theirs");
        assert.equal(ours === undefined, kind === "missing-ours");
      }
      const again = await run(database, text);
      assert.deepEqual(again, first, "the same file says the same");
      assert.equal(await counted(place, "select count(*) n from reconciliation_row"), 20_004);
      assert.equal(await counted(place, "select count(*) n from reconciliation_difference"), 24);
      assert.equal(await counted(place, "select count(*) n from reconciliation_import"), 1);
    }));

  test("a file without errors has no differences, and what the provider paid out leaves its clearing account at zero", () =>
    withPaid(500, async (database, paid) => {
      const fee = 100;
      const total = paid.reduce((sum, row) => sum + row.amount, 0);
      const result = await run(database, textOf(paid.map((row) => settlementLine(row, { fee }))));
      assert.deepEqual([result.rows, result.matched, result.differences], [500, 500, []]);
      await run(database, textOf(paid.map((row) => settlementLine(row, { fee }))));
      const balances = () =>
        listBalances(database).then((all) => Object.fromEntries(all.map(({ account, balance }) => [account, balance])));
      assert.deepEqual(await balances(), {
        "bank:collection": total - 50_000,
        "clearing:momo": 0,
        "expense:fee:momo": 50_000,
        "payable:DVCQG_TAYNINH": -total,
      });
      // A corrected file of the same day books the difference only.
      await run(database, textOf(paid.map((row) => settlementLine(row, { fee: 50 }))));
      assert.equal((await balances())["expense:fee:momo"], 25_000);
      assert.equal(await remitCollected(database, DAY), 1);
      assert.equal(await remitCollected(database, DAY), 0, "nothing is paid on twice");
      assert.deepEqual(await balances(), {
        "bank:collection": -25_000,
        "clearing:momo": 0,
        "expense:fee:momo": 25_000,
        "payable:DVCQG_TAYNINH": 0,
      });
      assert.deepEqual(await checkLedger(database), { total: 0, unbalanced: 0, unbooked: 0, unexplained: 0 });
    }));

  test("the cut-off: 23:59:59 and 00:00:00 belong to their days, and one that moved over it is a date, on either side", () =>
    withPaid(100, async (database, paid) => {
      const [first, last] = [paid[0], paid[99]];
      assert.ok(first && last);
      assert.match(first.at, /T00:00:00/);
      assert.match(last.at, /T23:59:59/);
      const plain = (row: PaidRow) => settlementLine(row, { at: new Date(row.at).toISOString() });
      assert.deepEqual(
        (await run(database, textOf(paid.map(plain)), DAY)).differences,
        [],
        "instants in UTC are the same day",
      );
      const moved = paid.map((row) =>
        row === last ? settlementLine(row, { at: "2026-03-11T00:00:01+07:00", day: "2026-03-11" }) : plain(row),
      );
      const found = await run(database, textOf(moved), DAY);
      assert.deepEqual(
        found.differences.map(({ kind, reference, line }) => [kind, reference, line]),
        [["date", last.reference, 101]],
      );
    }));

  test("what the next day's file has is not missing from this one's: it is a date there, and nothing here", () =>
    withPaid(100, async (database, paid) => {
      const last = paid[99] as PaidRow;
      const today = textOf(paid.slice(0, 99).map((row) => settlementLine(row)));
      const early = await run(database, today, DAY);
      assert.deepEqual(
        early.differences.map(({ kind, reference }) => [kind, reference]),
        [["missing-theirs", last.reference]],
      );
      const next = textOf([settlementLine(last, { at: "2026-03-11T00:00:02+07:00", day: "2026-03-11" })]);
      assert.deepEqual(
        (await run(database, next, "2026-03-11")).differences.map(({ kind }) => kind),
        ["date"],
      );
      assert.deepEqual((await run(database, today, DAY)).differences, []);
    }));

  test("a provider that pays out a day later is not late, a line two days later is", () =>
    withPaid(50, async (database, paid) => {
      const lines = paid.map((row, index) => settlementLine(row, { day: index === 7 ? "2026-03-12" : "2026-03-11" }));
      const { differences } = await run(database, textOf(lines));
      assert.deepEqual(
        differences.map(({ kind, line }) => [kind, line]),
        [["date", 9]],
      );
    }));

  test("a payment begun days before is found by its name", () =>
    withPaid(10, async (database, paid, place) => {
      await withAdmin(place, (client) =>
        client.query("update payment_attempt set created_at = created_at - interval '20 days'"),
      );
      assert.deepEqual((await run(database, textOf(paid.map((row) => settlementLine(row))), DAY)).differences, []);
    }));

  test("a file that is not understood whole is refused, and nothing of it counts", () =>
    withPaid(3, async (database, paid) => {
      const good = paid.map((row) => settlementLine(row));
      await assert.rejects(run(database, "a,b\n1,2\n"), /no column for reference/);
      await assert.rejects(
        run(database, textOf([...good, "momo,x,y,payment,success,12.5,0,VND,2026-03-10T01:00:00Z,2026-03-10"])),
        /line 5: amount/,
      );
      await assert.rejects(run(database, textOf([good[0]?.replace("momo,", "vnpay,") ?? ""])), /line 2: provider/);
      await assert.rejects(
        run(database, textOf(["momo,x,y,payment,maybe,1000,0,VND,2026-03-10T01:00:00Z,2026-03-10"])),
        /line 2: status/,
      );
    }));

  test("killed half-way (F12), the import goes on where it was and says the same", () =>
    withPaid(45_000, async (_database, paid, place) => {
      const { text, expected } = seed(paid, 3);
      const folder = mkdtempSync(join(tmpdir(), "motcua-settlement-"));
      try {
        const file = join(folder, "momo.csv");
        writeFileSync(file, text);
        const command = (crash: Readonly<Record<string, string>>) => {
          const args = [join(import.meta.dirname, "../../main.ts"), "reconcile", file, "--provider", "momo", "--json"];
          const urls = { DATABASE_URL_NATIONAL: place.appUrl, DATABASE_URL_PROVINCE: place.appUrl };
          return spawnSync(process.execPath, args, { env: { ...process.env, ...urls, ...crash }, encoding: "utf8" });
        };
        assert.equal(command({ CRASH_AT: "F12:2" }).signal, "SIGKILL");
        assert.equal(await counted(place, "select count(*) n from reconciliation_row"), 40_000);
        const again = command({});
        assert.equal(again.status, 1, again.stderr);
        const { rows, matched, differences, ...more } = JSON.parse(again.stdout) as Reconciled;
        assert.deepEqual(more, {});
        assert.deepEqual(differences.map(({ kind, reference }) => `${kind} ${reference}`).sort(), expected);
        assert.equal(matched, rows - differences.filter(({ line }) => line !== undefined).length);
        assert.equal(await counted(place, "select count(*) n from reconciliation_row"), rows);
      } finally {
        rmSync(folder, { recursive: true });
      }
    }));
});
