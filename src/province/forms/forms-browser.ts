/**
 * The form engine in the browser, bundled into a file of its own which form pages load: the very functions of the
 * server, so that both always say the same.
 */
import { errorSummary } from "#kit/ui/parts.ts";
import { marksOf, writeMarks } from "./answer-marks.ts";
import type { Answers } from "./form.ts";
import type { PageIsland } from "./page-island.ts";
import { type PostBody, readFormPost } from "./read-form-post.ts";
import { pageErrors, renderFormPage, shownErrors } from "./render-form-page.ts";
import { validateAnswers } from "./validate-answers.ts";

/** The page's block of data; words were sent in the reader's language only and stand for both. */
export function openIsland(json: string): PageIsland {
  return JSON.parse(json, (_key, value: unknown) => {
    if (typeof value !== "object" || value === null) return value;
    const [[key, words] = ["", ""], ...others] = Object.entries(value) as [string, unknown][];
    const alone = others.length === 0 && (key === "vi" || key === "en") && typeof words === "string";
    return alone ? { vi: words, en: words } : value;
  }) as PageIsland;
}

export interface LivePage {
  /** The questions as the server would show them. */
  readonly questions: string;
  /** The error summary; "" when nothing shown is wrong. */
  readonly summary: string;
  /** Nothing on the page is wrong or missing. */
  readonly right: boolean;
  readonly answers: Answers;
}

/** The page after its controls were posted. `checked`: what is empty counts as wrong. */
export function readPage(island: PageIsland, body: PostBody, checked: boolean): LivePage {
  const { form, lang, context } = island;
  const page = form.pages.find((one) => one.id === island.page);
  if (!page) throw new Error("no such page");
  const answers = readFormPost(form, page, body, island.answers);
  const all = validateAnswers(form, answers, { ...context, page: page.id }).errors;
  const errors = shownErrors(all, checked);
  return {
    questions: renderFormPage({ form, page, answers, context, lang, errors }).markup,
    summary: errors.length > 0 ? (errorSummary(lang, pageErrors(errors, lang))?.markup ?? "") : "",
    right: all.length === 0,
    answers,
  };
}

/** The marks of what is being sent: known again when it turns out to have arrived. */
export function marksOfPage(island: PageIsland, answers: Answers): string {
  const page = island.form.pages.find((one) => one.id === island.page);
  return page ? writeMarks(marksOf(island.form, page, answers, island.context)) : "";
}
