import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  ATTEMPT_ACTIONS,
  ATTEMPT_EDGES,
  ATTEMPT_STATES,
  attemptDiagram,
  decideAttempt,
  isUnfinished,
} from "./payment-lifecycle.ts";

test("a capture wins over every state but a capture: failed is never final", () => {
  for (const state of ATTEMPT_STATES) {
    const decision = decideAttempt(state, "capture");
    if (state === "succeeded") assert.deepEqual(decision, { ok: false, reason: "already-paid" });
    else assert.deepEqual(decision, { ok: true, to: "succeeded" });
  }
});

test("nothing leads out of succeeded, and nothing but a capture leads out of failed", () => {
  for (const action of ATTEMPT_ACTIONS) {
    assert.equal(decideAttempt("succeeded", action).ok, false, action);
    if (action !== "capture") assert.deepEqual(decideAttempt("failed", action), { ok: false, reason: "already-over" });
  }
});

test("every unfinished attempt can end, and can become unknown or already is", () => {
  for (const state of ATTEMPT_STATES.filter(isUnfinished)) {
    for (const action of ["capture", "decline", "give-up", "expire"] as const)
      assert.equal(decideAttempt(state, action).ok, true);
    assert.equal(state === "verifying" || decideAttempt(state, "doubt").ok, true);
  }
});

test("no edge is written twice", () => {
  const keys = ATTEMPT_EDGES.map(({ from, action }) => `${from} ${action}`);
  assert.equal(new Set(keys).size, keys.length);
});

test("the diagram in docs is the table", () => {
  const file = new URL("../../../docs/lifecycles/payment-attempt.mmd", import.meta.url);
  assert.equal(readFileSync(file, "utf8"), attemptDiagram());
});
