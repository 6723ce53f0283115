import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { withDatabase } from "#tests/support/database.ts";
import { statement } from "./db.ts";
import { createLog } from "./log.ts";

const put = statement<unknown, [text: string]>(
  "test.put-job",
  "insert into job (id, queue, key, payload) overriding system value values (1, 'x', $1, '{}')",
);
const cast = statement<unknown, [text: string]>("test.cast-text", "select $1::text::date");

test("a log says which statement failed and why, and never what was in the row", async () => {
  const lines: string[] = [];
  const level = process.env["LOG_LEVEL"];
  process.env["LOG_LEVEL"] = "info";
  const log = createLog("test", { write: (line) => void lines.push(line) });
  // Set to undefined it would read "undefined", a level that no log of a later test has.
  if (level === undefined) delete process.env["LOG_LEVEL"];
  else process.env["LOG_LEVEL"] = level;
  await withDatabase("national", async (database) => {
    await database.run(put, ["Nguyễn Bí Mật 072090000101"]);
    for (const failing of [database.run(put, ["Nguyễn Bí Mật 072090000101"]), database.run(cast, ["072090000101"])]) {
      const error: unknown = await failing.then(
        () => assert.fail("it should fail"),
        (reason: unknown) => reason,
      );
      log.error({ err: error, phone: "0900000101" }, "failed");
      log.error({ err: new Error("outer", { cause: error }) }, "failed");
    }
  });
  const all = lines.join("");
  assert.equal(lines.length, 4);
  assert.match(all, /duplicate key value.*test\.put-job/);
  assert.match(all, /"constraint":"job_pkey"/);
  assert.doesNotMatch(all, /Bí Mật|072090000101|0900000101/);
});

test("a log on a full disk neither ends its process nor keeps it from ending", () => {
  const program = `
    import { createLog } from ${JSON.stringify(join(import.meta.dirname, "log.ts"))};
    const log = createLog("test");
    log.info("lost");
    setTimeout(() => {
      log.info("lost, too");
      console.error("lives");
      process.exit(0);
    }, 20);`;
  const full = openSync("/dev/full", "w");
  try {
    const { stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
      env: { ...process.env, LOG_LEVEL: "info" },
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
      timeout: 60_000,
    });
    assert.deepEqual([status, stderr.trim()], [0, "lives"]);
  } finally {
    closeSync(full);
  }
});
