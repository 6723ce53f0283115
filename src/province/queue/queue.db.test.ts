import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { deskExample } from "#province/handling/desk-example.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { queueRoutes } from "./index.ts";
import { callNext, takeNumber } from "./queue-store.ts";

const origin = "http://localhost:8083";
const clock = { now: () => new Date("2026-11-20T02:00:00Z") };

describe("the queue of the hall", () => {
  test("numbers run from 1 a day and unit, are called once to one window, and stand on the public board", () =>
    withProvince(async (database) => {
      const desk = await deskExample(database, { clock });
      queueRoutes(desk.site, { ...desk.handling, clock });
      const cookie = await desk.signIn("tiepnhan.tayninh");
      const post = (values: Record<string, string>) =>
        desk.site.inject({
          method: "POST",
          url: "/quay/so-thu-tu",
          headers: { cookie, origin, "content-type": "application/x-www-form-urlencoded" },
          payload: new URLSearchParams({ agency: "so-nnptnt", ...values }).toString(),
        });
      const board = async () => (await desk.site.inject({ url: "/so-thu-tu/so-nnptnt/hien-tai" })).json();

      assert.equal((await board()).number, "");
      for (const action of ["take-file", "take-collect", "take-ask"])
        assert.equal((await post({ action })).statusCode, 303);
      assert.equal((await post({ action: "call", window: "" })).statusCode, 422);
      await post({ action: "call", window: "3" });
      const first = await board();
      assert.deepEqual([first.number, first.spoken, first.mark], ["1", "Mời số 1, đến quầy số 3", "1.1"]);
      await post({ action: "again" });
      assert.equal((await board()).mark, "1.2");
      await post({ action: "missed" });
      await post({ action: "call", window: "3" });
      const second = await board();
      assert.deepEqual([second.number, second.before], ["2", [{ number: "1", at: "quầy 3" }]]);

      // Two windows at the same moment: one number, one window; the other hears that nobody is left.
      const db = database.forTenant("tayninh");
      const call = (officer: string) =>
        callNext(db, { agency: "so-nnptnt", day: "2026-11-20", officer, window: officer, at: clock.now() });
      const [left, right] = await Promise.all([call("a"), call("b")]);
      assert.deepEqual([left?.number, right?.number].filter(Boolean), [3]);
      // Another day and another unit begin again.
      const taken = async (agency: string, day: string) =>
        (await takeNumber(db, { agency, day, service: "file", at: clock.now() })).number;
      assert.deepEqual([await taken("so-nnptnt", "2026-11-23"), await taken("so-tuphap", "2026-11-20")], [1, 1]);
      // The wall shows numbers, nobody's name; a number called after a call is never the caller's second one.
      const wall = await desk.site.inject({ url: "/so-thu-tu/so-nnptnt" });
      assert.equal(wall.statusCode, 200);
      assert.equal(wall.headers["refresh"], "30");
    }));
});
