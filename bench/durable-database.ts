import { join } from "node:path";
import pg from "pg";
import { freePort } from "#tests/support/ports.ts";
import { migrate } from "#kit/migrate.ts";
import { APP_ROLES, DATABASES, startEmbedded } from "#kit/postgres/index.ts";

/** A fresh migrated database on an embedded server with its durable settings, as `motcua start` runs it. */

const root = join(import.meta.dirname, "..");

export interface DurableDatabase {
  readonly appUrl: string;
  /** As superuser, for preparing rows. */
  admin<T>(work: (client: pg.Client) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function durableDatabase(building: "national" | "province"): Promise<DurableDatabase> {
  const server = await startEmbedded({ dataFolder: join(root, ".motcua/bench"), port: await freePort() });
  const name = DATABASES[building];
  const run = async <T>(database: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client({ connectionString: server.adminUrl(database) });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };
  await run("postgres", async (client) => {
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name} owner motcua_migrator`);
  });
  await migrate({
    url: server[building].migrator,
    appRole: APP_ROLES[building],
    folder: join(root, "migrations", building),
  });
  return { appUrl: server[building].app, admin: (work) => run(name, work), close: () => server.stop() };
}
