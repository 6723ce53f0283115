import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { describe, it } from "node:test";

const bin = join(import.meta.dirname, "../bin/motcua.mjs");

/** Runs the command as a person would and answers how it ended. */
function motcua(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, ...args], { env: { ...process.env, ...env } }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

describe("motcua", () => {
  it("lists its commands, and every one of them explains itself", async () => {
    const { code, out } = await motcua(["--help"]);
    assert.equal(code, 0);
    const names = [...out.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name]) => name ?? "");
    assert.ok(names.length >= 8);
    for (const name of names) {
      const help = await motcua([name, "--help"]);
      assert.equal(help.code, 0, name);
      assert.match(help.out, new RegExp(`^Usage: motcua ${name}\\b`), name);
    }
  });

  it("answers 2 for an unknown command, an unknown option and an unknown role", async () => {
    for (const args of [["nope"], ["migrate", "--nope"], ["start", "--role", "nope"], []]) {
      assert.equal((await motcua(args)).code, 2, args.join(" "));
    }
  });

  it("says everything that production is missing, and answers 78", async () => {
    const { code, err } = await motcua(["start", "--production"], { DATABASE_URL_NATIONAL: "", MOTCUA_SECRETS: "" });
    assert.equal(code, 78);
    for (const name of [
      "DATABASE_URL_NATIONAL",
      "DATABASE_URL_PROVINCE",
      "ORIGIN_NATIONAL",
      "ORIGINS_PROVINCES",
      "MOTCUA_SECRETS",
    ]) {
      assert.match(err, new RegExp(`${name} is not set`));
    }
  });

  it("doctor --json is for programs", async () => {
    const { code, out } = await motcua(["doctor", "--json"]);
    const findings = JSON.parse(out) as { name: string; state: string }[];
    assert.equal(code, 0, out);
    assert.equal(findings.find(({ name }) => name === "node")?.state, "ok");
  });
});
