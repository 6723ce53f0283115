import assert from "node:assert/strict";
import { test } from "node:test";
import { html, type Html } from "../html.ts";
import {
  backLink,
  button,
  checkboxesField,
  checkboxField,
  dateField,
  details,
  emptyState,
  errorSummary,
  fileField,
  headerAction,
  hiddenField,
  notice,
  otpField,
  pageShell,
  pagination,
  radiosField,
  selectField,
  statusTag,
  steps,
  summaryList,
  table,
  textareaField,
  textField,
  timeline,
} from "./index.ts";

const X = `"'><script>alert(1)</script><img src=x onerror=alert(1)>`;
const lang = "vi";
const field = { id: "x", lang, label: X, hint: X, error: X, value: X } as const;
const option = { value: X, label: X, hint: X };

const parts: Record<string, Html> = {
  textField: textField({ ...field, suffix: X }),
  textareaField: textareaField(field),
  dateField: dateField(field),
  selectField: selectField({ ...field, options: [option], placeholder: X }),
  radiosField: radiosField({ ...field, options: [option, option] }),
  checkboxesField: checkboxesField({ ...field, options: [option], values: [X] }),
  checkboxField: checkboxField(field),
  fileField: fileField(field),
  otpField: otpField(field),
  hiddenField: hiddenField(X, X),
  errorSummary: html`${errorSummary(lang, [{ field: X, message: X }])}`,
  button: button({ label: X, name: X, value: X, ariaLabel: X }),
  link: button({ label: X, href: X }),
  backLink: backLink(lang, X, X),
  statusTag: statusTag({ tone: "info", icon: "clock", label: X }),
  notice: notice({ title: X, body: X }),
  emptyState: emptyState({ title: X, text: X }),
  table: table({
    caption: X,
    columns: [
      { label: X, cell: (row: string) => row, head: true },
      { label: X, cell: (row: string) => row },
    ],
    rows: [X],
  }),
  summaryList: summaryList([{ key: X, value: X, action: { href: X, label: X, about: X } }]),
  pagination: html`${pagination(lang, { previous: X, next: X })}`,
  steps: steps(X, [{ label: X, state: "done", href: X }]),
  timeline: timeline([{ what: X, when: X, more: X }]),
  details: details(X, X),
  headerAction: headerAction(X, X),
  pageShell: pageShell({
    lang,
    title: X,
    description: X,
    brand: { owner: X, tagline: X, home: X, system: "portal", contacts: [X] },
    nav: [{ href: X, label: X }],
    footLinks: [{ href: X, label: X }],
    path: "/",
    body: html`<p>x</p>`,
  }),
};

for (const [name, part] of Object.entries(parts)) {
  test(`${name} prints hostile text as text`, () => {
    assert.doesNotMatch(part.markup, /<script>|<img src=x/);
    assert.doesNotMatch(
      part.markup.replace(/&[a-z0-9#]+;/g, ""),
      /="[^"]*"[^\s>/]/,
      "a quote broke out of its attribute",
    );
  });
}

test("an error is beside its field, told to screen readers, and linked from the summary", () => {
  const markup =
    html`${errorSummary(lang, [{ field: "so", message: "Thiếu số" }])}${textField({ id: "so", lang, label: "Số", error: "Thiếu số" })}`
      .markup;
  assert.match(markup, /href="#so"/);
  assert.match(markup, /id="so"[^>]*aria-describedby="so-error"[^>]*aria-invalid="true"/);
  assert.match(markup, /id="so-error"/);
  assert.match(markup, /tabindex="-1" autofocus/);
});
