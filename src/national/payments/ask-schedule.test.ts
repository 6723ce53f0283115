import assert from "node:assert/strict";
import { test } from "node:test";
import { firstAskAt, nextAskAt, nextLookAt } from "./ask-schedule.ts";

const start = new Date("2020-07-22T01:19:49Z");
const seconds = (from: Date, to: Date | undefined) => to && (to.getTime() - from.getTime()) / 1_000;
const plus = (s: number) => new Date(start.getTime() + s * 1_000);

test("an unfinished attempt is asked about after 15 s, then at growing distances that never pass 45 s", () => {
  assert.equal(seconds(start, firstAskAt(start)), 15);
  const gaps = Array.from({ length: 12 }, (_, asked) => seconds(start, nextAskAt(start, asked + 1, plus(900))));
  assert.deepEqual(gaps.slice(0, 5), [15, 15, 30, 45, 45]);
  assert.equal(Math.max(...gaps.map(Number)), 45);
});

test("an attempt that stays unknown is asked about for three days, then by hand", () => {
  assert.equal(seconds(plus(900 + 3_000), nextAskAt(plus(900 + 3_000), 50, plus(900))), 45);
  assert.equal(seconds(plus(900 + 7_200), nextAskAt(plus(900 + 7_200), 90, plus(900))), 900);
  assert.equal(nextAskAt(plus(900 + 4 * 86_400), 400, plus(900)), undefined);
});

test("a failed attempt is looked at again after 5 minutes, an hour and a day", () => {
  assert.equal(seconds(start, nextLookAt(start, start)), 300);
  assert.equal(seconds(start, nextLookAt(plus(300), start)), 3_600);
  assert.equal(seconds(start, nextLookAt(plus(3_600), start)), 86_400);
  assert.equal(nextLookAt(plus(86_401), start), undefined);
});
