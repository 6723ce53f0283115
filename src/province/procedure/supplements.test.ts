import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { officeCalendar, USUAL_HOURS } from "#province/deadlines/index.ts";
import { indexEffect, type ProcedureDefinition, supplementReasonsFor, supplementTerm } from "./index.ts";

const calendar = officeCalendar(USUAL_HOURS, [], []);
const province = { answer: { type: "calendar_days", days: 30 }, remindDays: 5, onExpiry: "stop" } as const;
const monday = new Date("2026-03-02T02:00:00Z");

describe("the term of a supplement request", () => {
  test("is the province's rule with what the procedure says otherwise, and a day off moves on", () => {
    const term = supplementTerm(province, undefined, calendar, monday);
    assert.deepEqual(
      [term.answerBy.toISOString(), term.remindAt?.toISOString(), term.onExpiry],
      ["2026-04-01T10:00:00.000Z", "2026-03-27T10:00:00.000Z", "stop"],
    );
    const own = { answer: { type: "working_days", days: 5 }, remindDays: 0, onExpiry: "wait" } as const;
    const short = supplementTerm(province, own, calendar, monday);
    assert.deepEqual(
      [short.answerBy.toISOString(), short.remindAt, short.onExpiry],
      ["2026-03-09T10:00:00.000Z", null, "wait"],
    );
    // A limit shorter than the reminder's days reminds nobody.
    const days = { answer: { type: "working_days", days: 2 } } as const;
    assert.equal(supplementTerm(province, days, calendar, monday).remindAt, null);
  });

  test("of the index of Decision 766: one request counts up to it, more than one counts as late", () => {
    assert.deepEqual([0, 1, 2, 5].map(indexEffect), ["none", "counted-to-request", "late", "late"]);
  });
});

describe("reasons to choose from", () => {
  const text = (vi: string) => ({ vi, en: vi });
  const procedure = {
    supplementReasons: [{ code: "consent", text: text("Chưa có ý kiến chủ hộ."), for: ["ct01", "hoTen"] }],
    components: [
      { code: "ct01", name: text("Tờ khai thay đổi thông tin cư trú"), form: text("Mẫu CT01") },
      { code: "plan", name: text("Bản sao bản vẽ mặt bằng") },
    ],
  } as unknown as ProcedureDefinition;
  const codes = (ref: string, present = true) =>
    supplementReasonsFor(procedure, { target: "component", ref, present }).map(({ code }) => code);

  test("are the procedure's own first, then those of what the paper is", () => {
    assert.deepEqual(codes("ct01").slice(0, 2), ["consent", "blurred"]);
    assert.ok(codes("ct01").includes("wrong-form") && codes("ct01").includes("not-signed"));
    assert.ok(codes("plan").includes("bad-drawing") && codes("plan").includes("not-certified"));
    assert.ok(!codes("plan").includes("consent"));
    assert.deepEqual(codes("plan", false), ["missing"]);
  });

  test("of a question follow from its type, and each has a name of its own", () => {
    const field = (type: string, present = true) =>
      supplementReasonsFor(procedure, { target: "field", ref: "hoTen", type, present }).map(({ code }) => code);
    assert.deepEqual(field("personName"), ["consent", "mismatch", "name", "unclear"]);
    assert.deepEqual(field("date", false), ["consent", "empty", "date"]);
    assert.equal(new Set(codes("ct01")).size, codes("ct01").length);
  });
});
