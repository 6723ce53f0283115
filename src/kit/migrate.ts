import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "./errors.ts";
import { openMigratingSession } from "./migrate-store.ts";

/**
 * Numbered, forward-only SQL: `migrations/<building>/NNNN-name.sql`, each in a transaction of its own, under one lock. An
 * applied file never changes again; the database remembers its hash and a changed one is refused.
 */

export interface MigrationFile {
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

const NAME = /^\d{4}-[a-z0-9-]+\.sql$/;

/** The migrations of a folder in their order. */
export function readMigrations(folder: string): MigrationFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => {
      if (!NAME.test(name))
        throw new AppError("invalid", { message: `${join(folder, name)} is not named NNNN-name.sql` });
      const sql = readFileSync(join(folder, name), "utf8");
      return { name, sql, sha256: createHash("sha256").update(sql).digest("hex") };
    });
}

/**
 * What is still to do, or why nothing may be done.
 * @throws AppError conflict when an applied file has changed or is gone (the database is newer than the program).
 */
export function pendingMigrations(
  files: readonly MigrationFile[],
  applied: ReadonlyMap<string, string>,
): MigrationFile[] {
  const known = new Map(files.map((file) => [file.name, file]));
  for (const [name, sha256] of applied) {
    const file = known.get(name);
    if (!file)
      throw new AppError("conflict", {
        message: `${name} has been applied but is not in this version: the database is newer than the program`,
      });
    if (file.sha256 !== sha256) {
      throw new AppError("conflict", {
        message: `${name} has changed since it was applied: put the change into a new migration`,
      });
    }
  }
  return files.filter((file) => !applied.has(file.name));
}

/**
 * Brings a database up to date and returns the names of the migrations applied now.
 * @throws AppError conflict (see `pendingMigrations`), or invalid naming the file whose SQL failed.
 */
export async function migrate(options: { url: string; appRole: string; folder: string }): Promise<string[]> {
  const session = await openMigratingSession(options.url, options.appRole);
  try {
    const pending = pendingMigrations(readMigrations(options.folder), await session.applied());
    for (const file of pending) {
      try {
        await session.apply(file.name, file.sha256, file.sql);
      } catch (error) {
        throw new AppError("invalid", {
          message: `${join(options.folder, file.name)}: ${(error as Error).message}`,
          cause: error,
        });
      }
    }
    return pending.map((file) => file.name);
  } finally {
    await session.close();
  }
}
