import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Answers, FormDefinition, FormPage } from "./form.ts";
import { evaluate, itemsOf } from "./evaluation.ts";
import { openIsland, readPage } from "./forms-browser.ts";
import { pageIsland } from "./page-island.ts";
import { type PostBody, readFormPost } from "./read-form-post.ts";
import { pageErrors, renderFormPage } from "./render-form-page.ts";
import { renderSummary, summarizeAnswers } from "./render-summary.ts";
import { validateAnswers } from "./validate-answers.ts";
import { errorSummary } from "#kit/ui/parts.ts";

const PROCEDURES = join(import.meta.dirname, "../../../procedures");
const context = { facts: { "account.fullName": "Nguyễn <b>An</b>" }, today: "2026-11-22" };

const HOSTILE = [
  `"><img src=x onerror=alert(1)>`,
  `</script><script>alert(1)</script>`,
  `' onfocus='alert(1)' autofocus='`,
  `javascript:alert(1)//`,
  `$${"{7*7}{{7*7}}<%= 7 %>"}`,
  "\u202egnp.exe\u0000\u0007\u200b\u2028",
  "=cmd|' /C calc'!A0",
  "'; drop table dossier; --",
  `${"ộ".normalize("NFD").repeat(3)}\ud800`,
  "x".repeat(12_000),
];

/** Every control of the page, and the parts that questions with several controls have. */
function bodyFor(form: FormDefinition, page: FormPage, answers: Answers, text: string): PostBody {
  const body: Record<string, string> = {};
  for (const section of page.sections) {
    if (section.repeat) body[`${section.id}._rows`] = "r1,r2";
    for (const item of section.items) {
      for (const row of section.repeat ? [`${section.id}.r1.`, `${section.id}.r2.`] : [""]) {
        for (const part of [
          "",
          ".detail",
          ".area",
          ".province",
          ".commune",
          ".bank",
          ".number",
          ".lat",
          ".typed",
          ".strokes",
        ]) {
          body[`${row}${item.id}${part}`] = text;
        }
      }
    }
  }
  // Half of the choices answered, so that what depends on them stands on the page too.
  for (const item of itemsOf(evaluate(form, answers, context).pages)) {
    const first = item.definition.choices?.[0]?.value;
    if (first && text.length % 2 === 0 && !item.row) body[item.item] = first;
  }
  return body;
}

/** Markup that our own templates never write; typed text may say it only escaped. */
const ALIVE = /<img|<script>|<\/script><|onerror=|\sonfocus=|<b>|href="javascript|\u202e|\u0000|\u200b/;

function judge(place: string, markup: string): void {
  // What stands quoted in an attribute or as text has its quotes and brackets escaped.
  const found = ALIVE.exec(markup.replace(/(?:value|content)="[^"<>]*"/g, "").replace(/>[^<>]*</g, "><"));
  assert.equal(
    found,
    null,
    `${place}: ${markup.slice(Math.max(0, (found?.index ?? 0) - 60), (found?.index ?? 0) + 60)}`,
  );
}

test("hostile text in every field of every procedure stays text: page, faults, the browser's page, check-your-answers", () => {
  const forms = globSync("*/form.json", { cwd: PROCEDURES });
  assert.ok(forms.length >= 5);
  for (const [index, name] of forms.entries()) {
    const form = JSON.parse(readFileSync(join(PROCEDURES, name), "utf8")) as FormDefinition;
    // All strings for the first forms; for the others two each, in turn, so that every form and every string has its turn.
    const strings = index < 2 ? HOSTILE : [0, 1].map((step) => HOSTILE[(index * 2 + step) % HOSTILE.length] ?? "");
    for (const text of strings) {
      let answers: Answers = {};
      for (const page of form.pages) {
        answers = readFormPost(form, page, bodyFor(form, page, answers, text), answers);
        const { errors } = validateAnswers(form, answers, { ...context, page: page.id });
        const place = `${name} ${page.id} ${text.slice(0, 20)}`;
        judge(place, renderFormPage({ form, page, answers, context, lang: "vi", errors }).markup);
        judge(place, errorSummary("vi", pageErrors(errors, "vi"))?.markup ?? "");
        const island = pageIsland({ form, page: page.id, answers, context, lang: "en" }).markup;
        assert.equal(island.match(/<\//g)?.length, 1, place);
        const json = island.slice(island.indexOf(">") + 1, island.lastIndexOf("<"));
        judge(place, readPage(openIsland(json), {}, true).questions);
      }
      const { answers: kept } = validateAnswers(form, answers, context);
      assert.doesNotMatch(JSON.stringify(kept), /\\u0000|\\u202e|\u202e|\u200b/);
      const lines = summarizeAnswers(form, answers, context, { lang: "vi", full: true });
      judge(name, renderSummary(lines, { lang: "vi", changeHref: (page, field) => `/x/${page}#${field}` }).markup);
    }
  }
});
