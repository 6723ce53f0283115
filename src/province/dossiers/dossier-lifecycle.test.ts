import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { ActorKind, DossierState, FeeState } from "./dossier.ts";
import {
  ACTIONS,
  availableActions,
  DOSSIER_LIFECYCLE,
  decide,
  endingOf,
  fromNationalStatus,
  isOver,
  isPaused,
  resumableFrom,
  STATES,
  type Standing,
  toMermaid,
  toNationalStatus,
} from "./dossier-lifecycle.ts";

const ACTORS: readonly ActorKind[] = ["citizen", "officer", "system"];

/** Every circumstance a decision looks at. */
function* standings(): Generator<Standing> {
  for (const state of STATES) {
    const resumes: (DossierState | null)[] = isPaused(state) ? resumableFrom(state) : [null];
    for (const resumeState of resumes)
      for (const feeState of ["none", "due", "paid"] satisfies FeeState[])
        for (const resultId of [null, "r1"])
          for (const resultSigned of resultId ? [false, true] : [false])
            yield { state, resumeState, feeState, resultId, resultSigned };
  }
}

test("every state, action and actor has an answer: a state of the list or a reason", () => {
  let answers = 0;
  for (const standing of standings())
    for (const action of ACTIONS)
      for (const actor of ACTORS) {
        const decision = decide(standing, action, actor);
        if (decision.ok) assert.ok(STATES.includes(decision.to));
        else assert.ok(decision.reason.length > 0);
        answers += 1;
      }
  assert.ok(answers > 3_000);
});

test("only the edges of the table exist", () => {
  for (const standing of standings())
    for (const action of ACTIONS)
      for (const actor of ACTORS) {
        const declared = DOSSIER_LIFECYCLE.some(
          (row) =>
            row.action === action &&
            (row.from as readonly DossierState[]).includes(standing.state) &&
            (row.by as readonly ActorKind[]).includes(actor),
        );
        if (!declared) assert.equal(decide(standing, action, actor).ok, false, `${standing.state} ${action} ${actor}`);
      }
});

test("a dossier that is over goes nowhere; money that arrives late is still noted, and it is closed once", () => {
  for (const standing of standings()) {
    if (!isOver(standing.state)) continue;
    for (const actor of ACTORS) {
      const open = availableActions(standing, actor);
      const left = { system: ["mark-fee-paid"], officer: ["close"], citizen: [] }[actor];
      assert.deepEqual(open, left);
      assert.deepEqual(
        availableActions({ ...standing, closedAt: new Date() }, actor),
        left.filter((one) => one !== "close"),
      );
      for (const action of open)
        assert.deepEqual(decide(standing, action, actor), { ok: true, to: standing.state, resumeState: null });
    }
  }
});

test("every state but the draft can be reached, and every state but the ends can be left", () => {
  const reached = new Set<DossierState>();
  for (const standing of standings())
    for (const action of ACTIONS)
      for (const actor of ACTORS) {
        const decision = decide(standing, action, actor);
        if (decision.ok && decision.to !== standing.state) reached.add(decision.to);
      }
  assert.deepEqual([...reached].sort(), STATES.filter((state) => state !== "draft").sort());
});

test("a pause ends where it began, or as processing when it interrupted a received dossier", () => {
  assert.deepEqual(resumableFrom("supplement-requested"), ["filed", "processing"]);
  assert.deepEqual(resumableFrom("fee-due"), ["received", "processing", "result-ready"]);
  const asked: Standing = {
    state: "supplement-requested",
    resumeState: "filed",
    feeState: "none",
    resultId: null,
    resultSigned: false,
  };
  assert.deepEqual(decide(asked, "answer-supplement", "citizen"), { ok: true, to: "filed", resumeState: null });
});

test("a payment that arrives during a supplement does not lose the way back", () => {
  const asked: Standing = {
    state: "supplement-requested",
    resumeState: "filed",
    feeState: "due",
    resultId: null,
    resultSigned: false,
  };
  assert.deepEqual(decide(asked, "mark-fee-paid", "system"), {
    ok: true,
    to: "supplement-requested",
    resumeState: "filed",
  });
});

test("withdrawal and refusal are closed once the result is signed", () => {
  const signed: Standing = {
    state: "fee-due",
    resumeState: "result-ready",
    feeState: "due",
    resultId: "r1",
    resultSigned: true,
  };
  assert.deepEqual(decide(signed, "withdraw", "citizen"), { ok: false, reason: "result-decided" });
  assert.deepEqual(decide({ ...signed, state: "result-ready" }, "withdraw", "citizen"), {
    ok: false,
    reason: "wrong-state",
  });
  assert.deepEqual(decide({ ...signed, state: "processing" }, "refuse", "officer"), {
    ok: false,
    reason: "result-decided",
  });
});

test("a result is returned only signed and paid for", () => {
  const ready: Standing = {
    state: "result-ready",
    resumeState: null,
    feeState: "due",
    resultId: "r1",
    resultSigned: true,
  };
  assert.deepEqual(decide(ready, "return-result", "officer"), { ok: false, reason: "fee-unpaid" });
  assert.deepEqual(decide({ ...ready, feeState: "paid" }, "return-result", "officer"), {
    ok: true,
    to: "returned",
    resumeState: null,
  });
  assert.deepEqual(decide({ ...ready, resultSigned: false }, "return-result", "officer"), {
    ok: false,
    reason: "result-unsigned",
  });
});

test("a citizen can neither receive nor return, an officer cannot mark a fee paid", () => {
  const filed: Standing = { state: "filed", resumeState: null, feeState: "due", resultId: null, resultSigned: false };
  assert.deepEqual(decide(filed, "receive", "citizen"), { ok: false, reason: "wrong-actor" });
  assert.deepEqual(decide(filed, "mark-fee-paid", "officer"), { ok: false, reason: "wrong-actor" });
});

test("an action that ends a dossier says how it ended", () => {
  for (const row of DOSSIER_LIFECYCLE)
    assert.equal(endingOf(row.action) !== null, isOver(row.to as DossierState), row.action);
});

test("the national list 1–10 maps there and back; other codes are errors", () => {
  const codes = STATES.filter((state) => state !== "draft").map((state) => {
    const code = toNationalStatus(state);
    assert.equal(fromNationalStatus(code), state);
    return code;
  });
  assert.deepEqual(
    [...codes].sort((a, b) => a - b),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  );
  for (const code of [0, 11, -1, 1.5]) assert.throws(() => fromNationalStatus(code));
});

test("docs/lifecycles/dossier.mmd is the table as it is (UPDATE_DIAGRAMS=1 writes it anew)", () => {
  const file = join(import.meta.dirname, "../../../docs/lifecycles/dossier.mmd");
  if (process.env["UPDATE_DIAGRAMS"]) writeFileSync(file, toMermaid());
  assert.equal(readFileSync(file, "utf8"), toMermaid());
});
