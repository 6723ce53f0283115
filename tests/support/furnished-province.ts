/**
 * A province as `npm start` furnishes it, for tests that begin there: the catalogues of both demo provinces and their
 * officers. Made once as a template: publishing procedures and hashing passwords for every test took most of a run.
 */
import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { demoOfficers, demoSecrets } from "#kit/demo.ts";
import type { Database } from "#kit/db.ts";
import { seedCatalogue } from "#province/catalogue/index.ts";
import { seedOfficers } from "#province/officers/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import { type Furniture, type TestDatabase, withDatabase } from "./database.ts";

const root = join(import.meta.dirname, "../..");

/** Everything that the template is made from; a change of any makes a new one. */
const SOURCES = [
  "procedures/**/*.json",
  "provinces/**/*.json",
  "src/kit/demo*.ts",
  "src/province/{catalogue,officers,tenants}/*.ts",
];

let furniture: Furniture | undefined;

export function furnishedProvince(): Furniture {
  furniture ??= {
    name: fingerprint(),
    furnish: async (database) => {
      for (const code of ["tayninh", "kontum"]) {
        await seedCatalogue(database, code);
        await seedOfficers(database, findTenant(code), demoOfficers, demoSecrets.dataKeys.province);
      }
    },
  };
  return furniture;
}

function fingerprint(): string {
  const hash = createHash("sha256");
  for (const file of SOURCES.flatMap((pattern) => globSync(pattern, { cwd: root })).sort()) {
    if (!file.endsWith(".test.ts")) hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex").slice(0, 12);
}

/** Runs `work` with a fresh furnished province, which is dropped afterwards. */
export function withProvince<T>(work: (database: Database, place: TestDatabase) => Promise<T>): Promise<T> {
  return withDatabase("province", work, furnishedProvince());
}
