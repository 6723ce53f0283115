import { type Config, loadConfig } from "../kit/config.ts";
import { type EmbeddedPostgres, joinEmbedded, startEmbedded } from "../kit/postgres/index.ts";

/** The databases that a command works on: those of the environment, else the embedded ones of this checkout. */

/** True when the environment names the databases, so that no embedded PostgreSQL is wanted. */
export function hasOwnDatabases(env: NodeJS.ProcessEnv = process.env): boolean {
  const given = ["DATABASE_URL_NATIONAL", "DATABASE_URL_PROVINCE"].filter((name) => env[name]);
  return given.length > 0 || env["MOTCUA_MODE"] === "production";
}

/** Environment of a process that uses the embedded databases; the migrator's addresses only where they are needed. */
export function embeddedEnvironment(postgres: EmbeddedPostgres, withMigrator: boolean): Record<string, string> {
  return {
    DATABASE_URL_NATIONAL: postgres.national.app,
    DATABASE_URL_PROVINCE: postgres.province.app,
    ...(withMigrator && {
      MIGRATE_URL_NATIONAL: postgres.national.migrator,
      MIGRATE_URL_PROVINCE: postgres.province.migrator,
    }),
  };
}

/** Runs `work` with databases that answer; an embedded server that nobody runs is started for it and stopped after. */
export async function withDatabases<T>(work: (config: Config) => Promise<T>): Promise<T> {
  if (hasOwnDatabases()) return await work(loadConfig());
  const { dataDir: dataFolder, port } = loadConfig();
  const running = joinEmbedded({ dataFolder });
  const postgres = running ?? (await startEmbedded({ dataFolder, port: port + 9 }));
  try {
    return await work(loadConfig({ ...process.env, ...embeddedEnvironment(postgres, true) }));
  } finally {
    await postgres.stop();
  }
}
