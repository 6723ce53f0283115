import { createReadStream, mkdtempSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "#kit/db.ts";
import { reconcileFile } from "#national/reconciliation/index.ts";
import { listPaid, payMany, SETTLEMENT_HEADER, settlementLine } from "#tests/support/settlement-scene.ts";
import { durableDatabase } from "./durable-database.ts";
import type { Contest } from "./harness.ts";

const ROWS = Number(process.env["BENCH_ROWS"] ?? 1_000_000);
const DAY = "2026-03-10";

/** Both sides in tables already, one full join, the differing rows counted: nothing read, nothing written. */
const FULL_JOIN = `
  select count(*) from file t full join (
    select a.provider_order as reference, a.amount, case a.state when 'succeeded' then 'success' else 'failed' end as status,
      (s.settled_at at time zone 'Asia/Ho_Chi_Minh')::date as day
    from payment_attempt a left join settlement s on s.attempt_id = a.id where a.provider = 'momo') o on o.reference = t.reference
  where t.reference is null or o.reference is null or t.amount <> o.amount or t.status <> o.status or t.occurred_on <> o.day`;

/** A settlement file from its bytes on disk to the differences in the work list, against a plain full join. */
export async function reconciliation(): Promise<Contest> {
  const place = await durableDatabase("national");
  const folder = mkdtempSync(join(tmpdir(), "motcua-bench-"));
  const file = join(folder, "momo.csv");
  await place.admin(async (client) => {
    await payMany(client, DAY, ROWS, false);
    const paid = await listPaid(client);
    const handle = await open(file, "w");
    for (let at = 0; at < paid.length; at += 10_000) {
      const lines = paid.slice(at, at + 10_000).map((row, index) => {
        // One in a thousand is wrong.
        return settlementLine(row, (at + index) % 1_000 === 7 ? { amount: row.amount + 1 } : {});
      });
      await handle.write(`${at === 0 ? `${SETTLEMENT_HEADER}\n` : ""}${lines.join("\n")}\n`);
    }
    await handle.close();
    await client.query(`create table file as select a.provider_order as reference, a.amount, 'success'::text as status, '${DAY}'::date as occurred_on
      from payment_attempt a`);
    await client.query("grant select on file to public");
    await client.query("vacuum analyze file; ");
    await client.query("vacuum analyze payment_attempt");
    await client.query("vacuum analyze settlement");
  });
  const database = openDatabase({ url: place.appUrl, role: "bench", max: 2, statementTimeoutMs: 600_000 });
  return {
    name: "reconciliation",
    unit: "rows",
    limitName: "a plain full join of tables already loaded",
    limit: () =>
      place.admin(async (client) => {
        const began = performance.now();
        await client.query(FULL_JOIN);
        return ROWS / ((performance.now() - began) / 1000);
      }),
    workload: async () => {
      await place.admin(async (client) => {
        await client.query(
          "truncate reconciliation_import, reconciliation_row, reconciliation_difference, reconciliation_action, provider_payout cascade",
        );
        await client.query("delete from ledger_entry; delete from ledger_transaction");
      });
      const began = performance.now();
      const open = () => createReadStream(file, { highWaterMark: 1 << 20 });
      const { differences } = await reconcileFile(database, {
        provider: "momo",
        name: "momo.csv",
        source: "command",
        open,
      });
      const seconds = (performance.now() - began) / 1000;
      if (differences.length !== Math.ceil((ROWS - 7) / 1_000)) throw new Error(`${differences.length} differences`);
      return ROWS / seconds;
    },
    close: async () => {
      await database.close();
      await place.close();
      rmSync(folder, { recursive: true });
    },
  };
}
