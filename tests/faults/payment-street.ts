/** The processes of one payment and the citizen who walks through them, for the fault tests. */
import { type ChildProcess, fork } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { freeFamily } from "#tests/support/ports.ts";
import { cloneDatabase, type TestDatabase } from "#tests/support/database.ts";
import { count } from "./tally.ts";

export const ROLES = ["sandbox", "national-web", "national-worker", "province-web", "province-worker"] as const;
export type Role = (typeof ROLES)[number];

/** One death of a process and its return, as the street's supervisor saw them. */
export interface Death {
  readonly role: Role;
  readonly at: number;
}

export interface Street {
  readonly national: TestDatabase;
  readonly province: TestDatabase;
  readonly origins: { readonly national: string; readonly portal: string; readonly sandbox: string };
  /**
   * Starts the role again, armed to kill itself at each of these crash points in turn: when it is started again after a
   * death, it goes on to those it has not reached. `clockMs`: its machine's clock is ahead by so much.
   */
  arm(role: Role, points?: readonly string[], clockMs?: number): Promise<void>;
  /** Of the points for which the role was armed last, those it has died of. */
  reached(role: Role): readonly string[];
  /** Kills the role and leaves it dead. */
  kill(role: Role): Promise<void>;
  /** Kills the role outright; the street's supervisor starts it again. */
  strike(role: Role): void;
  /** Running and past its start. */
  isUp(role: Role): boolean;
  /** Every process that dies by itself or by a blow is started again, as `motcua start` does. */
  readonly deaths: readonly Death[];
  /** Tells the stand-ins how to behave (`POST /control`); `clear` makes them friendly again. */
  behave(instruction: Readonly<Record<string, unknown>>): Promise<void>;
  clear(): Promise<void>;
  /** The stand-in's own book, which the product cannot write: events of the wallet or the gateway. */
  journal(name: JournalName): Record<string, unknown>[];
  rows<Row extends object>(building: "national" | "province", sql: string, values?: unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
}

export type JournalName = "momo" | "vnpay" | "zalopay" | "vnpt-pay" | "bank";

/** How a role is started, the first time and after every death. */
interface Arming {
  readonly points: readonly string[];
  readonly done: string;
  readonly clockMs: number;
}

/** As long as the supervisor of `motcua start` waits before it starts a dead role again. */
const RESTART_MS = 300;

export async function startStreet(): Promise<Street> {
  const [national, province] = await Promise.all([cloneDatabase("national"), cloneDatabase("province")]);
  const dataDir = mkdtempSync(join(tmpdir(), "motcua-faults-"));
  const port = await freeFamily();
  const children = new Map<Role, ChildProcess>();
  // A process that is killed on purpose, or after the end, is not wanted any more.
  const wanted = new Map<Role, ChildProcess>();
  const up = new Set<Role>();
  const deaths: Death[] = [];
  const armings = new Map<Role, Arming>();
  let times = 0;
  const env = {
    ...process.env,
    PORT: String(port),
    MOTCUA_DATA: dataDir,
    // Most of what a process that is started again needs is to be compiled again.
    NODE_COMPILE_CACHE: join(import.meta.dirname, "../../.motcua/test/compiled"),
    LOG_LEVEL: process.env["FAULT_LOG"] ?? "silent",
    DATABASE_URL_NATIONAL: national.appUrl,
    DATABASE_URL_PROVINCE: province.appUrl,
  };
  delete (env as Record<string, unknown>)["NODE_TEST_CONTEXT"];

  const spares = new Map<Role, ChildProcess>();
  const make = (role: Role, waits: boolean): ChildProcess => {
    const { points, done, clockMs } = armings.get(role) ?? { points: [], done: "", clockMs: 0 };
    return fork(join(import.meta.dirname, "payment-role.ts"), [role, ...(waits ? ["waits"] : [])], {
      env: {
        ...env,
        ...(points.length > 0 ? { CRASH_AT: points.join(","), CRASH_DONE: done } : {}),
        ...(clockMs ? { CLOCK_SKEW_MS: String(clockMs) } : {}),
      },
      execArgv: clockMs ? ["--import", join(import.meta.dirname, "skewed-clock.ts")] : [],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
  };
  const start = async (role: Role): Promise<void> => {
    const spare = spares.get(role);
    spares.delete(role);
    const child = spare ?? make(role, false);
    children.set(role, child);
    child.once("exit", () => {
      up.delete(role);
      if (wanted.get(role) !== child) return;
      deaths.push({ role, at: Date.now() });
      count("kills");
      setTimeout(() => wanted.get(role) === child && void start(role).catch(() => undefined), RESTART_MS);
    });
    wanted.set(role, child);
    await new Promise<void>((resolve, reject) => {
      child.once("message", () => {
        up.add(role);
        resolve();
      });
      child.once("exit", (code, signal) => reject(new Error(`${role} ended while starting: ${code ?? signal}`)));
      if (spare) child.send("go");
    });
    // Who is going to die has an heir that is loaded already: dozens of deaths would otherwise be minutes of loading.
    if ((armings.get(role)?.points.length ?? 0) > reached(role).length + 1) spares.set(role, make(role, true));
  };
  const reached = (role: Role): string[] => {
    const done = armings.get(role)?.done ?? "";
    return existsSync(done) ? readFileSync(done, "utf8").split("\n").filter(Boolean) : [];
  };
  const died = async (role: Role): Promise<void> => {
    const child = children.get(role);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => child.once("exit", () => resolve()));
  };
  const end = async (role: Role): Promise<void> => {
    wanted.delete(role);
    spares.get(role)?.kill("SIGKILL");
    spares.delete(role);
    children.get(role)?.kill("SIGKILL");
    await died(role);
  };

  const control = async (method: "POST" | "DELETE", body?: object): Promise<void> => {
    const answer = await fetch(`http://localhost:${port + 6}/control`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { "content-type": "application/json" } } : {}),
    });
    if (!answer.ok) throw new Error(`the sandbox does not obey: ${await answer.text()}`);
  };

  await Promise.all(ROLES.map((role) => start(role)));
  return {
    deaths,
    isUp: (role) => up.has(role),
    strike: (role) => void children.get(role)?.kill("SIGKILL"),
    behave: (instruction) => control("POST", instruction),
    clear: () => control("DELETE"),
    national,
    province,
    origins: {
      national: `http://localhost:${port + 1}`,
      portal: `http://localhost:${port + 2}`,
      sandbox: `http://localhost:${port + 6}`,
    },
    async arm(role, points = [], clockMs = 0) {
      await end(role);
      times += 1;
      armings.set(role, { points, done: join(dataDir, `died-${times}`), clockMs });
      await start(role);
    },
    reached,
    async kill(role) {
      count("kills");
      await end(role);
    },
    journal: (name) =>
      (existsSync(join(dataDir, "sandbox", `${name}.jsonl`))
        ? readFileSync(join(dataDir, "sandbox", `${name}.jsonl`), "utf8")
        : ""
      )
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    async rows<Row extends object>(building: "national" | "province", sql: string, values: unknown[] = []) {
      const client = new pg.Client({ connectionString: (building === "national" ? national : province).adminUrl });
      client.on("error", () => undefined);
      await client.connect();
      try {
        return (await client.query<Row>(sql, values)).rows;
      } finally {
        await client.end();
      }
    },
    async stop() {
      wanted.clear();
      await Promise.all(ROLES.map(end));
      rmSync(dataDir, { recursive: true, force: true });
      await Promise.all([national.drop(), province.drop()]);
    },
  };
}

