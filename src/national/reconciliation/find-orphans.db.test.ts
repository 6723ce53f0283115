import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { createLog } from "#kit/log.ts";
import { withAdmin, withDatabase } from "#tests/support/database.ts";
import { listPaid, opened, payMany, SETTLEMENT_HEADER, settlementLine } from "#tests/support/settlement-scene.ts";
import { findOrphans, type OrphanDeps, type Seen } from "./find-orphans.ts";
import { reconcileFile } from "./import-file.ts";
import { listOrphans } from "./orphan-store.ts";

const DAY = "2026-03-10";
const MISSED = "a".repeat(32);

/** A provider's lists by path, as the tests change them; what is not there is answered with 503. */
async function withLists(work: (url: string, lists: Map<string, string[]>) => Promise<void>): Promise<void> {
  const lists = new Map<string, string[]>();
  const server = createServer((request, response) => {
    const lines = lists.get(request.url ?? "");
    response.statusCode = lines ? 200 : 503;
    response.end(lines ? `${[SETTLEMENT_HEADER, ...lines].join("\n")}\n` : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, lists);
  } finally {
    server.close();
  }
}

test("a payment that the provider has and we missed is asked about at once; one that no order knows is told to the operators, once", () =>
  withDatabase("national", (database, place) =>
    withLists(async (url, lists) => {
      const [known, ...others] = await withAdmin(place, async (client) => {
        await payMany(client, DAY, 3);
        await client.query(
          `insert into payment_attempt (id, order_id, provider, channel, provider_order, amount, state, created_at, expires_at, changed_at)
           select gen_random_uuid(), order_id, provider, channel, $1, amount, 'redirected', created_at, expires_at, changed_at
           from payment_attempt limit 1`,
          [MISSED],
        );
        return listPaid(client);
      });
      assert.ok(known && others.length === 2);
      const asked: string[] = [];
      const log = createLog("test");
      log.level = "silent";
      const deps: OrphanDeps = {
        database,
        clock: { now: () => new Date(`${DAY}T15:00:00+07:00`) },
        log,
        providers: ["zalopay", "momo", "vietqr"],
        url,
        ask: async (id) => void asked.push(id),
      };
      const line = (reference: string, change = {}) =>
        settlementLine({ ...known, reference, transaction: `T${reference}` }, change);
      const failed = line("f".repeat(32), { status: "failed" });
      const list = [settlementLine(known), line(MISSED), line("b".repeat(32)), failed];
      lists.set(`/momo/${DAY}.csv`, list);

      const seen: Seen = new Map();
      await findOrphans(deps, seen);
      assert.equal(asked.length, 1, "the one that we have and did not know as paid; a silent provider stops nothing");
      const names = async () => (await listOrphans(database)).map((one) => [one.provider, one.reference, one.amount]);
      assert.deepEqual(await names(), [["momo", "b".repeat(32), known.amount]]);

      list.push(line("c".repeat(32)));
      await findOrphans(deps, seen);
      assert.equal(asked.length, 1, "lines that were looked at are not looked at again");
      assert.equal((await names()).length, 2);
      await findOrphans(deps, new Map());
      assert.equal((await names()).length, 2, "after a restart everything is looked at, and nothing is told twice");
      const { rows } = await withAdmin(place, (client) =>
        client.query("select count(*)::int as n from audit where action = 'payment.orphan'"),
      );
      assert.equal(rows[0].n, 2);

      const file = { provider: "momo", name: "m.csv", day: DAY, source: "command" } as const;
      await reconcileFile(database, { ...file, open: opened([SETTLEMENT_HEADER, line("b".repeat(32))].join("\n")) });
      assert.deepEqual(await names(), [["momo", "c".repeat(32), known.amount]], "a difference of the work list by now");
    }),
  ));
