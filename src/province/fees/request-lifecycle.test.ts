import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isWorthAsking } from "./ask-hub-schedule.ts";
import { REQUEST_ACTIONS, REQUEST_EDGES, REQUEST_STATES, requestAfter, requestDiagram } from "./request-lifecycle.ts";

test("a success settles a request in every state, and nothing leads out of paid", () => {
  for (const state of REQUEST_STATES) assert.equal(requestAfter(state, "settle"), "paid", state);
  for (const action of REQUEST_ACTIONS) assert.equal(requestAfter("paid", action), "paid", action);
});

test("a closed request is never opened again: a new one has a new reference", () => {
  for (const action of REQUEST_ACTIONS.filter((one) => one !== "settle"))
    assert.equal(requestAfter("closed", action), "closed");
});

test("saying the same thing twice changes nothing the second time", () => {
  for (const { from, action, to } of REQUEST_EDGES) assert.equal(requestAfter(to, action), to, `${from} ${action}`);
});

test("a look at the page asks the hub while it is undecided, and soon after the payer went there", () => {
  const createdAt = new Date("2026-03-10T02:00:00Z");
  const later = (minutes: number) => new Date(createdAt.getTime() + minutes * 60_000);
  assert.ok(isWorthAsking({ state: "open", createdAt }, later(1)));
  assert.ok(!isWorthAsking({ state: "open", createdAt }, later(16)));
  assert.ok(isWorthAsking({ state: "verifying", createdAt }, later(600)));
  assert.ok(
    !isWorthAsking({ state: "initiated", createdAt }, later(1)) &&
      !isWorthAsking({ state: "paid", createdAt }, later(1)),
  );
});

test("the diagram in docs is the table", () => {
  const file = new URL("../../../docs/lifecycles/payment-request.mmd", import.meta.url);
  assert.equal(readFileSync(file, "utf8"), requestDiagram());
});
