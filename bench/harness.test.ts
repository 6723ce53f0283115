import assert from "node:assert/strict";
import { test } from "node:test";
import { compete, median, table } from "./harness.ts";

test("the median of an even number of values is the middle between the two in the middle", () => {
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.equal(median([9, 1, 5]), 5);
});

test("workload and limit take turns, the first round does not count, and the ratio is the median of the rounds", async () => {
  const order: string[] = [];
  const rates = { limit: [1, 100, 200, 400], workload: [1, 50, 50, 50] };
  const side = (name: "limit" | "workload") => async () => {
    order.push(name);
    return rates[name].shift() ?? 0;
  };
  let closed = false;
  const close = async (): Promise<void> => {
    closed = true;
  };
  const result = await compete(
    { name: "x", unit: "calls", limitName: "y", limit: side("limit"), workload: side("workload"), close },
    3,
    () => undefined,
  );
  assert.deepEqual(order.slice(0, 4), ["limit", "workload", "workload", "limit"]);
  assert.deepEqual(
    result.rounds.map(({ ratio }) => ratio),
    [0.5, 0.25, 0.125],
  );
  assert.equal(result.ratio, 0.25);
  assert.equal(closed, true);
  assert.match(table([result]), /^x +50 calls\/s +200 calls\/s +0\.25 +y$/m);
});
