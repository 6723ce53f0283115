import assert from "node:assert/strict";
import { test } from "node:test";
import { toText } from "#kit/html.ts";
import { type FormDefinition, type FormItem, readFormPost, renderFormPage } from "#province/forms/index.ts";
import type { SupplementItem } from "./dossier.ts";
import { openForm } from "./supplement-form.ts";

const text = { vi: "x", en: "x" };
const item = (id: string, more: Partial<FormItem> = {}): FormItem => ({ id, type: "text", label: text, ...more });

const form: FormDefinition = {
  id: "f",
  version: 1,
  title: text,
  pages: [
    {
      id: "p1",
      title: text,
      sections: [
        { id: "s1", title: text, items: [item("kind"), item("name"), item("more", { when: { eq: ["kind", "b"] } })] },
      ],
    },
    {
      id: "p2",
      title: text,
      sections: [
        { id: "rows", title: text, repeat: { min: 0, max: 5, row: text }, items: [item("rowName"), item("rowAge")] },
        { id: "s3", title: text, when: { eq: ["more", "x"] }, items: [item("deep")] },
      ],
    },
  ],
};
const ask = (ref: string): SupplementItem => ({ target: "field", ref, label: ref, reason: `sửa ${ref}` });

test("only the asked field is opened, with the officer's reason as its hint", () => {
  const opened = openForm(form, [ask("name")]);
  assert.deepEqual(opened?.keys, ["name"]);
  assert.equal(opened?.page.sections[0]?.items[0]?.hint?.vi, "Cơ quan yêu cầu: sửa name");
});

test("questions that stand or fall with it are opened too, as far as the chain goes", () => {
  assert.deepEqual(openForm(form, [ask("kind")])?.keys, ["kind", "more", "deep"]);
});

test("an item in rows is opened in each of them; the rest of the rows is read, whatever is posted", () => {
  const opened = openForm(form, [ask("rowAge")]);
  assert.ok(opened);
  assert.deepEqual(opened.keys, ["rows"]);
  assert.deepEqual([...opened.frozen], ["rowName"]);
  const before = { rows: [{ row: "r1", rowName: "An", rowAge: "3" }, { row: "r2" }] };
  const posted = {
    "rows._rows": ["r1,r3"],
    "rows.r1.rowName": ["Bình"],
    "rows.r1.rowAge": ["4"],
    "rows.r3.rowAge": ["9"],
    _action: ["add:rows"],
  };
  assert.deepEqual(readFormPost(opened.form, opened.page, posted, before)["rows"], [
    { row: "r1", rowName: "An", rowAge: "4" },
    { row: "r2" },
  ]);
  const context = { today: "2026-11-22", facts: {} };
  const page = toText(
    renderFormPage({ form: opened.form, page: opened.page, answers: before, context, lang: "vi", errors: [] }),
  );
  assert.match(page, /name="rows\.r1\.rowAge"/);
  assert.match(page, /Giữ nguyên như đã gửi.*An/s);
  assert.doesNotMatch(page, /name="rows\.r1\.rowName"|add:rows|remove:rows/);
});

test("rows that are asked for themselves come, go and are filled in again", () => {
  const opened = openForm(form, [ask("rows")]);
  assert.ok(opened);
  assert.deepEqual([opened.keys, [...opened.frozen]], [["rows"], []]);
  assert.equal(opened.page.sections[0]?.hint?.vi, "Cơ quan yêu cầu: sửa rows");
  const posted = { "rows._rows": ["r2"], "rows.r2.rowName": ["Bình"] };
  const before = { rows: [{ row: "r1", rowName: "An" }] };
  assert.deepEqual(readFormPost(opened.form, opened.page, posted, before)["rows"], [{ row: "r2", rowName: "Bình" }]);
});

test("the rest of the form stays in it, so that conditions still see every answer", () => {
  const opened = openForm(form, [ask("name")]);
  const ids = (opened?.form.pages ?? []).flatMap((page) =>
    page.sections.flatMap((section) => section.items.map((one) => one.id)),
  );
  assert.deepEqual(ids.sort(), ["deep", "kind", "more", "name", "rowAge", "rowName"]);
});

test("a request for papers alone opens no form", () => {
  assert.equal(openForm(form, [{ ...ask("GCS"), target: "component" }]), null);
});
