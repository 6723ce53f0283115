import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { instruct, type Instructions, KINDS_AT, readInstruction, take } from "./behaviour.ts";

const none: Instructions = [];

describe("behaviours of the stand-ins", () => {
  test("an instruction for the next payment is used once, oldest first, then the lasting one counts again", () => {
    let now = instruct(none, { standIn: "momo", scope: "always", behaviour: { kind: "decline", code: "1001" } });
    now = instruct(now, { standIn: "momo", scope: "next", behaviour: { kind: "decline", code: "1006" } });
    now = instruct(now, { standIn: "momo", scope: "next", behaviour: { kind: "decline", code: "99" } });
    const codes: string[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      const taken = take(now, "momo", KINDS_AT.outcome);
      now = taken.left;
      codes.push(taken.behaviour?.kind === "decline" ? taken.behaviour.code : "none");
    }
    assert.deepEqual(codes, ["1006", "99", "1001", "1001"]);
  });

  test("an instruction bites only its own stand-in and its own point", () => {
    const now = instruct(none, { standIn: "vnpay", scope: "next", behaviour: { kind: "callback-dropped" } });
    assert.equal(take(now, "momo", KINDS_AT.callback).behaviour, undefined);
    assert.equal(take(now, "vnpay", KINDS_AT.call).behaviour, undefined);
    assert.equal(take(now, "vnpay", KINDS_AT.callback).behaviour?.kind, "callback-dropped");
  });

  test("a lasting instruction replaces the one before at the same point", () => {
    let now = instruct(none, { standIn: "momo", scope: "always", behaviour: { kind: "down" } });
    now = instruct(now, { standIn: "momo", scope: "always", behaviour: { kind: "slow", ms: 10 } });
    assert.equal(now.length, 1);
    assert.equal(take(now, "momo", KINDS_AT.call).behaviour?.kind, "slow");
  });

  test("names the field of an instruction that cannot be read", () => {
    assert.deepEqual(readInstruction({ standIn: "paypal", behaviour: "hang" }), { wrong: "standIn" });
    assert.deepEqual(readInstruction({ standIn: "momo", behaviour: "explode" }), { wrong: "behaviour" });
    assert.deepEqual(readInstruction({ standIn: "momo", behaviour: "decline", code: "x" }), { wrong: "code" });
    assert.deepEqual(readInstruction({ standIn: "momo", behaviour: "slow", ms: "-1" }), { wrong: "ms" });
    assert.deepEqual(readInstruction({ standIn: "momo", behaviour: "slow", scope: "never" }), { wrong: "scope" });
    assert.deepEqual(readInstruction({ standIn: "momo", behaviour: "callback-forged", thenTrue: "true" }), {
      standIn: "momo",
      scope: "next",
      behaviour: { kind: "callback-forged", thenTrue: true },
    });
  });
});
