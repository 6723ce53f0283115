import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { registeredStatements } from "#kit/db.ts";
import { type Building, withAdmin, withDatabase } from "./support/database.ts";

const root = join(import.meta.dirname, "..");

/** Loads every file of SQL below a folder and answers the names of the statements that it brought. */
async function statementsOf(folder: string): Promise<Set<string>> {
  const files = globSync(`src/${folder}/**/*-{store,view}.ts`, { cwd: root }).sort();
  for (const file of files) await import(join(root, file));
  // A statement belongs to the building whose file holds its text: other tests of this process may have loaded it already.
  const { readFileSync } = await import("node:fs");
  const texts = files.map((file) => readFileSync(join(root, file), "utf8")).join("\n");
  return new Set(
    registeredStatements()
      .map((s) => s.name)
      .filter((name) => texts.includes(`"${name}"`)),
  );
}

for (const building of ["national", "province"] satisfies Building[]) {
  test(`every statement of the ${building} building fits the migrated schema`, async () => {
    const names = new Set([...(await statementsOf("kit")), ...(await statementsOf(building))]);
    const statements = registeredStatements().filter((s) => names.has(s.name));
    assert.ok(statements.length > 20, `only ${statements.length} statements found`);
    await withDatabase(building, async (_database, place) => {
      const wrong = await withAdmin(place, async (client) => {
        const problems: string[] = [];
        for (const [index, { name, text }] of statements.entries()) {
          try {
            await client.query(`prepare s${index} as ${text}`);
          } catch (error) {
            problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
          }
        }
        return problems;
      });
      assert.deepEqual(wrong, []);
    });
  });
}
