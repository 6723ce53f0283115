import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../errors.ts";
import { canEnter, reachableFolder, type ServerUser } from "./binaries.ts";

/** The cluster's folder on disk: where it lies, how it is made, and who still holds it. */

/** Superuser of an embedded cluster; used to create roles and databases only. */
export const ADMIN = "motcua_admin";

/**
 * Where the cluster of one data folder lies: in it, or, where the server's user cannot enter it, in a folder named by a
 * hash of its path, so that two checkouts never share one.
 */
export function clusterFolder(dataFolder: string, user: ServerUser | undefined): string {
  const wanted = resolve(dataFolder, "pg");
  mkdirSync(wanted, { recursive: true, mode: 0o700 });
  let folder = wanted;
  if (user) {
    chownSync(wanted, user.uid, user.gid);
    if (!canEnter(user, wanted)) {
      const name = createHash("sha256").update(realpathSync(dataFolder)).digest("hex").slice(0, 16);
      folder = join(reachableFolder(), `data-${name}`);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      chownSync(folder, user.uid, user.gid);
    }
  }
  chmodSync(folder, 0o700);
  return folder;
}

/** Passwords of the embedded cluster's roles, made once, readable by us only. */
export interface ClusterSecrets {
  readonly admin: string;
  readonly migrator: string;
  readonly national: string;
  readonly province: string;
}

export function clusterSecrets(dataFolder: string): ClusterSecrets {
  const path = join(dataFolder, "pg-passwords.json");
  if (!existsSync(path)) {
    const secret = () => randomBytes(24).toString("base64url");
    const made: ClusterSecrets = { admin: secret(), migrator: secret(), national: secret(), province: secret() };
    writeFileSync(path, JSON.stringify(made), { mode: 0o600, flag: "wx" });
  }
  return JSON.parse(readFileSync(path, "utf8")) as ClusterSecrets;
}

export interface ClusterPlace {
  readonly folder: string;
  readonly native: string;
  readonly user: ServerUser | undefined;
  /** It lies outside its data folder, which the server's user could not enter. */
  readonly outside: boolean;
}

/** Makes the cluster unless it exists. A half-made one (killed in initdb) is thrown away and made again. */
export async function initialise(place: ClusterPlace, adminPassword: string): Promise<void> {
  const done = join(place.folder, "motcua-initialised");
  const mark = createHash("sha256").update(adminPassword).digest("hex");
  if (existsSync(done)) {
    if (readFileSync(done, "utf8") === mark) return;
    // Who deletes the data folder wants to begin anew, also where the cluster had to lie elsewhere.
    if (!place.outside) {
      throw new AppError("unavailable", {
        message: `pg-passwords.json does not belong to the database in ${place.folder}; put the right one back`,
      });
    }
  }
  for (const name of readdirSync(place.folder)) rmSync(join(place.folder, name), { recursive: true, force: true });
  const settings = [
    "--auth=scram-sha-256",
    "-E",
    "UTF8",
    "--locale-provider=builtin",
    "--locale=C.UTF-8",
    "--no-instructions",
  ];
  const child = spawn(
    "/bin/sh",
    // The password goes through a real pipe: ours is a socket, which /dev/stdin cannot open again.
    [
      "-c",
      'cat | "$@"',
      "motcua-initdb",
      join(place.native, "bin/initdb"),
      "-D",
      place.folder,
      "-U",
      ADMIN,
      "--pwfile=/dev/stdin",
      ...settings,
    ],
    // A group of its own: Ctrl-C in the terminal must not leave half a cluster.
    {
      ...place.user,
      cwd: "/",
      env: { PATH: process.env["PATH"], LC_ALL: "C" },
      stdio: ["pipe", "ignore", "pipe"],
      detached: true,
      timeout: 60_000,
    },
  );
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  child.stdin.on("error", () => undefined); // it ended before it read: its exit code tells
  child.stdin.end(`${adminPassword}\n`);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new AppError("unavailable", { message: `initdb failed: ${said}` });
  writeFileSync(done, mark);
}

/**
 * Processes whose working folder is the cluster: its postmaster and backends. A process that merely got the number of a
 * dead postmaster does not count, nor does a zombie (it has no working folder any more).
 */
export function holders(folder: string): number[] {
  const real = realpathSync(folder);
  const found: number[] = [];
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (readlinkSync(`/proc/${name}/cwd`) === real) found.push(Number(name));
    } catch {
      // Ended in between, a zombie, or another user's: not a server of ours.
    }
  }
  return found;
}

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** "ready" once it accepts connections; see the server's own miscadmin.h for the file's lines. */
  readonly status: string;
}

/** What postmaster.pid says, if the process it names really is the postmaster of this folder. */
export function runningPostmaster(folder: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(folder, "postmaster.pid"), "utf8").split("\n");
    const pid = Number(lines[0]);
    if (!holders(folder).includes(pid)) return undefined;
    return { pid, port: Number(lines[3]), status: (lines[7] ?? "").trim() };
  } catch {
    return undefined;
  }
}

/**
 * Ends whatever a killed supervisor left behind and removes a stale lock file, so that a start needs no help.
 * @throws AppError unavailable when something still holds the folder after 20 s.
 */
export async function releaseCluster(folder: string): Promise<void> {
  const postmaster = runningPostmaster(folder);
  // Fast shutdown, as pg_ctl does: clients are cut, everything committed stays.
  if (postmaster) process.kill(postmaster.pid, "SIGINT");
  for (let tries = 0; tries < 400 && holders(folder).length > 0; tries++) await sleep(50);
  const left = holders(folder);
  if (left.length > 0) {
    throw new AppError("unavailable", { message: `processes ${left.join(", ")} still hold the database in ${folder}` });
  }
  rmSync(join(folder, "postmaster.pid"), { force: true });
}
