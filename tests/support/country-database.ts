import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { ADMIN } from "../../src/kit/postgres/cluster.ts";
import { DATABASES } from "../../src/kit/postgres/provision-store.ts";
import { PORT_OFFSETS } from "../../src/kit/demo.ts";
import type { Country } from "./country.ts";

/**
 * The rows of a running country, as its database administrator sees them: to look behind the pages, and to let time pass
 * (codes and sessions that have run out).
 */
export async function rowsOf<Row extends object>(
  country: Country,
  building: keyof typeof DATABASES,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const { admin } = JSON.parse(readFileSync(join(country.dataDir, "pg-passwords.json"), "utf8")) as { admin: string };
  const client = new pg.Client({
    host: "127.0.0.1",
    port: country.port + PORT_OFFSETS.database,
    user: ADMIN,
    password: admin,
    database: DATABASES[building],
  });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
