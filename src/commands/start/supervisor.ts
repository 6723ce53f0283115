import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Config, loadConfig } from "../../kit/config.ts";
import { AppError } from "../../kit/errors.ts";
import { releaseLock, takeLock } from "../../kit/process-lock.ts";
import { buildAssets, loadAssets } from "../../kit/ui/assets.ts";
import { embeddedEnvironment, hasOwnDatabases } from "../databases.ts";
import { migrateAll } from "../migrate.ts";
import { ROLES, rolesOf } from "../roles.ts";
import { runSeed } from "./run-seed.ts";
import { type Child, keepAlive } from "./child.ts";
import { type DatabaseServer, keepDatabase } from "./database-server.ts";
import { requireFreePorts, streetPorts } from "./ports.ts";
import { type StartPage, serveStartPage } from "./serve-start-page.ts";

/** `motcua start`: the whole street on one machine, in the order in which its parts need each other. */

const READY_LIMIT_MS = 60_000;

export interface ProcessFact {
  readonly role: string;
  readonly pid: number;
}

export interface Street {
  readonly config: Config;
  processes(): ProcessFact[];
  stop(): Promise<void>;
}

type Say = (line: string) => void;

/** Crash points for the fault suite: `MOTCUA_CRASH=national-web=F3,province-worker=F8:2`; demo only. */
function crashesAskedFor(config: Config): Map<string, string> {
  const text = config.demo ? (process.env["MOTCUA_CRASH"] ?? "") : "";
  return new Map(
    text
      .split(",")
      .filter(Boolean)
      .map((entry) => entry.split("=", 2) as [string, string]),
  );
}

/**
 * Starts everything and resolves when every role answers /readyz. What was started is stopped when a later part fails or
 * `signal` says to give up; then it rejects.
 */
export async function startStreet(say: Say, signal: AbortSignal): Promise<Street> {
  const bare = loadConfig();
  mkdirSync(join(bare.dataDir, "log"), { recursive: true });
  const lock = join(bare.dataDir, "supervisor.lock");
  const holder = takeLock(lock, bare.origins.start);
  if (holder !== true) {
    throw new AppError("unavailable", {
      message: `already running here: ${holder.note}, pid ${holder.pid}. Another checkout (or another MOTCUA_DATA) can run beside it on another PORT.`,
    });
  }
  const undo: (() => unknown)[] = [() => releaseLock(lock)];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return await startParts(bare, { say, undo, stop, signal });
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Beginning {
  readonly say: Say;
  readonly signal: AbortSignal;
  /** How to take back what has been started so far, oldest first. */
  readonly undo: (() => unknown)[];
  readonly stop: () => Promise<void>;
}

async function startParts(bare: Config, { say, signal, undo, stop }: Beginning): Promise<Street> {
  const ownDatabases = hasOwnDatabases();
  if (bare.demo) await requireFreePorts(streetPorts(bare.port, { embeddedDatabase: !ownDatabases }));
  const assets = buildAssets(bare.dataDir);
  assets.catch(() => undefined); // awaited below

  const env: Record<string, string | undefined> = { ...process.env, MOTCUA_DATA: bare.dataDir };
  let server: DatabaseServer | undefined;
  if (!ownDatabases) {
    server = await keepDatabase(
      { dataFolder: bare.dataDir, port: bare.port + 9 },
      {
        died: () => say("PostgreSQL ended; starting it again"),
        lost: (error) => {
          say(`PostgreSQL does not come up again: ${(error as Error).message}`);
          process.kill(process.pid, "SIGTERM");
        },
      },
    );
    undo.push(() => server?.stop());
    signal.throwIfAborted();
    Object.assign(env, embeddedEnvironment(server.first, false));
  }
  const config = server ? loadConfig({ ...process.env, ...embeddedEnvironment(server.first, true) }) : bare;
  if (config.demo) {
    await migrateAll(config);
    signal.throwIfAborted();
    await runSeed(env, join(config.dataDir, "log"), signal);
  }
  loadAssets(await assets);
  signal.throwIfAborted();

  const crashes = crashesAskedFor(config);
  const children = rolesOf(config).map((role): Child => {
    const crash = crashes.get(role);
    const child = keepAlive({
      role,
      main: process.argv[1] ?? "",
      env,
      firstEnv: crash ? { CRASH_AT: crash } : {},
      logFolder: join(config.dataDir, "log"),
      onDeath: (name, how, pauseMs) => say(`${name} ended (${how}); starting it again in ${pauseMs} ms`),
    });
    return child;
  });
  undo.push(() => Promise.all(children.map((child) => child.stop())));
  const processes = (): ProcessFact[] =>
    [
      { role: "postgres", pid: server?.pid() },
      ...children.map((child) => ({ role: child.role as string, pid: child.pid() })),
    ].filter((fact): fact is ProcessFact => fact.pid !== undefined);
  await Promise.all(children.map((child) => untilReady(child, config, signal)));
  if (config.demo) {
    const page: StartPage = await serveStartPage({ config, processes });
    undo.push(() => page.stop());
  }
  return { config, processes, stop };
}

async function untilReady(child: Child, config: Config, signal: AbortSignal): Promise<void> {
  const limit = Date.now() + READY_LIMIT_MS;
  const late = new AppError("unavailable", {
    message: `${child.role} was not ready after ${READY_LIMIT_MS / 1000} s; see ${join(config.dataDir, "log", `${child.role}.log`)}`,
  });
  // Rejects with AbortError when asked to give up.
  const said = await Promise.race([child.ready.then(() => true), sleep(READY_LIMIT_MS, false, { ref: false, signal })]);
  if (!said) throw late;
  // Behind a proxy in production, the role's own word is enough.
  for (const origin of config.demo ? ROLES[child.role].origins(config) : []) {
    while (!(await answers(`${origin}/readyz`))) {
      if (Date.now() > limit) throw late;
      await sleep(100, undefined, { signal });
    }
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}