/** Posts a form as a browser of that site does; undefined when the process died instead of answering. */
export async function press(
  url: string,
  fields: Readonly<Record<string, string>>,
): Promise<{ status: number; location: string } | undefined> {
  try {
    const response = await fetch(url, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { origin: new URL(url).origin },
      redirect: "manual",
    });
    await response.arrayBuffer();
    const location = response.headers.get("location");
    return { status: response.status, location: location ? new URL(location, url).href : "" };
  } catch {
    // Connection refused or cut: the process is dead.
    return undefined;
  }
}

export async function look(url: string): Promise<{ status: number; text: string; location: string } | undefined> {
  try {
    const response = await fetch(url, { redirect: "manual" });
    const location = response.headers.get("location");
    return {
      status: response.status,
      text: await response.text(),
      location: location ? new URL(location, url).href : "",
    };
  } catch {
    return undefined;
  }
}

/** Waits until `what` answers something true; the promise is 60 s, so that is the limit. */
export function within60s<T>(why: string, what: () => Promise<T | undefined | false>): Promise<T> {
  return within(60, why, what);
}

export async function within<T>(seconds: number, why: string, what: () => Promise<T | undefined | false>): Promise<T> {
  const limit = Date.now() + seconds * 1_000;
  while (Date.now() < limit) {
    const answer = await what();
    if (answer) return answer;
    await sleep(200);
  }
  throw new Error(`not within ${seconds} s: ${why}`);
}
