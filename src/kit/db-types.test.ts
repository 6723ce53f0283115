import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import pg from "pg";
import { parseInstant } from "./db-types.ts";

const theirs = pg.types.getTypeParser(1184, "text") as (text: string) => unknown;

test("an instant of the database is read as the driver reads it, whatever zone it is written in", () => {
  const zone = fc.constantFrom("+00", "+07", "-05", "+05:30", "+07:06:40");
  const fraction = fc.constantFrom("", ".1", ".12", ".123", ".000001", ".123456", ".999999");
  const day = fc.date({ min: new Date("0100-01-01"), max: new Date("9999-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(day, fraction, zone, (date, part, offset) => {
      const text = `${date.toISOString().slice(0, 19).replace("T", " ")}${part}${offset}`;
      assert.deepEqual(parseInstant(text), theirs(text));
    }),
  );
  for (const rare of ["infinity", "-infinity", "0044-03-15 12:00:00+00 BC", "10000-01-01 00:00:00+00"])
    assert.deepEqual(parseInstant(rare), theirs(rare), rare);
});
