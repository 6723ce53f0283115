import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { statement } from "#kit/db.ts";
import { withAdmin, withDatabase } from "./database.ts";

const whoAmI = statement<{ name: string; superuser: boolean; bypass: boolean }>(
  "test.who-am-i",
  "select rolname as name, rolsuper as superuser, rolbypassrls as bypass from pg_roles where rolname = current_user",
);

describe("the application's database role", () => {
  for (const building of ["national", "province"] as const) {
    it(`of the ${building} building owns nothing and cannot bypass row-level security`, async () => {
      await withDatabase(building, async (database, place) => {
        const role = await database.one(whoAmI, []);
        assert.deepEqual(role, { name: `motcua_${building}_app`, superuser: false, bypass: false });
        await withAdmin(place, async (admin) => {
          const owned = await admin.query(
            "select relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = $1",
            [role.name],
          );
          assert.deepEqual(owned.rows, []);
          const open = await admin.query(
            "select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where nspname = 'public' and relkind in ('r', 'p') " +
              "and exists (select from pg_policy p where p.polrelid = c.oid) and not (relrowsecurity and relforcerowsecurity)",
          );
          assert.deepEqual(open.rows, []);
        });
      });
    });
  }
});
