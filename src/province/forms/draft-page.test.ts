import assert from "node:assert/strict";
import { test } from "node:test";
import { brotliCompressSync, constants } from "node:zlib";
import { escapeHtml } from "#kit/html.ts";
import { marksOf, readMarks, writeMarks } from "./answer-marks.ts";
import type { Answers, FormDefinition } from "./form.ts";
import { formChanges } from "./form-changes.ts";
import { openIsland, readPage } from "./forms-browser.ts";
import { longForm } from "./long-form.ts";
import { mergePage } from "./merge-page.ts";
import { pageIsland } from "./page-island.ts";
import { renderFormPage } from "./render-form-page.ts";
import { validateAnswers } from "./validate-answers.ts";

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

test("a page of three hundred questions is small on the wire, and the browser's own engine says what the server says", async () => {
  const { form: long, answers } = longForm(300);
  const [only] = long.pages;
  assert.ok(only);
  const context = { facts: {}, today: "2026-11-22" };
  const page = renderFormPage({ form: long, page: only, answers, context, lang: "vi" }).markup;
  const island = pageIsland({ form: long, page: only.id, answers, context, lang: "vi" }).markup;
  // Styles, scripts and the engine are 55 KB more, fonts 67 KB: together below 150 KB.
  const packed = brotliCompressSync(page + island, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
  assert.ok(packed.length < 25_000, `${packed.length} bytes`);
  const json = island.slice(island.indexOf(">") + 1, island.lastIndexOf("<"));
  const live = readPage(openIsland(json), { q0: ["</script><b>1"], q1: ["0720"] }, true);
  const server = validateAnswers(long, { ...answers, q0: "</script><b>1", q1: "0720" }, { ...context, page: only.id });
  for (const error of server.errors) assert.ok(live.summary.includes(escapeHtml(error.message.vi)), error.field);
  assert.equal(server.errors.length, 2);
  assert.equal(live.right, false);
  assert.doesNotMatch(live.questions, /<\/script>/);
});

test("nothing typed can end the block of data that the page carries", () => {
  const hostile = { a: "</script><script>alert(1)</script>", b: "\u2028<!--", c: "]]>" };
  const markup = pageIsland({ form, page: "p", answers: hostile, context, lang: "vi" }).markup;
  assert.equal(markup.match(/<\//g)?.length, 1);
  const json = markup.slice(markup.indexOf(">") + 1, markup.lastIndexOf("<"));
  assert.deepEqual(openIsland(json).answers, hostile);
});
