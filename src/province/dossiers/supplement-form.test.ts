import assert from "node:assert/strict";
import { test } from "node:test";
import type { FormDefinition, FormItem } from "#province/forms/index.ts";
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

test("an item in rows opens its rows", () => {
  assert.deepEqual(openForm(form, [ask("rowAge")])?.keys, ["rows"]);
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
