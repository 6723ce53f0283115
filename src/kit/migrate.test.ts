import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { pendingMigrations } from "./migrate.ts";

const file = (name: string, sha256: string) => ({ name, sha256, sql: "" });

describe("migrations", () => {
  it("runs what the database has not seen, in the order of the numbers", () => {
    const files = [file("0001-a.sql", "a"), file("0002-b.sql", "b"), file("0010-c.sql", "c")];
    assert.deepEqual(
      pendingMigrations(files, new Map([["0002-b.sql", "b"]])).map(({ name }) => name),
      ["0001-a.sql", "0010-c.sql"],
    );
  });

  it("refuses a file that changed after it was applied", () => {
    assert.throws(
      () => pendingMigrations([file("0001-a.sql", "new")], new Map([["0001-a.sql", "old"]])),
      /0001-a\.sql has changed/,
    );
  });

  it("refuses a database that is newer than the program", () => {
    assert.throws(() => pendingMigrations([], new Map([["0001-a.sql", "a"]])), /newer than the program/);
  });
});
