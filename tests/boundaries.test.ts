import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { houseRuleFindings } from "../src/commands/check/house-rules.ts";
import { checkBoundaries } from "../src/commands/check/tools.ts";

const root = join(import.meta.dirname, "..");

/** File → text. Each breaks the rule it is listed under, and only that. */
const PLANTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "buildings-meet-over-http": {
    "src/national/app.ts": 'import "../province/app.ts";',
    "src/province/app.ts": "export {};",
  },
  "kit-stands-below": {
    "src/kit/a.ts": 'export * from "#protocols/momo/index.ts";',
    "src/protocols/momo/index.ts": "export const a = 1;",
  },
  "protocols-stand-on-the-kit": {
    "src/protocols/b.ts": 'export const b = () => import("../sandbox/app.ts");',
    "src/sandbox/app.ts": "export {};",
  },
  "rooms-have-one-door": {
    "src/province/inbox/index.ts": 'export { fee } from "../fees/assess-dues.ts";',
    "src/province/fees/assess-dues.ts": "export const fee = 1;",
  },
  "dossiers-ask-never-back": {
    "src/province/forms/index.ts": 'import "../dossiers/index.ts";',
    "src/province/dossiers/index.ts": "export {};",
  },
  "pure-things-stay-pure": {
    "src/province/steps/step-lifecycle.ts":
      'import { systemClock } from "#kit/clock.ts"; export const at = systemClock.now();',
    "src/kit/clock.ts": "export const systemClock = { now: () => new Date() };",
  },
  "sql-in-stores": { "src/province/inbox/list.ts": 'import pg from "pg"; export const client = new pg.Client();' },
  "pages-are-functions-of-props": {
    "src/province/inbox/pages/page.ts":
      'import { readFileSync } from "node:fs"; export const page = () => readFileSync("x", "utf8");',
  },
  "routes-call-use-cases": {
    "src/province/inbox/inbox-routes.ts": 'import { rows } from "./inbox-store.ts"; export { rows };',
    "src/province/inbox/inbox-store.ts": "export const rows = 1;",
  },
  "commands-enter-by-the-app": {
    "src/commands/start.ts": 'import "../sandbox/momo/index.ts";',
    "src/sandbox/momo/index.ts": "export {};",
  },
  "no-one-imports-the-command": { "src/sandbox/bank/index.ts": 'import "../../main.ts";', "src/main.ts": "export {};" },
  "source-does-not-import-tests": {
    "src/sandbox/wallet/index.ts": 'import "#tests/support/x.ts";',
    "tests/support/x.ts": "export {};",
  },
  "a-noun-for-everything": { "src/kit/b.ts": 'import "./utils.ts";', "src/kit/utils.ts": "export {};" },
  "no-circles": {
    "src/kit/c.ts": 'import { d } from "./d.ts"; export const c = () => d;',
    "src/kit/d.ts": 'import { c } from "./c.ts"; export const d = () => c;',
  },
  "nothing-unresolvable": { "src/kit/e.ts": 'import "./gone.ts";' },
  "no-development-packages": { "src/kit/f.ts": 'import "playwright-core";' },
};

let folder = "";

function plant(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${text}\n`);
  }
}

before(() => {
  mkdirSync(join(root, ".motcua/test"), { recursive: true });
  folder = mkdtempSync(join(root, ".motcua/test/boundaries-"));
  for (const name of ["package.json", ".dependency-cruiser.mjs", "tsconfig.json"])
    cpSync(join(root, name), join(folder, name));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  for (const name of ["src", "tests", "bench"]) mkdirSync(join(folder, name));
  for (const files of Object.values(PLANTED)) plant(files);
});

after(() => rmSync(folder, { recursive: true, force: true }));

describe("the boundaries", () => {
  it("are all seen when they are crossed, each with what to do instead", async () => {
    const { ok, details } = await checkBoundaries(folder);
    assert.equal(ok, false);
    for (const [rule, files] of Object.entries(PLANTED)) {
      const [file = ""] = Object.keys(files);
      const place = details.slice(details.indexOf(`  ${rule}: `));
      assert.match(place, new RegExp(`^  ${rule}: \\S+`), `${rule} was not found`);
      assert.ok(place.includes(`    ${file} → `), `${rule}: ${file} was not found`);
    }
  });

  it("are not taken for whole when the reader reads nothing", async () => {
    const config = join(folder, ".dependency-cruiser.mjs");
    const text = readFileSync(config, "utf8");
    writeFileSync(config, text.replace('parser: "swc",', 'parser: "swc", exclude: "^src/",'));
    try {
      const { ok, line } = await checkBoundaries(folder);
      assert.equal(ok, false);
      assert.match(line, /read \d+ modules of \d+ files/);
    } finally {
      writeFileSync(config, text);
    }
  });
});

describe("the house rules", () => {
  it("find a name without a noun, SQL outside a store, a long file and a name in another case", () => {
    assert.match(houseRuleFindings({ path: "src/kit/helpers.ts", text: "" }).join(), /no noun/);
    assert.match(
      houseRuleFindings({ path: "src/kit/x.ts", text: 'const a = statement<Row, [string]>("a", "select 1");' }).join(),
      /has SQL/,
    );
    assert.deepEqual(
      houseRuleFindings({ path: "src/kit/x-store.ts", text: 'const a = statement<Row, [string]>("a", "select 1");' }),
      [],
    );
    assert.match(houseRuleFindings({ path: "src/kit/x.ts", text: "\n".repeat(401) }).join(), /401 lines/);
    assert.match(houseRuleFindings({ path: "src/kit/FeeRule.ts", text: "" }).join(), /kebab-case/);
  });
});
