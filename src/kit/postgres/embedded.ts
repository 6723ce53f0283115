import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../errors.ts";
import { serverBinaries, serverUser } from "./binaries.ts";
import {
  ADMIN,
  clusterFolder,
  type ClusterPlace,
  clusterSecrets,
  initialise,
  releaseCluster,
  runningPostmaster,
} from "./cluster.ts";
import { APP_ROLES, DATABASES, MIGRATOR, provision } from "./provision-store.ts";

/**
 * PostgreSQL inside the checkout: made at the first start, kept, found again at the next, gone with the process that
 * started it. One process owns it (`start`); others join it (`joinEmbedded`).
 */

export interface DatabaseUrls {
  /** Owner of the tables; runs migrations only. */
  readonly migrator: string;
  /** What the application uses: no superuser, not the owner, so row-level security binds it. */
  readonly app: string;
}

export interface EmbeddedPostgres {
  readonly port: number;
  readonly pid: number;
  readonly national: DatabaseUrls;
  readonly province: DatabaseUrls;
  /** Superuser's address of any database in the cluster: for tests and for creating databases. */
  adminUrl(database: string): string;
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Fast shutdown; bounded. Does nothing for a server that was only joined. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Folder that keeps the cluster, its passwords and its log (usually `.motcua`). */
  readonly dataFolder: string;
  readonly port: number;
  /** False only for throw-away test clusters: loses commits when the machine fails. */
  readonly durable?: boolean;
}

// Small machines first: what a laptop or a 1 GB virtual machine can give. Bigger ones use their own PostgreSQL.
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "128MB",
  max_parallel_workers_per_gather: "0",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_min_messages: "warning",
  // Without the DETAIL lines: they quote rows, with the names and numbers of people.
  log_error_verbosity: "terse",
  password_encryption: "scram-sha-256",
  // The pipe to the watchdog breaks with its parent; a session that hangs must not outlive its use.
  idle_in_transaction_session_timeout: "60s",
} as const;
const DURABLE = { fsync: "on", synchronous_commit: "on", full_page_writes: "on" } as const;
const THROW_AWAY = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" } as const;

/**
 * The shell between us and the server holds our pipe: when this process ends in ANY way, the pipe closes and the server
 * gets SIGINT (fast shutdown). When the server ends by itself, the shell ends with its status.
 */
const WATCHDOG =
  'exec 3<&0 </dev/null; "$@" 3<&- & p=$!; (cat <&3 >/dev/null; kill -INT $p 2>/dev/null) & exec 3<&-; wait $p';

const START_LIMIT_MS = 60_000; // crash recovery of a busy cluster takes its time; a hanging start must still end

async function waitUntilReady(folder: string, watchdog: ChildProcess, logFile: string): Promise<number> {
  const limit = Date.now() + START_LIMIT_MS;
  while (Date.now() < limit) {
    const postmaster = runningPostmaster(folder);
    if (postmaster?.status === "ready") return postmaster.pid;
    if (watchdog.exitCode !== null || watchdog.signalCode !== null) {
      throw new AppError("unavailable", { message: `PostgreSQL ended while starting:\n${lastLines(logFile)}` });
    }
    await sleep(20);
  }
  watchdog.stdin?.destroy();
  throw new AppError("unavailable", {
    message: `PostgreSQL was not ready after ${START_LIMIT_MS / 1000} s:\n${lastLines(logFile)}`,
  });
}

function lastLines(file: string): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-8).join("\n");
}

function describe(options: EmbeddedOptions, port: number, pid: number) {
  const secrets = clusterSecrets(options.dataFolder);
  const url = (user: string, password: string, database: string) =>
    `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
  const pair = (building: "national" | "province"): DatabaseUrls => ({
    migrator: url(MIGRATOR, secrets.migrator, DATABASES[building]),
    app: url(APP_ROLES[building], secrets[building], DATABASES[building]),
  });
  return {
    port,
    pid,
    national: pair("national"),
    province: pair("province"),
    adminUrl: (database: string) => url(ADMIN, secrets.admin, database),
  };
}

/**
 * Starts the cluster of a data folder, making it first if needed. An orphan of a killed supervisor is stopped before.
 * @throws AppError unavailable with the server's last log lines.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  mkdirSync(options.dataFolder, { recursive: true });
  const user = serverUser();
  const folder = clusterFolder(options.dataFolder, user);
  const place: ClusterPlace = {
    folder,
    native: serverBinaries(user),
    user,
    outside: !folder.startsWith(resolve(options.dataFolder)),
  };
  const secrets = clusterSecrets(options.dataFolder);
  await releaseCluster(place.folder);
  await initialise(place, secrets.admin);

  const logFile = join(options.dataFolder, "postgres.log");
  const log = openSync(logFile, "w", 0o600);
  const settings = { ...SETTINGS, ...(options.durable === false ? THROW_AWAY : DURABLE), port: String(options.port) };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const watchdog = spawn(
    "/bin/sh",
    ["-c", WATCHDOG, "motcua-postgres", join(place.native, "bin/postgres"), "-D", place.folder, ...flags],
    {
      ...user,
      cwd: "/",
      env: { PATH: process.env.PATH, LC_ALL: "C" },
      stdio: ["pipe", "ignore", log],
      detached: true, // a Ctrl-C in the terminal is ours to handle: the server goes last
    },
  );
  closeSync(log);
  watchdog.stdin?.on("error", () => {}); // EPIPE when the server went first; `ended` tells
  const ended = new Promise<void>((resolve, reject) => {
    watchdog.once("exit", () => resolve());
    watchdog.once("error", reject);
  });
  ended.catch(() => {}); // a failing spawn is reported by the wait below
  const pid = await waitUntilReady(place.folder, watchdog, logFile);
  const facts = describe(options, options.port, pid);
  await provision(facts.adminUrl("postgres"), secrets);
  // The server must not keep a finished command alive.
  watchdog.unref();
  (watchdog.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  return {
    ...facts,
    ended,
    stop: async () => {
      watchdog.ref();
      watchdog.stdin?.destroy();
      await Promise.race([ended, sleep(20_000, undefined, { ref: false })]);
    },
  };
}

/** The server of this data folder if one is running (usually that of `motcua start`), else undefined. */
export function joinEmbedded(options: Pick<EmbeddedOptions, "dataFolder">): EmbeddedPostgres | undefined {
  mkdirSync(options.dataFolder, { recursive: true });
  const folder = clusterFolder(options.dataFolder, serverUser());
  const postmaster = runningPostmaster(folder);
  if (postmaster?.status !== "ready") return undefined;
  return {
    ...describe({ ...options, port: postmaster.port }, postmaster.port, postmaster.pid),
    ended: new Promise(() => {}),
    stop: async () => {},
  };
}
