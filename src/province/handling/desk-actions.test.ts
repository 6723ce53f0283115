import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Dossier } from "#province/dossiers/index.ts";
import { deskActions } from "./desk-actions.ts";

const dossier = (change: Partial<Dossier>): Dossier =>
  ({ state: "filed", resumeState: null, feeState: "none", resultId: null, resultSigned: false, ...change }) as Dossier;
const papers = { uncopied: 1 };
const clerk = { role: "one-stop", maySign: false } as const;
const specialist = { role: "specialist", maySign: false } as const;
const leader = { role: "leader", maySign: true } as const;

describe("the action bar", () => {
  test("of a filed dossier lets the one-stop unit receive, sign copies, ask for more or decline, and nobody else receive", () => {
    assert.deepEqual(deskActions(dossier({}), clerk, papers), [
      "receive",
      "sign-copies",
      "request-supplement",
      "decline",
      "note",
    ]);
    assert.ok(!deskActions(dossier({}), specialist, papers).includes("receive"));
  });

  test("offers signing copies only while there is a paper to sign", () => {
    assert.ok(!deskActions(dossier({}), clerk, { uncopied: 0 }).includes("sign-copies"));
    assert.ok(!deskActions(dossier({ state: "returned" }), clerk, papers).includes("sign-copies"));
  });

  test("of the whole of a linked filing has a note and nothing else: its parts are handled", () => {
    assert.deepEqual(deskActions(dossier({ id: "w", linkedWhole: "w" }), clerk, papers), ["note"]);
    assert.ok(deskActions(dossier({ id: "p", linkedWhole: "w" }), clerk, papers).includes("sign-copies"));
  });

  test("offers signing the result to a leader once there is one, and returning it once it is signed", () => {
    const processing = { state: "processing" } as const;
    assert.ok(!deskActions(dossier(processing), leader, papers).includes("sign-result"));
    const drafted = dossier({ ...processing, resultId: "r" });
    assert.equal(deskActions(drafted, leader, papers)[0], "sign-result");
    assert.ok(!deskActions(drafted, specialist, papers).includes("sign-result"));
    const ready = dossier({ state: "result-ready", resultId: "r", resultSigned: true });
    assert.equal(deskActions(ready, clerk, papers)[0], "return-result");
    assert.ok(!deskActions({ ...ready, feeState: "due" }, clerk, papers).includes("return-result"));
  });

  test("has nothing but closing when a dossier is over, and nothing once it is closed", () => {
    for (const state of ["returned", "declined", "stopped", "withdrawn"] as const) {
      assert.deepEqual(deskActions(dossier({ state }), clerk, papers), ["close"]);
      assert.deepEqual(deskActions(dossier({ state, closedAt: new Date() }), clerk, papers), []);
    }
  });
});
