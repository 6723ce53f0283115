import pg from "pg";

/** The table of applied migrations. Plain statements: a migrating session runs once and shares nothing. */

const CREATE = `
  create table if not exists migration (
    name text primary key,
    sha256 text not null,
    applied_at timestamptz not null default clock_timestamp()
  )`;

/** Any two migrators of one database wait for each other on this number. */
const LOCK = 4_071_953;

export interface MigratingSession {
  /** name → sha256 of what has been applied. */
  applied(): Promise<Map<string, string>>;
  /** The file and the row that remembers it, in one transaction. */
  apply(name: string, sha256: string, sql: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a session as the migrator and takes the lock (waits for another migrator).
 * @param appRole role that `grant_app` of the migrations grants to.
 */
export async function openMigratingSession(url: string, appRole: string): Promise<MigratingSession> {
  const client = new pg.Client({ connectionString: url, application_name: "motcua-migrate" });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("select set_config('motcua.app_role', $1, false)", [appRole]);
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    await client.query("set client_min_messages = warning");
    await client.query(CREATE);
  } catch (error) {
    await client.end();
    throw error;
  }
  return {
    applied: async () => {
      const { rows } = await client.query<{ name: string; sha256: string }>("select name, sha256 from migration");
      return new Map(rows.map((row) => [row.name, row.sha256]));
    },
    apply: async (name, sha256, sql) => {
      await client.query("begin");
      try {
        await client.query(sql);
        await client.query("insert into migration (name, sha256) values ($1, $2)", [name, sha256]);
        await client.query("commit");
      } catch (error) {
        await client.query("rollback").catch(() => undefined);
        throw error;
      }
    },
    close: () => client.end(),
  };
}
