/** A worker killed between two parts (L1), and after the other province has a message (L2) or a paper (L3) of which nobody here knows. */
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { findDossier, listHistory } from "#province/dossiers/index.ts";
import { type TestDatabase, withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { FAR_HOME, type LinkedExample, linkedExample } from "./linked-example.ts";
import type { LinkedRole } from "./linked-role.ts";

const tenant = "tayninh";
const child = { soDinhDanh: "072226000123" };

/** Whether the worker was killed; what it held is free at once, as after its lease. */
async function work(example: LinkedExample, place: TestDatabase, crashAt: string): Promise<boolean> {
  const { folder: files, key, portals } = example;
  const role: LinkedRole = { database: place.appUrl, files, key, portals };
  const env: NodeJS.ProcessEnv = { ...process.env, LOG_LEVEL: "silent", CRASH_AT: crashAt };
  delete env["NODE_TEST_CONTEXT"];
  const worker = fork(join(import.meta.dirname, "linked-role.ts"), [JSON.stringify(role)], { env, execArgv: [] });
  const signal = await new Promise((resolve) => worker.once("exit", (_code, by) => resolve(by)));
  await withAdmin(place, (client) => client.query("update job set leased_until = null where done_at is null"));
  return signal === "SIGKILL";
}

/** Starts it again until nothing is left to kill it at. */
async function workUntilDone(example: LinkedExample, place: TestDatabase, crashAt: string): Promise<number> {
  for (let kills = 0; kills < 30; kills += 1) if (!(await work(example, place, crashAt))) return kills;
  return assert.fail("it never came to an end");
}

test("killed after each single move: the same parts, each opened, held, released and returned once", () =>
  withProvince(async (database, place) => {
    const example = await linkedExample(database);
    try {
      const whole = await example.file({ deliveryParts: "together", extractCopies: 0 });
      const parts = await Promise.all(["birth", "residence", "insurance"].map((code) => example.part(whole, code)));
      const [birth, ...others] = parts;
      assert.ok(birth);
      await example.receive(tenant, birth.id);
      await example.decide(tenant, birth.id, child);
      let kills = await workUntilDone(example, place, "L1");
      for (const part of others) {
        await example.receive(tenant, part.id);
        await example.decide(tenant, part.id);
      }
      kills += await workUntilDone(example, place, "L1");
      assert.ok(kills >= 9, `${kills} kills`);
      assert.equal((await findDossier(database, { tenant, dossierId: whole }))?.state, "returned");
      for (const part of parts) {
        const actions = (await listHistory(database, { tenant, dossierId: part.id })).map(({ action }) => action);
        const expected: readonly string[] =
          part === birth ? ["release-part", "return-result"] : ["open-part", "release-part", "return-result"];
        for (const action of expected) assert.equal(actions.filter((one) => one === action).length, 1, action);
      }
    } finally {
      await example.close();
    }
  }));

test("killed between sending and knowing: the other province has one dossier, and home hears of it", () =>
  withProvince(async (database, place) => {
    const example = await linkedExample(database);
    try {
      const whole = await example.file({ nycLoaiCuTru: "tamTru", ttNoiThuongTru: FAR_HOME, extractCopies: 0 });
      const birth = await example.part(whole, "birth");
      await example.receive(tenant, birth.id);
      await example.decide(tenant, birth.id, child);
      assert.equal(await work(example, place, "L3"), true, "its paper is there, nobody here knows");
      assert.equal(await work(example, place, "L2"), true);
      assert.equal(await work(example, place, "L2"), true, "the answer of the other province is killed too");
      assert.equal(await work(example, place, ""), false);
      const { rows } = await withAdmin(place, (client) =>
        client.query<{ direction: string; count: number }>(
          "select direction, count(*)::int from linked_message where kind = 'open' group by direction order by direction",
        ),
      );
      assert.deepEqual(
        rows.map(({ direction, count }) => [direction, count]),
        [
          ["in", 1],
          ["out", 1],
        ],
      );
      const [, residence] = await example.parts(whole);
      assert.deepEqual([residence?.province, residence?.state], ["kontum", "filed"]);
    } finally {
      await example.close();
    }
  }));
