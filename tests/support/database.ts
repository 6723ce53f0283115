import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { type Database, openDatabase } from "#kit/db.ts";
import { migrate, readMigrations } from "#kit/migrate.ts";
import { APP_ROLES, type EmbeddedPostgres, joinEmbedded, MIGRATOR } from "#kit/postgres/index.ts";
import { KEEPER_READY } from "./keeper-ready.ts";

/**
 * Real PostgreSQL for tests: one throw-away cluster under `.motcua/test`, one migrated template per building and set of
 * migrations, one clone per test. The next clone is made while a test still works with the last one.
 */

export type Building = "national" | "province";

/** What a clone holds besides the migrated tables; see furnished-province.ts. */
export interface Furniture {
  /** Part of the template's name; holds a hash of whatever goes in. */
  readonly name: string;
  furnish(database: Database): Promise<void>;
}

const root = join(import.meta.dirname, "../..");
const dataFolder = join(root, ".motcua/test");

let cluster: Promise<EmbeddedPostgres> | undefined;

/** The cluster of this checkout's tests; a keeper process owns it, so that test processes may come and go. */
function testCluster(): Promise<EmbeddedPostgres> {
  cluster ??= (async () => {
    mkdirSync(dataFolder, { recursive: true });
    for (let tries = 0; tries < 200; tries++) {
      const running = joinEmbedded({ dataFolder });
      if (running && (await holdOn(running))) return running;
      await startKeeper();
    }
    throw new Error(`the test cluster in ${dataFolder} does not start; see postgres.log there`);
  })();
  return cluster;
}

/**
 * One connection for as long as this process lives: the keeper leaves when nobody is connected for a while, and a run
 * has long stretches of tests that need no database. It must not keep the process alive by itself.
 *
 * The server answers before its keeper has thrown out what earlier runs left: whoever made a template in that moment had
 * it dropped under the hands. So only a keeper that says it is ready counts; and asking after connecting, not before,
 * is what keeps it from leaving in between.
 */
async function holdOn(server: EmbeddedPostgres): Promise<boolean> {
  const holder = new pg.Client({ connectionString: server.adminUrl("postgres"), application_name: "test-holder" });
  holder.on("error", () => {
    cluster = undefined;
  });
  try {
    await holder.connect();
    const ready = await holder.query("select from pg_stat_activity where application_name = $1", [KEEPER_READY]);
    if (!ready.rowCount) {
      await holder.end();
      return false;
    }
  } catch {
    return false;
  }
  (holder as unknown as { connection: { stream: { unref(): void } } }).connection.stream.unref();
  return true;
}

/** Resolves when the keeper is ready or has given up (another one was quicker). */
async function startKeeper(): Promise<void> {
  const keeper = spawn(process.execPath, [join(import.meta.dirname, "postgres-keeper.ts")], {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    detached: true,
  });
  await new Promise<void>((resolve) => {
    keeper.once("message", () => resolve());
    keeper.once("exit", () => setTimeout(resolve, 300));
  });
  keeper.unref();
}

async function asAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const templates = new Map<string, Promise<string>>();

/** Name of a migrated database that nobody is connected to. Its name holds the migrations' hash, so it is never stale. */
function template(server: EmbeddedPostgres, building: Building, furniture?: Furniture): Promise<string> {
  const key = `${building}_${furniture?.name ?? ""}`;
  const made = templates.get(key) ?? makeTemplate(server, building, furniture);
  templates.set(key, made);
  // What failed once is tried again by whoever needs it next.
  made.catch(() => templates.delete(key));
  return made;
}

