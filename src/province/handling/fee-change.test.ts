import assert from "node:assert/strict";
import { test } from "node:test";
import { feeChange } from "./fee-change.ts";

type View = Parameters<typeof feeChange>[0];

const rule = {
  code: "copy",
  kind: "fee",
  name: { vi: "Phí", en: "Fee" },
  amount: { type: "per_unit", amount: 5_000, quantityItem: "copies", unit: { vi: "bản", en: "copy" } },
  validFrom: "2017-01-01",
  validTo: null,
  basis: "Thông tư",
  collect: "on-filing",
};
const view = (more: Partial<View["dossier"]>, displaced: object, answeredAt: Date | null = new Date(0)): View =>
  ({
    dossier: {
      answers: { copies: 20 },
      channel: "provincial-portal",
      filedAt: new Date("2026-03-02T02:00:00Z"),
      state: "processing",
      ...more,
    },
    procedure: { fees: [rule] },
    supplements: [{ round: 1, displaced, answeredAt }],
  }) as unknown as View;

test("more copies after a supplement than when it was filed: the officer reads both sums", () => {
  assert.deepEqual(feeChange(view({}, { copies: 2 }), {}), { before: 10_000, now: 100_000 });
});

test("nothing is said when the sum is the same, while an answer is waited for, and once the dossier is over", () => {
  assert.equal(feeChange(view({}, { name: "A" }), {}), undefined);
  assert.equal(feeChange(view({}, {}, null), {}), undefined);
  assert.equal(feeChange(view({ state: "returned" }, { copies: 2 }), {}), undefined);
});
