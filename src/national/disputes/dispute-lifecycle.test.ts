import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  decideDispute,
  DISPUTE_ACTIONS,
  DISPUTE_EDGES,
  DISPUTE_STATES,
  disputeDiagram,
  isDisputeOver,
} from "./dispute-lifecycle.ts";

test("a dispute that is over goes nowhere, and one that is not can be answered and ended", () => {
  for (const state of DISPUTE_STATES) {
    for (const action of DISPUTE_ACTIONS) {
      const decision = decideDispute(state, action);
      assert.equal(decision.ok, !isDisputeOver(state), `${state} + ${action}`);
      if (decision.ok) assert.ok(DISPUTE_EDGES.some((edge) => edge.from === state && edge.to === decision.to));
    }
  }
});

test("the diagram in docs is the table", () => {
  const file = new URL("../../../docs/lifecycles/dispute.mmd", import.meta.url);
  assert.equal(readFileSync(file, "utf8"), disputeDiagram());
});
