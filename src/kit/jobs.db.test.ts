import assert from "node:assert/strict";
import { test } from "node:test";
import { withAdmin, withDatabase } from "#tests/support/database.ts";
import { createWorker, enqueue, type Job, JobRefused } from "./jobs.ts";
import { createLog } from "./log.ts";

const log = createLog("test");
log.level = "silent";

test("jobs of one key run in order, also when an earlier one fails at first", async () => {
  await withDatabase("province", async (database, place) => {
    for (const n of [1, 2, 3]) await enqueue(database, "q", "dossier-1", { n });
    await enqueue(database, "q", "dossier-2", { n: 9 });
    const seen: number[] = [];
    let failures = 0;
    const worker = createWorker({
      database,
      log,
      handlers: {
        q: async (job: Job) => {
          const { n } = job.payload as { n: number };
          if (n === 1 && failures++ === 0) throw new Error("first try fails");
          seen.push(n);
        },
      },
    });
    await worker.drain();
    assert.deepEqual(seen, [9], "the others wait behind the failed one");
    await withAdmin(place, (client) => client.query("update job set run_at = now() where done_at is null"));
    await worker.drain();
    assert.deepEqual(seen, [9, 1, 2, 3]);
  });
});

test("a job whose process was killed is taken up when its lease has ended, by one process only", async () => {
  await withDatabase("province", async (database, place) => {
    await enqueue(database, "q", "k", { n: 1 });
    // What a killed process leaves behind: a lease nobody extends.
    await withAdmin(place, (client) =>
      client.query("update job set lease = gen_random_uuid(), leased_until = now() + interval '1 hour', attempts = 1"),
    );
    let runs = 0;
    const count = async (): Promise<void> => {
      runs += 1;
    };
    const make = () => createWorker({ database, log, handlers: { q: count } });
    await make().drain();
    assert.equal(runs, 0);
    await withAdmin(place, (client) => client.query("update job set leased_until = now() - interval '1 second'"));
    await Promise.all([make().drain(), make().drain(), make().drain()]);
    assert.equal(runs, 1);
  });
});

test("a refused job is buried and does not block the ones behind it", async () => {
  await withDatabase("province", async (database, place) => {
    await enqueue(database, "q", "k", { n: 1 });
    await enqueue(database, "q", "k", { n: 2 });
    const seen: unknown[] = [];
    const worker = createWorker({
      database,
      log,
      handlers: {
        q: async (job) => {
          if ((job.payload as { n: number }).n === 1) throw new JobRefused("never");
          seen.push(job.payload);
        },
      },
    });
    await worker.drain();
    assert.deepEqual(seen, [{ n: 2 }]);
    const { rows } = await withAdmin(place, (client) =>
      client.query("select last_error from job where failed_at is not null"),
    );
    assert.deepEqual(rows, [{ last_error: "never" }]);
  });
});

test("a started worker wakes up for a new job without waiting for its next look", async () => {
  await withDatabase("national", async (database) => {
    const done = Promise.withResolvers<unknown>();
    const worker = createWorker({ database, log, handlers: { q: async (job) => done.resolve(job.payload) } });
    await worker.start();
    await enqueue(database, "q", "k", { hello: "xin chào" });
    assert.deepEqual(await done.promise, { hello: "xin chào" });
    await worker.stop();
  });
});
