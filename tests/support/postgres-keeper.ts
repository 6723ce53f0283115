/**
 * Process that owns the test cluster: several test processes of one checkout may use it at once, so none of them may take
 * it away with its own end. It leaves by itself when nobody has been connected for a while.
 */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { startEmbedded } from "#kit/postgres/index.ts";
import { releaseLock, takeLock } from "#kit/process-lock.ts";
import { KEEPER_READY } from "./keeper-ready.ts";
import { freePort } from "./ports.ts";

const IDLE_MS = 15_000;
const dataFolder = join(import.meta.dirname, "../../.motcua/test");

const lock = join(dataFolder, "keeper.lock");
if (takeLock(lock, "tests") !== true) process.exit(0); // another test process was quicker

const cluster = await startEmbedded({ dataFolder, port: await freePort(), durable: false });
const admin = new pg.Client({ connectionString: cluster.adminUrl("postgres") });
admin.on("error", () => undefined);
await admin.connect();

// Left over from killed runs, or from migrations that have changed since.
const { rows } = await admin.query<{ datname: string }>(
  "select datname from pg_database where datname ~ '^(test|template)_(national|province)_'",
);
for (const { datname } of rows) {
  await admin.query(`alter database ${datname} is_template false`);
  await admin.query(`drop database if exists ${datname} with (force)`);
}
const say = (name: string) => admin.query("select set_config('application_name', $1, false)", [name]);
const others = async () => {
  const { rowCount } = await admin.query(
    "select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
  );
  return rowCount ?? 0;
};

await say(KEEPER_READY);
process.send?.("ready");
process.disconnect?.();

let idleSince = Date.now();
for (;;) {
  await sleep(500);
  if (await others()) idleSince = Date.now();
  if (Date.now() - idleSince < IDLE_MS) continue;
  // Said first, counted afterwards: whoever connects reads this name after connecting, so one of the two sees the other.
  await say("test-keeper-leaving");
  if (!(await others())) break;
  await say(KEEPER_READY);
  idleSince = Date.now();
}
await admin.end();
await cluster.stop();
releaseLock(lock);
