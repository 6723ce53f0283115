import { type ChildProcess, fork } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { clusterFolder, serverUser } from "#kit/postgres/index.ts";
import type { streetDocument } from "../../src/commands/start/street-document.ts";
import { freeFamily } from "./ports.ts";

/** The whole street (`motcua start`) on ports and data of its own, for journeys and fault tests. */

const root = join(import.meta.dirname, "../..");
const READY_LIMIT_MS = 90_000;

export type CountryDocument = ReturnType<typeof streetDocument>;

export interface Country {
  readonly port: number;
  readonly origin: string;
  /** Data folder; give it to `startCountry` again to go on with the same data. */
  readonly dataDir: string;
  /** What /.well-known/motcua.json said when it was ready. */
  readonly document: CountryDocument;
  /** The supervisor. */
  readonly pid: number;
  /** The document as it is now: processes change when they die. */
  current(): Promise<CountryDocument>;
  /** What the supervisor has printed so far. */
  output(): string;
  /** Kills the supervisor outright and resolves when it is gone. */
  kill(): Promise<void>;
  /** Stops everything; removes the data unless they are to be kept. */
  stop(options?: { keepData?: boolean }): Promise<void>;
}

export interface CountryOptions {
  readonly port?: number;
  readonly dataDir?: string;
  /** Role → crash point (`{ "national-web": "F3" }`): that role kills itself there, once. */
  readonly crashes?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** Whether a process is there. A zombie waits for its parent to notice; it does nothing any more. */
export function lives(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false; // also when it ends while it is read
  }
}

export async function startCountry(options: CountryOptions = {}): Promise<Country> {
  const port = options.port ?? (await freeFamily());
  const home = join(root, ".motcua/test");
  mkdirSync(home, { recursive: true });
  const dataDir = options.dataDir ?? mkdtempSync(join(home, "country-"));
  chmodSync(dataDir, 0o755); // the database's user must pass through
  const env: Record<string, string | undefined> = {
    ...process.env,
    LOG_LEVEL: "info",
    PORT: String(port),
    MOTCUA_DATA: dataDir,
    MOTCUA_MODE: "demo",
    MOTCUA_CRASH: Object.entries(options.crashes ?? {})
      .map(([role, point]) => `${role}=${point}`)
      .join(","),
    ...options.env,
  };
  for (const name of ["DATABASE_URL_NATIONAL", "DATABASE_URL_PROVINCE", "NODE_OPTIONS", "NODE_TEST_CONTEXT"])
    delete env[name];
  const child = fork(join(root, "src/main.ts"), ["start"], {
    env,
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));

  const origin = `http://localhost:${port}`;
  const current = async (): Promise<CountryDocument> => {
    const answer = await fetch(`${origin}/.well-known/motcua.json`);
    return (await answer.json()) as CountryDocument;
  };
  const document = await untilReady(child, current, () => printed);
  return {
    port,
    origin,
    dataDir,
    document,
    pid: child.pid ?? 0,
    current,
    output: () => printed,
    kill: async () => {
      child.kill("SIGKILL");
      await gone;
    },
    stop: async ({ keepData = false } = {}) => {
      child.kill("SIGTERM");
      await Promise.race([gone, sleep(25_000, undefined, { ref: false }).then(() => child.kill("SIGKILL"))]);
      await gone;
      if (keepData) return;
      // Outside the data folder when the checkout stands in a closed home.
      rmSync(clusterFolder(dataDir, serverUser()), { recursive: true, force: true, maxRetries: 5 });
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function untilReady(
  child: ChildProcess,
  current: () => Promise<CountryDocument>,
  printed: () => string,
): Promise<CountryDocument> {
  const limit = Date.now() + READY_LIMIT_MS;
  while (Date.now() < limit) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the country ended while starting:\n${printed()}`);
    const document = await current().catch(() => undefined);
    if (document) return document;
    await sleep(100);
  }
  child.kill("SIGKILL");
  throw new Error(`the country was not ready in ${READY_LIMIT_MS / 1000} s:\n${printed()}`);
}
