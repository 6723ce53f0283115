import { type ChildProcess, fork } from "node:child_process";
import { closeSync, openSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { RoleName } from "../roles.ts";
import { SUPERVISED } from "./run-role.ts";

/** A role kept alive: started, watched, and started again when it dies, with growing pauses. */

const PAUSES_MS = [200, 500, 1_000, 2_000, 5_000, 10_000] as const;
/** After this long it counts as healthy and the pauses begin anew. */
const HEALTHY_MS = 30_000;
const KILL_AFTER_MS = 10_000;
const LOG_LIMIT_BYTES = 20_000_000;

export interface Child {
  readonly role: RoleName;
  /** undefined between a death and the next start. */
  pid(): number | undefined;
  /** Resolves when the role has said for the first time that it is ready. */
  readonly ready: Promise<void>;
  /** Asks it to stop; kills it after 10 s. */
  stop(): Promise<void>;
}

export interface ChildOptions {
  readonly role: RoleName;
  readonly main: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Added for the first start only: a crash that was asked for must not repeat. */
  readonly firstEnv: Readonly<Record<string, string>>;
  readonly logFolder: string;
  readonly onDeath: (role: RoleName, how: string, pauseMs: number) => void;
}

/** Name of the role's log file. One older file is kept. */
function openLog(folder: string, role: string): number {
  const file = join(folder, `${role}.log`);
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, "a", 0o600);
}

export function keepAlive(options: ChildOptions): Child {
  let child: ChildProcess | undefined;
  let stopping = false;
  let deaths = 0;
  let announceReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    announceReady = resolve;
  });
  const stopped = new AbortController();

  const runOnce = async (first: boolean): Promise<string> => {
    const log = openLog(options.logFolder, options.role);
    const env = { ...options.env, ...(first && options.firstEnv), [SUPERVISED]: "1" };
    const started = fork(options.main, ["start", "--role", options.role], {
      env,
      stdio: ["ignore", log, log, "ipc"],
      execArgv: process.execArgv,
      detached: true, // Ctrl-C in the terminal is the supervisor's; its word ends the roles in order
    });
    closeSync(log);
    child = started;
    started.on("message", (message) => message === "ready" && announceReady());
    return await new Promise<string>((resolve) => {
      started.once("error", (error) => resolve(error.message));
      started.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
  };

  const loop = (async () => {
    for (let first = true; !stopping; first = false) {
      const at = Date.now();
      const how = await runOnce(first);
      child = undefined;
      if (stopping) return;
      deaths = Date.now() - at > HEALTHY_MS ? 0 : deaths + 1;
      const pauseMs = PAUSES_MS[Math.min(Math.max(deaths - 1, 0), PAUSES_MS.length - 1)] ?? 0;
      options.onDeath(options.role, how, pauseMs);
      await sleep(pauseMs, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  })();

  return {
    role: options.role,
    pid: () => child?.pid,
    ready,
    stop: async () => {
      stopping = true;
      stopped.abort();
      child?.kill("SIGTERM");
      const timer = setTimeout(() => child?.kill("SIGKILL"), KILL_AFTER_MS);
      await loop;
      clearTimeout(timer);
    },
  };
}
