import { join } from "node:path";
import type { Config } from "../kit/config.ts";
import { migrate } from "../kit/migrate.ts";
import { APP_ROLES } from "../kit/postgres/index.ts";
import { type Command, EXIT, parseOptions } from "./command.ts";
import { withDatabases } from "./databases.ts";

export const command: Command = {
  help: `
Usage: motcua migrate [--json]

Applies the migrations that a database has not seen, in order, each in a transaction of its own. Works on the embedded
databases of this checkout, or on MIGRATE_URL_NATIONAL and MIGRATE_URL_PROVINCE (owner of the tables; the application's
role is the user of DATABASE_URL_…). Refuses when an applied migration has changed. Several at once wait for each other.

  --json   print { "national": [names], "province": [names] }
`,
  run: async (args) => {
    const { values } = parseOptions(args, { json: { type: "boolean" } });
    const done = await withDatabases(migrateAll);
    if (values.json) process.stdout.write(`${JSON.stringify(done)}\n`);
    else
      for (const [building, names] of Object.entries(done))
        process.stdout.write(`${building}: ${names.join(", ") || "up to date"}\n`);
    return EXIT.ok;
  },
};

/** Both buildings' databases. Answers the names of the migrations that were applied now. */
export async function migrateAll(config: Config): Promise<{ national: string[]; province: string[] }> {
  const one = (building: "national" | "province") =>
    migrate({
      url: config.databases[building].migrator,
      appRole: decodeURIComponent(new URL(config.databases[building].app).username) || APP_ROLES[building],
      folder: join(config.packageDir, "migrations", building),
    });
  const [national, province] = await Promise.all([one("national"), one("province")]);
  return { national, province };
}
