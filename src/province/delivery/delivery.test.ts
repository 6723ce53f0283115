import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openUnits } from "#kit/units/index.ts";
import { EVENT_KINDS } from "#protocols/post/index.ts";
import { placeOf } from "./arrange-delivery.ts";
import { code128Svg, code128Values } from "./code128.ts";
import { handActs, isOrderOver, ORDER_STATES, stateAfter } from "./order-lifecycle.ts";

describe("an order to the post", () => {
  test("every event leads to a state, and what is over offers nothing to do", () => {
    for (const kind of EVENT_KINDS) assert.ok(ORDER_STATES.includes(stateAfter(kind)));
    for (const state of ORDER_STATES.filter((one) => isOrderOver(one) && one !== "refused"))
      assert.deepEqual(handActs({ state, kind: "result", problem: null, cancel: null }), [], state);
    assert.deepEqual(handActs({ state: "refused", kind: "result", problem: "x", cancel: null }), ["item-code"]);
  });

  test("papers are never given to a courier here; an order is sent anew only after it failed", () => {
    assert.deepEqual(handActs({ state: "ordered", kind: "papers", problem: null, cancel: null }), ["cancelled"]);
    assert.deepEqual(handActs({ state: "ordered", kind: "result", problem: null, cancel: null }), [
      "collected",
      "cancelled",
    ]);
    assert.deepEqual(handActs({ state: "sending", kind: "result", problem: null, cancel: null }), ["cancelled"]);
    assert.deepEqual(handActs({ state: "sending", kind: "result", problem: "no-answer", cancel: null }), [
      "again",
      "item-code",
      "cancelled",
    ]);
    assert.deepEqual(handActs({ state: "ordered", kind: "result", problem: "no-answer", cancel: "asked" }), [
      "collected",
    ]);
    assert.deepEqual(handActs({ state: "awaiting-postage", kind: "result", problem: null, cancel: null }), [
      "to-door",
      "cancelled",
    ]);
  });
});

describe("an address for the post", () => {
  test("an old commune is also called as it is today, one that was divided is not guessed", async () => {
    const units = await openUnits();
    const old = placeOf(units, "Khu phố 1, Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh", undefined);
    assert.equal(old.party.addressToday, "Khu phố 1, Xã Bến Cầu, Tỉnh Tây Ninh");
    const now = placeOf(units, "Ấp 2, Xã Bến Cầu, Tỉnh Tây Ninh", undefined);
    assert.equal(now.party.addressToday, undefined);
    assert.equal(now.province, old.province);
    assert.equal(placeOf(units, "ở đâu đó", undefined).province, undefined);
    const chosen = placeOf(units, "số 5, chợ", { system: "three-level", code: "25681" });
    assert.equal(chosen.province, old.province);
  });
});

test("the bar code of an item carries the check value of ISO/IEC 15417", () => {
  // Start B 104, then 50 35 16…; the check value was worked out by hand.
  const values = code128Values("RC1");
  assert.deepEqual(values, [104, 50, 35, 17, (104 + 50 + 2 * 35 + 3 * 17) % 103, 106]);
  assert.throws(() => code128Values("Ế"), /has no/);
  // Every symbol is eleven modules wide, the stop thirteen; ten of quiet stand at either side.
  const width = (text: string) => Number(/width="(\d+)"/.exec(Buffer.from(code128Svg(text)).toString())?.[1]);
  assert.equal(width("RC000000017VN"), 20 + 11 * (13 + 2) + 13);
  const whole = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join("");
  assert.equal(width(whole), 20 + 11 * (95 + 2) + 13);
});
