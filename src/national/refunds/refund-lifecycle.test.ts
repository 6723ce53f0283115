import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isRefundOver, REFUND_EDGES, refundDiagram } from "./refund-lifecycle.ts";

test("a refund that is over goes nowhere", () => {
  assert.deepEqual(
    REFUND_EDGES.filter((edge) => isRefundOver(edge.from)),
    [],
  );
});

test("the diagram in docs is the table", () => {
  const file = new URL("../../../docs/lifecycles/refund.mmd", import.meta.url);
  assert.equal(readFileSync(file, "utf8"), refundDiagram());
});
