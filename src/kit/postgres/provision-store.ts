import pg from "pg";
import type { ClusterSecrets } from "./cluster.ts";

/**
 * Roles and databases of an embedded cluster. Production creates the same ones by hand (docs/operations): the migrator
 * owns the tables, the application's roles own nothing and cannot bypass row-level security.
 */

export const MIGRATOR = "motcua_migrator";
export const APP_ROLES = { national: "motcua_national_app", province: "motcua_province_app" } as const;
export const DATABASES = { national: "motcua_national", province: "motcua_province" } as const;

const ROLE = "login nosuperuser nocreatedb nocreaterole nobypassrls noreplication";

/** Makes what is missing; safe to repeat. Names and passwords are our own constants and base64url, so quoting is simple. */
export async function provision(adminUrl: string, secrets: ClusterSecrets): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const roles = new Set(
      (await client.query<{ rolname: string }>("select rolname from pg_roles")).rows.map((row) => row.rolname),
    );
    const wanted = [
      [MIGRATOR, secrets.migrator],
      [APP_ROLES.national, secrets.national],
      [APP_ROLES.province, secrets.province],
    ] as const;
    for (const [role, password] of wanted) {
      if (!roles.has(role)) await client.query(`create role ${role} ${ROLE} password '${password}'`);
    }
    const databases = new Set(
      (await client.query<{ datname: string }>("select datname from pg_database")).rows.map((row) => row.datname),
    );
    for (const building of ["national", "province"] as const) {
      const database = DATABASES[building];
      if (!databases.has(database)) {
        await client.query(`create database ${database} owner ${MIGRATOR}`);
        await client.query(`revoke all on database ${database} from public`);
      }
      // Paying on what was collected gathers its lines in a temporary table.
      await client.query(`grant connect, temporary on database ${database} to ${APP_ROLES[building]}`);
    }
  } finally {
    await client.end();
  }
}