async function makeTemplate(server: EmbeddedPostgres, building: Building, furniture?: Furniture): Promise<string> {
  const folder = join(root, "migrations", building);
  const hash = createHash("sha256")
    .update(
      readMigrations(folder)
        .map((file) => file.name + file.sha256)
        .join(),
    )
    .update(furniture?.name ?? "")
    .digest("hex")
    .slice(0, 12);
  const name = `template_${building}_${hash}`;
  const bare = furniture ? await template(server, building) : undefined;
  await asAdmin(server.adminUrl("postgres"), async (client) => {
    await client.query("select pg_advisory_lock($1)", [bare ? 8 : 7]); // other test processes make the same template
    const known = await client.query("select from pg_database where datname = $1 and datistemplate", [name]);
    if (known.rowCount) return;
    await client.query(`drop database if exists ${name} with (force)`);
    await copy(client, `create database ${name} ${bare ? `template ${bare}` : ""} owner ${MIGRATOR}`);
    const url = new URL(server[building].migrator);
    url.pathname = name;
    if (!furniture) await migrate({ url: url.href, appRole: APP_ROLES[building], folder });
    else {
      const app = new URL(server[building].app);
      app.pathname = name;
      const database = openDatabase({ url: app.href, role: "furnish", max: 4 });
      await furniture.furnish(database).finally(() => database.close());
    }
    await client.query(`alter database ${name} is_template true`);
  });
  return name;
}

export interface TestDatabase {
  readonly name: string;
  /** As the application: row-level security binds it. */
  readonly appUrl: string;
  /** As the owner of the tables. */
  readonly migratorUrl: string;
  /** As superuser: for looking from outside (and for tampering). */
  readonly adminUrl: string;
  drop(): Promise<void>;
}

let serial = 0;
/** Clones made ahead, one of a kind; those that are left when the process ends are dropped by the next keeper. */
const ahead = new Map<string, Promise<TestDatabase>>();

/** A fresh migrated database, for tests that need addresses rather than a connection. */
export async function cloneDatabase(building: Building, furniture?: Furniture): Promise<TestDatabase> {
  const key = `${building}_${furniture?.name ?? ""}`;
  const waiting = ahead.get(key);
  ahead.delete(key);
  const clone = await (waiting ?? makeClone(building, furniture));
  // Only who has asked twice will ask again: most files need one kind, once.
  if (asked.has(key)) {
    const next = makeClone(building, furniture);
    // Whoever takes it hears of the failure; until then it must not end the process.
    next.catch(() => undefined);
    ahead.set(key, next);
  }
  asked.add(key);
  return clone;
}

const asked = new Set<string>();

const STILL_IN_USE = "55006"; // object_in_use
const COPY_TRIES = 5;

/** Whoever was connected to the template last may still be leaving: the server waits 5 s for them, we a little longer. */
async function copy(client: pg.Client, sql: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await client.query(sql);
      return;
    } catch (error) {
      if (tries === COPY_TRIES || !(error instanceof pg.DatabaseError) || error.code !== STILL_IN_USE) throw error;
    }
  }
}

async function makeClone(building: Building, furniture?: Furniture): Promise<TestDatabase> {
  const server = await testCluster();
  const from = await template(server, building, furniture);
  const name = `test_${building}_${process.pid}_${++serial}`;
  await asAdmin(server.adminUrl("postgres"), async (client) => {
    await client.query(`drop database if exists ${name} with (force)`);
    await copy(client, `create database ${name} template ${from} owner ${MIGRATOR} strategy wal_log`);
  });
  const at = (url: string) => {
    const address = new URL(url);
    address.pathname = name;
    return address.href;
  };
  return {
    name,
    appUrl: at(server[building].app),
    migratorUrl: at(server[building].migrator),
    adminUrl: server.adminUrl(name),
    drop: () =>
      asAdmin(server.adminUrl("postgres"), (client) =>
        client.query(`drop database if exists ${name} with (force)`),
      ).then(() => undefined),
  };
}

/** Runs `work` with the application's connection to a fresh migrated clone, which is dropped afterwards. */
export async function withDatabase<T>(
  building: Building,
  work: (database: Database, place: TestDatabase) => Promise<T>,
  furniture?: Furniture,
): Promise<T> {
  const place = await cloneDatabase(building, furniture);
  const database = openDatabase({ url: place.appUrl, role: "test", max: 8 });
  try {
    return await work(database, place);
  } finally {
    await database.close();
    await place.drop();
  }
}

/** Same, as the superuser of the clone: to look at what the application may not see, and to tamper. */
export function withAdmin<T>(place: TestDatabase, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return asAdmin(place.adminUrl, work);
}
