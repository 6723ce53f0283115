import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { SupplementRound } from "#province/dossiers/index.ts";
import type { FormDefinition } from "#province/forms/index.ts";
import { supplementChanges } from "./supplement-changes.ts";

const item = (id: string, vi: string) => ({ id, type: "text", label: { vi, en: vi } });
const form = {
  pages: [{ sections: [{ items: [item("ten", "Họ tên"), item("noiSinh", "Nơi sinh")] }] }],
} as unknown as FormDefinition;
const round = (number: number, displaced: SupplementRound["displaced"], answered = true) =>
  ({ round: number, displaced, items: [], answeredAt: answered ? new Date() : null }) as unknown as SupplementRound;

describe("what the citizen changed", () => {
  test("is shown as before and after, also when a later round changed it again", () => {
    const rounds = [round(1, { ten: "Gia Hân" }), round(2, { ten: "Gia Hâm", noiSinh: null })];
    const answers = { ten: "Gia Hân A", noiSinh: "Bến Cầu" };
    const changes = supplementChanges({ form, rounds, answers, history: [] }, "vi");
    assert.deepEqual(changes.get(1)?.fields, [{ label: "Họ tên", before: "Gia Hân", after: "Gia Hâm" }]);
    assert.deepEqual(changes.get(2)?.fields, [
      { label: "Họ tên", before: "Gia Hâm", after: "Gia Hân A" },
      { label: "Nơi sinh", before: "", after: "Bến Cầu" },
    ]);
  });

  test("names the files that came and went, and says nothing of a round that waits", () => {
    const history = [
      {
        action: "answer-supplement",
        detail: {
          round: 1,
          files: [
            { id: "f1", component: "GCS", change: "removed" },
            { id: "f2", component: "GCS", change: "added" },
          ],
        },
      },
    ];
    const changes = supplementChanges(
      { form, rounds: [round(1, {}), round(2, {}, false)], answers: {}, history },
      "vi",
    );
    assert.deepEqual(
      changes.get(1)?.files.map(({ fileId, change }) => [fileId, change]),
      [
        ["f1", "removed"],
        ["f2", "added"],
      ],
    );
    assert.equal(changes.has(2), false);
  });

  test("of a table of rows only that it changed", () => {
    const changes = supplementChanges(
      { form, rounds: [round(1, { rows: [] })], answers: { rows: [1] }, history: [] },
      "vi",
    );
    assert.deepEqual(changes.get(1)?.fields, [{ label: "rows", before: undefined, after: undefined }]);
  });
});
