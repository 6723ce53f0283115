/** Steps of an internal procedure killed at every point (S1 and S2 within the transaction, S3 after it). */
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { aFiledForProcess, standardProcess, useProcess } from "#province/dossiers/process-example.ts";
import { listSteps } from "#province/steps/index.ts";
import { type TestDatabase, withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { moveProcess, type ProcessStep, versionOf } from "./process-move.ts";
import { count } from "./tally.ts";

/** Runs one move in a process that dies at a point. */
async function killed(place: TestDatabase, step: ProcessStep, point: string): Promise<void> {
  const env = { ...process.env, STEP_DATABASE: place.appUrl, LOG_LEVEL: "silent", CRASH_AT: point };
  delete (env as Record<string, unknown>)["NODE_TEST_CONTEXT"];
  const child = fork(join(import.meta.dirname, "process-role.ts"), [JSON.stringify(step)], { env, execArgv: [] });
  const signal = await new Promise((resolve) => child.once("exit", (_code, by) => resolve(by)));
  assert.equal(signal, "SIGKILL", `${step.do} reached ${point}`);
  count("kills");
}

test(
  "a step killed at any point is done wholly or not at all, and is done once when it is repeated",
  {
    timeout: 120_000,
  },
  () =>
    withProvince(async (database, place) => {
      await useProcess(database, standardProcess("department-opinion"));
      const id = await aFiledForProcess(database);
      const db = database.forTenant("tayninh");
      /** Everything that a move writes, counted: nothing may be written in part. */
      const written = () =>
        withAdmin(place, async (client) => {
          const { rows } = await client.query(
            `select (select count(*)::int from dossier_history where dossier_id = $1) as history,
             (select count(*)::int from process_log where dossier_id = $1) as moves,
             (select count(*)::int from process_token where dossier_id = $1 and gone_at is null) as tokens,
             (select count(*)::int from process_task where dossier_id = $1 and state = 'open') as open,
             (select count(*)::int from process_task where dossier_id = $1) as steps,
             (select count(*)::int from audit where subject = 'dossier:' || $1) as audit,
             (select count(*)::int from job where queue = 'dossier-sync' and key = $1::text) as told`,
            [id],
          );
          return rows[0] as Record<string, number>;
        });
      /** Dies at each point within: nothing is there. Then at S3: all is there, and repeating it changes nothing. */
      const dieAndRepeat = async (make: () => Promise<ProcessStep>, within: readonly string[], after: boolean) => {
        const before = await written();
        const step = await make();
        for (const point of within) {
          await killed(place, step, point);
          assert.deepEqual(await written(), before, `${step.do} at ${point}`);
          await free();
        }
        if (after) {
          await killed(place, step, "S3");
          await free();
        } else await moveProcess(database, step);
        const done = await written();
        assert.equal(done["moves"], (before["moves"] ?? 0) + 1, step.do);
        assert.equal(done["history"], (before["history"] ?? 0) + 1, step.do);
        assert.equal(done["tokens"], done["open"]);
        await moveProcess(database, step);
        assert.deepEqual(await written(), done, `${step.do} repeated`);
      };
      // A killed worker's lease ends by itself in 15 seconds; here nobody waits for it.
      const free = () =>
        withAdmin(place, (client) =>
          client.query(
            "update job set leased_until = null, run_at = least(run_at, now()) where queue = 'process-timer'",
          ),
        );

      await dieAndRepeat(
        async () => ({ do: "receive", dossierId: id, version: await versionOf(database, id) }),
        ["S1", "S2"],
        false,
      );
      await dieAndRepeat(
        async () => ({ do: "forward", dossierId: id, version: await versionOf(database, id) }),
        ["S1"],
        false,
      );
      const taskId = (await listSteps(db, id))?.now[0]?.id ?? "";
      await dieAndRepeat(async () => ({ do: "step", dossierId: id, taskId }), ["S2"], true);
      await free();
      await dieAndRepeat(async () => ({ do: "timers" }), ["S1"], true);
      assert.deepEqual(
        (await listSteps(db, id))?.done.map(({ node, state }) => `${node} ${state}`),
        ["receive done", "study done", "opinion overdue"],
      );
    }),
);
