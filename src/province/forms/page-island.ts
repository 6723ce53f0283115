/**
 * A page of a form in the browser: what travels with the page so that the same engine can go on there. The element
 * `live-form` reads it and loads `forms-browser.js`, which is this room's own rules, bundled.
 */
import type { Html } from "#kit/html.ts";
import { unescapedHtml } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import type { Answers, FormContext, FormDefinition } from "./form.ts";

export interface PageIsland {
  readonly form: FormDefinition;
  /** Id of the page shown. */
  readonly page: string;
  /** Of the whole form: conditions look at other pages too. */
  readonly answers: Answers;
  readonly context: FormContext;
  readonly lang: Lang;
}

/** A block of data (never run, whatever the CSP says). Every `<` is written as an escape, so nothing in it can end it. */
export function pageIsland(island: PageIsland): Html {
  const json = JSON.stringify({ ...island, form: leanForm(island.form, island.page, island.lang) })
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
  return unescapedHtml(`<script type="application/json" data-island>${json}</script>`);
}

/**
 * Words are sent once and in the reader's language only; other pages need no words at all, only what conditions and
 * figures are made of.
 */
function leanForm(form: FormDefinition, page: string, lang: Lang): unknown {
  return JSON.parse(
    JSON.stringify(
      {
        ...form,
        legal: undefined,
        title: NO_WORDS,
        pages: form.pages.map((one) => (one.id === page ? one : withoutWords(one))),
      },
      (_key, value: unknown) => (isText(value) ? { [lang]: value[lang] } : value),
    ),
  );
}

const NO_WORDS = { vi: "", en: "" };

function withoutWords(page: FormDefinition["pages"][number]): unknown {
  return {
    ...page,
    title: undefined,
    intro: undefined,
    sections: page.sections.map((section) => ({
      ...section,
      title: undefined,
      hint: undefined,
      items: section.items.map((item) => ({
        ...item,
        label: undefined,
        hint: undefined,
        purpose: undefined,
        unit: undefined,
        choices: item.choices?.map(({ value }) => ({ value })),
      })),
    })),
  };
}

function isText(value: unknown): value is { readonly vi: string; readonly en: string } {
  return typeof value === "object" && value !== null && "vi" in value && "en" in value;
}
