/**
 * What a page showed when it was opened, question by question, as short marks that travel with the page. By them a save
 * tells what this person changed from what was only shown, so that two devices at one draft lose nothing. Pure; the
 * marks guard against accidents, not against forgers, who could only spoil their own draft.
 */
import { evaluate } from "./evaluation.ts";
import type { Answer, Answers, FormContext, FormDefinition, FormPage } from "./form.ts";
import { answerAt, isEmptyAnswer } from "./form.ts";

/** By item id; a repeat as a whole by its section's id. */
export type Marks = ReadonlyMap<string, string>;

const MARKS_MAX = 2_000;

/** The answers of a page as its controls show them (with what is preset), by item or repeat. */
export function shownAnswers(
  form: FormDefinition,
  page: FormPage,
  answers: Answers,
  context: FormContext,
): ReadonlyMap<string, Answer | undefined> {
  const shown = new Map<string, Answer | undefined>();
  for (const section of page.sections) {
    if (section.repeat) shown.set(section.id, answerAt(answers, section.id));
    else for (const item of section.items) shown.set(item.id, answerAt(answers, item.id));
  }
  const visible = evaluate(form, answers, context).pages.find(({ definition }) => definition.id === page.id);
  for (const section of visible?.sections ?? []) {
    for (const item of section.items) if (item.source === "asked") shown.set(item.item, item.value);
  }
  return shown;
}

export function marksOf(form: FormDefinition, page: FormPage, answers: Answers, context: FormContext): Marks {
  return new Map([...shownAnswers(form, page, answers, context)].map(([id, value]) => [id, markOf(value)]));
}

/** The same for answers that mean the same: an empty text, no text and a row of nothing are one. */
export function markOf(value: Answer | undefined): string {
  const text = canonical(value);
  // FNV-1a, 32 bits: a clash would need two answers to one question that a person typed by chance.
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return text === "" ? "0" : `${(hash >>> 0).toString(36)}.${text.length.toString(36)}`;
}

function canonical(value: unknown): string {
  if (value === undefined || value === null || value === "") return "";
  if (Array.isArray(value)) {
    const parts = value.map(canonical).filter((part) => part !== "");
    return parts.length === 0 ? "" : `[${parts.join("|")}]`;
  }
  if (typeof value === "object") {
    if (isEmptyAnswer(value as Answer)) return "";
    const parts = Object.entries(value)
      // The words of an address that was chosen by code are the server's; the browser has the codes only.
      .filter(([key]) => key !== "row" && !(key === "area" && "commune" in value))
      .map(([key, part]) => `${key}=${canonical(part)}`)
      .filter((part) => !part.endsWith("="))
      .sort();
    return parts.length === 0 ? "" : `{${parts.join("|")}}`;
  }
  return `${typeof value} ${String(value)}`;
}

/** `fullName:1x2.c,phone:0`, as it stands in the page's hidden field. */
export function writeMarks(marks: Marks): string {
  return [...marks].map(([id, mark]) => `${id}:${mark}`).join(",");
}

export function readMarks(text: string): Marks {
  const marks = new Map<string, string>();
  for (const part of text.slice(0, 200_000).split(",").slice(0, MARKS_MAX)) {
    const [id = "", mark = ""] = part.split(":");
    if (/^[a-zA-Z]\w{0,59}$/.test(id) && /^[\da-z.]{1,20}$/.test(mark)) marks.set(id, mark);
  }
  return marks;
}
