/** From the texts of a row to answers: the cells become the fields of the form's own pages, and are read like a post. Pure. */
import { fold } from "#kit/vietnamese.ts";
import { type Answers, type Choice, type FormDefinition, readFormPost } from "#province/forms/index.ts";
import type { Cells } from "./batch.ts";
import type { SheetColumn } from "./sheet-columns.ts";

export function answersOf(
  forms: readonly FormDefinition[],
  columns: ReadonlyMap<string, SheetColumn>,
  cells: Cells,
): Answers {
  const body: Record<string, string | readonly string[]> = {};
  const rows = new Map<string, Set<string>>();
  for (const [id, text] of Object.entries(cells)) {
    const column = columns.get(id);
    if (!column?.item || text === "") continue;
    body[id] = fieldOf(column, unquoted(text));
    const [section = "", row = ""] = id.split(".");
    if (/^r\d+$/.test(row)) rows.set(section, (rows.get(section) ?? new Set()).add(row));
  }
  for (const [section, ids] of rows) body[`${section}._rows`] = [...ids].join(",");
  let answers: Answers = {};
  for (const form of forms) {
    let own: Answers = {};
    for (const page of form.pages) own = readFormPost(form, page, body, own);
    answers = { ...answers, ...own };
  }
  return answers;
}

/** An export writes an apostrophe before what a spreadsheet would take for a formula; coming back it is no part of it. */
function unquoted(text: string): string {
  return /^'[=+\-@]/.test(text) ? text.slice(1) : text;
}

function fieldOf(column: SheetColumn, text: string): string | readonly string[] {
  if (column.choices.length === 0) return text;
  if (column.item?.type === "choices") {
    return text
      .split(/[;\n]/)
      .map((one) => one.trim())
      .filter(Boolean)
      .map((one) => choiceValue(column.choices, one));
  }
  return choiceValue(column.choices, text);
}

/** By its words in either language, or by its value; what is no choice stays as it is written, for the error's words. */
export function choiceValue(choices: readonly Choice[], text: string): string {
  const wanted = fold(text.trim());
  const found =
    choices.find(({ label }) => label.vi === text || label.en === text) ??
    choices.find(({ value, label }) => [value, label.vi, label.en].some((one) => fold(one) === wanted));
  return found?.value ?? text;
}
