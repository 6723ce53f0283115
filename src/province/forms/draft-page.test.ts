import assert from "node:assert/strict";
import { test } from "node:test";
import { marksOf, readMarks, writeMarks } from "./answer-marks.ts";
import type { Answers, FormDefinition } from "./form.ts";
import { formChanges } from "./form-changes.ts";
import { mergePage } from "./merge-page.ts";

const label = (name: string) => ({ vi: name, en: name });
const page = {
  id: "p",
  title: label("P"),
  sections: [
    {
      id: "main",
      title: label("Chính"),
      items: (["a", "b", "c"] as const).map((id) => ({ id, type: "text" as const, label: label(id.toUpperCase()) })),
    },
    {
      id: "rows",
      title: label("Dòng"),
      repeat: { min: 1, max: 3, row: label("Dòng") },
      items: [{ id: "r", type: "text" as const, label: label("R") }],
    },
  ],
};
const form: FormDefinition = { id: "t", version: 1, title: label("T"), pages: [page] };
const context = { facts: {}, today: "2026-11-22" };

function merge(opened: Answers, stored: Answers, posted: Answers, more: object = {}) {
  const shown = readMarks(writeMarks(marksOf(form, page, opened, context)));
  const { answers, conflicts, taken } = mergePage({ form, page, context, stored, posted, shown, ...more });
  return { a: answers["a"], b: answers["b"], conflicts: conflicts.map(({ id }) => id), taken };
}

test("two devices that change different questions both keep theirs", () => {
  const result = merge({ a: "1", b: "1" }, { a: "2", b: "1" }, { a: "1", b: "2" });
  assert.deepEqual(result, { a: "2", b: "2", conflicts: [], taken: ["a"] });
});

test("two devices that change the same question are asked, and nothing stored is lost meanwhile", () => {
  assert.deepEqual(merge({ a: "1" }, { a: "2" }, { a: "3" }), { a: "2", b: undefined, conflicts: ["a"], taken: [] });
  assert.equal(merge({ a: "1" }, { a: "2" }, { a: "3" }, { choices: new Map([["a", "mine"]]) }).a, "3");
  assert.equal(merge({ a: "1" }, { a: "2" }, { a: "3" }, { choices: new Map([["a", "theirs"]]) }).a, "2");
  assert.deepEqual(merge({ a: "1" }, { a: "" }, { a: "3" }).conflicts, ["a"]);
});

test("a page whose last save arrived without an answer does not quarrel with itself", () => {
  const sent = marksOf(form, page, { a: "2" }, context);
  assert.deepEqual(merge({ a: "1" }, { a: "2" }, { a: "3" }, { sent }), {
    a: "3",
    b: undefined,
    conflicts: [],
    taken: [],
  });
});

test("rows are compared as a whole, and a row of nothing is no change", () => {
  const rows = (...texts: string[]) => ({ rows: texts.map((r, index) => ({ row: `r${index + 1}`, r })) });
  assert.deepEqual(merge(rows("x"), rows("x", "y"), rows("z")).conflicts, ["rows"]);
  assert.deepEqual(merge({}, { ...rows("x") }, rows("")).taken, ["rows"]);
});

test("a page that does not say what it showed writes what it sends", () => {
  const merged = mergePage({ form, page, context, stored: { a: "2" }, posted: { a: "3" }, shown: new Map() });
  assert.deepEqual(merged, { answers: { a: "3" }, conflicts: [], taken: [] });
});

test("marks from a stranger are read as far as they are marks", () => {
  assert.deepEqual([...readMarks("__proto__:1,a:0,a b:1,c:<x>,d")], [["a", "0"]]);
});

test("a new version of a form says what was added, what was answered and is gone, and what changed", () => {
  const [main, rows] = page.sections;
  assert.ok(main && rows);
  const now: FormDefinition = {
    ...form,
    version: 2,
    pages: [
      {
        ...page,
        sections: [
          {
            ...main,
            items: [
              { id: "a", type: "text", label: label("A") },
              { id: "b", type: "date", label: label("B") },
              { id: "d", type: "text", label: label("D") },
            ],
          },
        ],
      },
    ],
  };
  const said = (answers: Answers) => {
    const { added, gone, changed } = formChanges(form, now, answers);
    return [added, gone, changed].map((list) => list.map(({ vi }) => vi).join());
  };
  assert.deepEqual(said({ c: "x", rows: [{ row: "r1", r: "x" }] }), ["D", "C,R", "B"]);
  assert.deepEqual(said({}), ["D", "", "B"]);
});
