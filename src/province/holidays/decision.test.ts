import assert from "node:assert/strict";
import { test } from "node:test";
import { officeCalendar } from "#province/deadlines/index.ts";
import { readDecision, type TypedDecision } from "./decision.ts";

const TODAY = "2026-11-20";
const calendar = officeCalendar();
const good: TypedDecision = {
  date: "30/12/2026",
  kind: "off",
  nameVi: "Nghỉ theo quyết định của tỉnh",
  nameEn: "",
  basis: "Quyết định 1/QĐ-UBND",
  exchange: "",
};

test("a swap is two decided days, each with its basis", () => {
  const read = readDecision({ ...good, exchange: "26/12/2026" }, calendar, TODAY);
  assert.ok(read.ok);
  assert.deepEqual(
    read.days.map(({ date, kind }) => [date, kind]),
    [
      ["2026-12-30", "off"],
      ["2026-12-26", "work"],
    ],
  );
});

const WRONG: readonly [string, Partial<TypedDecision>, string, string][] = [
  ["a day that does not exist", { date: "31/02/2027" }, "date", "date"],
  ["a day that is past", { date: "19/11/2026" }, "date", "past"],
  ["a day far away", { date: "01/02/2031" }, "date", "too-far"],
  ["no kind", { kind: "holiday" }, "kind", "kind"],
  ["off on a Sunday", { date: "27/12/2026" }, "date", "already-off"],
  ["off on a national day off", { date: "01/01/2027" }, "date", "already-off"],
  ["worked on a working day", { kind: "work" }, "date", "already-worked"],
  ["usual on a usual day", { kind: "usual" }, "date", "already-usual"],
  ["no name", { nameVi: "" }, "nameVi", "name"],
  ["no basis", { basis: "" }, "basis", "basis"],
  ["a swap with a working day", { exchange: "29/12/2026" }, "exchange", "exchange-not-weekend"],
  ["a swap with itself", { exchange: "30/12/2026" }, "exchange", "exchange-same"],
  ["a swap with a day months away", { exchange: "13/03/2027" }, "exchange", "exchange-far"],
  ["a swap with a day that is past", { exchange: "15/11/2026" }, "exchange", "exchange-past"],
  ["a swap with something that is no date", { exchange: "thứ bảy" }, "exchange", "exchange-date"],
];

for (const [title, change, field, fault] of WRONG) {
  test(`${title} is refused at its field`, () => {
    assert.deepEqual(readDecision({ ...good, ...change }, calendar, TODAY), { ok: false, errors: [{ field, fault }] });
  });
}

test("a decided day may be put back to what its weekday has", () => {
  const decided = readDecision(good, calendar, TODAY);
  assert.ok(decided.ok);
  const then = officeCalendar(undefined, [], decided.days);
  assert.ok(readDecision({ ...good, kind: "usual" }, then, TODAY).ok);
});
