import assert from "node:assert/strict";
import { execFile, fork } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { strippedSource } from "../src/commands/strip.ts";
import { freeFamily } from "./support/ports.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..");

describe("a stripped source", () => {
  it("leads to .js files by relative paths and keeps its lines", () => {
    const source = [
      'import type { Db } from "#kit/db.ts";',
      'import { a } from "#kit/money.ts";',
      'export { b } from "./b.ts";',
      'const c = await import("../../sandbox/app.ts");',
      'import holidays from "./holidays.json" with { type: "json" };',
      "const d: number = 1;",
    ].join("\n");
    const lines = strippedSource("province/fees/x.ts", source).split("\n");
    assert.equal(lines.length, 6);
    assert.equal(lines[0]?.trim(), "");
    assert.equal(lines[1], 'import { a } from "../../kit/money.js";');
    assert.equal(lines[2], 'export { b } from "./b.js";');
    assert.equal(lines[3], 'const c = await import("../../sandbox/app.js");');
    assert.equal(lines[4], 'import holidays from "./holidays.json" with { type: "json" };');
    assert.match(lines[5] ?? "", /^const d\s+= 1;$/);
  });
});

describe("the published package", () => {
  let folder = "";
  let bin = "";

  before(async () => {
    mkdirSync(join(root, ".motcua/test"), { recursive: true });
    folder = mkdtempSync(join(root, ".motcua/test/package-"));
    chmodSync(folder, 0o755); // the database's user must pass through
    const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], { cwd: root });
    const [packed] = JSON.parse(stdout.slice(stdout.indexOf("["))) as { filename: string }[];
    const home = join(folder, "node_modules/motcua");
    mkdirSync(home, { recursive: true });
    await run("tar", ["-xzf", join(folder, packed?.filename ?? ""), "-C", home, "--strip-components=1"]);
    for (const name of readdirSync(join(root, "node_modules"))) {
      if (!name.startsWith(".")) symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name));
    }
    bin = join(home, "bin/motcua.mjs");
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it("has no TypeScript and no tests in it", () => {
    const files = readdirSync(join(folder, "node_modules/motcua"), { recursive: true, encoding: "utf8" });
    assert.deepEqual(
      files.filter((name) => /\.ts$/.test(name)),
      [],
    );
    assert.ok(files.includes("LICENSE") && files.includes("README.md"));
  });

  it("answers --help and --version", async () => {
    const { stdout } = await run(process.execPath, [bin, "--help"]);
    assert.match(stdout, /Usage: motcua COMMAND/);
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    assert.equal((await run(process.execPath, [bin, "--version"])).stdout.trim(), version);
  });

  it("starts the whole street and stops it", async () => {
    const port = await freeFamily();
    const env = { ...process.env, PORT: String(port), MOTCUA_DATA: join(folder, "data"), NODE_TEST_CONTEXT: undefined };
    const child = fork(bin, ["start"], { env, execArgv: [], stdio: ["ignore", "pipe", "pipe", "ipc"] });
    let printed = "";
    const ready = new Promise<void>((resolve) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream?.setEncoding("utf8").on("data", (text: string) => {
          printed += text;
          if (printed.includes("Ready in")) resolve();
        });
      }
      child.once("exit", () => resolve());
    });
    await ready;
    assert.match(printed, /Ready in/, printed);
    const answer = await fetch(`http://localhost:${port + 2}/`);
    assert.equal(answer.status, 200);
    const gone = new Promise<number | null>((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    assert.equal(await gone, 0, printed);
  });
});
