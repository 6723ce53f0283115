import { createHash } from "node:crypto";
import type { Database } from "#kit/db.ts";
import { findTenant } from "#province/tenants/index.ts";
import { publishCatalogue } from "./catalogue-store.ts";
import { listingOf } from "./listing.ts";
import { loadProcedures } from "./load-procedures.ts";

/**
 * Publishes the files of `provinces/<tenant>` and `procedures/` to the province's catalogue. Safe to repeat and to run in
 * several processes at once: what is there stays, a changed file becomes the procedure's next version. Returns the number
 * of new versions. Throws `DefinitionError` when a file has mistakes, before anything is written.
 */
export async function seedCatalogue(database: Database, tenantCode: string): Promise<number> {
  const tenant = findTenant(tenantCode);
  const procedures = loadProcedures().flatMap(({ definition, form }) => {
    const listing = listingOf(definition, tenant);
    if (listing.agencies.length === 0) return [];
    return [
      {
        definition,
        form,
        digest: createHash("sha256")
          .update(JSON.stringify([definition, form]))
          .digest("hex"),
        ...listing,
      },
    ];
  });
  return database.tx((db) => publishCatalogue(db, tenant.code, tenant.agencies, procedures));
}
