/** Between one part of a thing and its controls' names and texts. Pure; what cannot be read is an error beside its control. */
import { formatDate, isPlainDate } from "#kit/calendar.ts";
import { formList, formText, type FormValues } from "#kit/http/index.ts";
import type { Lang, Text } from "#kit/i18n.ts";
import type { PageError } from "#kit/ui/index.ts";
import { cleanLines, cleanText } from "#kit/vietnamese.ts";
import type { FormDefinition } from "#province/forms/index.ts";
import { conditionOf, OPERATORS, type Operator, ROWS, type ConditionRows, rowsOf } from "./condition-rows.ts";
import type { Thing } from "./content.ts";
import type { FieldSpec } from "./field-specs.ts";
import { messages } from "./messages.ts";
import { readPlainJson, shownJson } from "./plain-json.ts";
import { problemWords } from "./problem-words.ts";
import { jsonProblem } from "./shape.ts";

export type Inputs = FormValues;

/** One typed value, and all of a list: pages read them as the routes do. */
export const typedText = (inputs: Inputs, name: string): string => formText(inputs, name);
export const typedList = (inputs: Inputs, name: string): readonly string[] => formList(inputs, name);

/** The control of a part: "f.amount.unit.vi". */
export const nameOf = (key: string, part = ""): string => (part === "" ? `f.${key}` : `f.${key}.${part}`);

/** Empty rows for new choices. */
export const SPARE_CHOICES = 3;
const MOST_CHOICES = 300;
const LONGEST = 10_000;

export function partAt(thing: Thing, key: string): unknown {
  let value: unknown = thing;
  for (const part of key.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Thing)[part];
  }
  return value;
}

/** A new thing with this part; undefined takes it away, and what is empty then. */
export function withPart(thing: Thing, key: string, value: unknown): Thing {
  const [first = "", ...rest] = key.split(".");
  if (rest.length > 0) {
    const before = thing[first];
    const inner = withPart(
      typeof before === "object" && before !== null ? (before as Thing) : {},
      rest.join("."),
      value,
    );
    return withPart(thing, first, Object.keys(inner).length === 0 ? undefined : inner);
  }
  if (value !== undefined) return { ...thing, [first]: value };
  const { [first]: _gone, ...kept } = thing;
  return kept;
}

export function inputsOfField(field: FieldSpec, value: unknown): Record<string, string | readonly string[]> {
  const name = nameOf(field.key);
  switch (field.kind) {
    case "words": {
      const { vi, en } = textOf(value);
      return { [`${name}.vi`]: vi, [`${name}.en`]: en };
    }
    case "wordsList": {
      const list = Array.isArray(value) ? value.map(textOf) : [];
      return {
        [`${name}.vi`]: list.map(({ vi }) => vi).join("\n"),
        [`${name}.en`]: list.map(({ en }) => en).join("\n"),
      };
    }
    case "lines":
      return { [name]: Array.isArray(value) ? value.map(String).join("\n") : "" };
    case "boxes":
      return { [name]: Array.isArray(value) ? value.map(String) : [] };
    case "flag":
      return { [name]: value === true ? "yes" : value === false ? "no" : "" };
    case "day":
      return { [name]: isPlainDate(value) ? formatDate(value) : plainText(value) };
    case "json":
      return { [name]: value === undefined ? "" : shownJson(value) };
    case "condition":
      return conditionInputs(name, value);
    case "choices":
      return choiceInputs(name, value);
    case "tiers":
      return {
        [name]: (Array.isArray(value) ? value : [])
          .map(
            (tier: { fromPage?: unknown; amount?: unknown }) =>
              `${plainText(tier.fromPage)}: ${plainText(tier.amount)}`,
          )
          .join("\n"),
      };
    default:
      return { [name]: plainText(value) };
  }
}

function conditionInputs(name: string, value: unknown): Record<string, string> {
  const { mode, rows } = rowsOf(value as Parameters<typeof rowsOf>[0]);
  const inputs: Record<string, string> = { [`${name}.mode`]: mode };
  rows.forEach((row, index) => {
    inputs[`${name}.${index}.subject`] = row.subject;
    inputs[`${name}.${index}.operator`] = row.operator;
    inputs[`${name}.${index}.value`] = row.value;
  });
  if (value !== undefined) inputs[`${name}.json`] = shownJson(value);
  return inputs;
}

function choiceInputs(name: string, value: unknown): Record<string, string> {
  const inputs: Record<string, string> = {};
  (Array.isArray(value) ? (value as readonly Thing[]) : []).forEach((choice, index) => {
    const { vi, en } = textOf(choice["label"]);
    inputs[`${name}.${index}.value`] = plainText(choice["value"]);
    inputs[`${name}.${index}.vi`] = vi;
    inputs[`${name}.${index}.en`] = en;
  });
  return inputs;
}

/** Rows of choices on a page: those that are filled in, and a few more. */
export function choiceRows(inputs: Inputs, key: string): number {
  let last = -1;
  for (let index = 0; index < MOST_CHOICES; index += 1)
    if (["value", "vi", "en"].some((part) => formText(inputs, nameOf(key, `${index}.${part}`)) !== "")) last = index;
  return Math.min(last + 1 + SPARE_CHOICES, MOST_CHOICES);
}

/** A part as it was typed, or why it cannot be read. */
export type Read = { readonly value: unknown } | { readonly error: PageError };

export function readField(
  field: FieldSpec,
  inputs: Inputs,
  before: unknown,
  form: FormDefinition | null,
  lang: Lang,
): Read {
  const name = nameOf(field.key);
  const text = cleanText(formText(inputs, name).slice(0, LONGEST));
  const refuse = (message: string, at = name): Read => ({
    error: { field: at, message: `${field.label[lang]}: ${message}` },
  });
  const t = messages[lang].wrong;
  switch (field.kind) {
    case "words": {
      const clean = field.long ? cleanLines : cleanText;
      const [vi, en] = (["vi", "en"] as const).map((one) =>
        clean(formText(inputs, `${name}.${one}`).slice(0, LONGEST)),
      ) as [string, string];
      return { value: vi === "" && en === "" && field.optional ? undefined : { vi, en } };
    }
    case "wordsList": {
      const [vi, en] = (["vi", "en"] as const).map((one) => linesOf(formText(inputs, `${name}.${one}`))) as [
        string[],
        string[],
      ];
      if (vi.length !== en.length) return refuse(t.lines(vi.length, en.length), `${name}.en`);
      return { value: vi.map((line, index): Text => ({ vi: line, en: en[index] ?? "" })) };
    }
    case "lines": {
      const lines = linesOf(formText(inputs, name));
      return { value: lines.length === 0 && field.optional ? undefined : lines };
    }
    case "boxes": {
      const known = field.options.map(({ value }) => value);
      const chosen = known.filter((value) => formList(inputs, name).includes(value));
      return { value: chosen.length === 0 && field.optional ? undefined : chosen };
    }
    case "flag":
      return { value: text === "yes" ? true : text === "no" ? false : undefined };
    case "select": {
      if (text === "" && field.optional) return { value: undefined };
      if (!field.options.some(({ value }) => value === text)) return refuse(t.choose);
      return { value: field.numeric ? Number(text) : text };
    }
    case "day":
      return readDay(text, field.optional === true, () => refuse(t.day));
    case "number":
    case "dong":
      return readNumber(text, field, () => refuse(field.kind === "dong" ? t.dong : t.number));
    case "json": {
      if (text === "" && field.optional) return { value: undefined };
      const read = readPlainJson(formText(inputs, name));
      if (!read.ok) return refuse(t.json(read.why));
      const problem = jsonProblem(field.shape, read.value);
      return problem === undefined ? { value: read.value } : refuse(problemWords(problem, "")[lang]);
    }
    case "condition":
      return readCondition(name, inputs, form, (at, why) => refuse(why === undefined ? t.condition : t.json(why), at));
    case "choices":
      return readChoices(name, inputs, before, field.key, (at) => refuse(t.choiceValue, at));
    case "tiers":
      return readTiers(formText(inputs, name), () => refuse(t.tiers));
    default:
      return { value: text === "" && field.optional ? undefined : text };
  }
}

/** Days that may be left open stand as null in a definition. */
function readDay(text: string, optional: boolean, refuse: () => Read): Read {
  if (text === "" && optional) return { value: null };
  const day = dayOf(text);
  return day === undefined ? refuse() : { value: day };
}

/** As typed, 21/11/2026 or 2026-11-21; undefined when it is no day of the calendar. */
export function dayOf(text: string): string | undefined {
  const typed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const day = typed ? `${typed[3]}-${typed[2]?.padStart(2, "0")}-${typed[1]?.padStart(2, "0")}` : text;
  return isPlainDate(day) ? day : undefined;
}

const DONG_MOST = 999_999_999_999;

function readNumber(text: string, field: FieldSpec, refuse: () => Read): Read {
  if (text === "" && field.optional) return { value: undefined };
  if (field.kind === "dong") {
    const plain = text.replace(/\s*(?:đ|đồng|VND)$/iu, "").replace(/[. ](?=\d{3}(?:\D|$))/g, "");
    const amount = Number(plain);
    return /^\d{1,12}$/.test(plain) && amount <= DONG_MOST ? { value: amount } : refuse();
  }
  const number = Number(text.replace(",", "."));
  return /^-?\d{1,12}(?:[.,]\d{1,6})?$/.test(text) ? { value: number } : refuse();
}

function readCondition(
  name: string,
  inputs: Inputs,
  form: FormDefinition | null,
  refuse: (at: string, why?: string) => Read,
): Read {
  const mode = formText(inputs, `${name}.mode`);
  if (mode === "json") {
    const read = readPlainJson(formText(inputs, `${name}.json`));
    return read.ok ? { value: read.value } : refuse(`${name}.json`, read.why);
  }
  const known: ConditionRows["mode"] =
    mode === "always" || mode === "never" || mode === "all" || mode === "any" ? mode : "none";
  const rows = Array.from({ length: ROWS }, (_, index) => {
    const part = (one: string): string => cleanText(formText(inputs, `${name}.${index}.${one}`).slice(0, 500));
    const operator = part("operator");
    return {
      subject: part("subject"),
      operator: (OPERATORS as readonly string[]).includes(operator) ? (operator as Operator) : "eq",
      value: part("value"),
    };
  });
  const read = conditionOf({ mode: known, rows }, form);
  return read.ok ? { value: read.condition } : refuse(`${name}.${read.row}.value`);
}

/** A row without value and words is gone; hints of choices that stay are kept. */
function readChoices(name: string, inputs: Inputs, before: unknown, key: string, refuse: (at: string) => Read): Read {
  const known = new Map(
    (Array.isArray(before) ? (before as readonly Thing[]) : []).map((choice) => [choice["value"], choice]),
  );
  const choices: Thing[] = [];
  for (let index = 0; index < choiceRows(inputs, key); index += 1) {
    const part = (one: string): string => cleanText(formText(inputs, `${name}.${index}.${one}`).slice(0, 500));
    const [value, vi, en] = [part("value"), part("vi"), part("en")];
    if (value === "" && vi === "" && en === "") continue;
    if (!/^[\w.-]{1,60}$/.test(value) || choices.some((choice) => choice["value"] === value))
      return refuse(`${name}.${index}.value`);
    choices.push({ ...known.get(value), value, label: { vi, en } });
  }
  return { value: choices };
}

function readTiers(text: string, refuse: () => Read): Read {
  const tiers = linesOf(text).map((line) => /^(\d{1,6})\s*:\s*([\d. ]{1,15})$/.exec(line));
  if (tiers.length === 0 || tiers.some((tier) => tier === null)) return refuse();
  return {
    value: tiers.map((tier) => ({
      fromPage: Number(tier?.[1]),
      amount: Number((tier?.[2] ?? "").replaceAll(/[. ]/g, "")),
    })),
  };
}

function linesOf(text: string): string[] {
  return cleanLines(text.slice(0, LONGEST))
    .split("\n")
    .filter((line) => line !== "")
    .slice(0, 100);
}

function textOf(value: unknown): Text {
  const { vi, en } = (typeof value === "object" && value !== null ? value : {}) as { vi?: unknown; en?: unknown };
  return { vi: typeof vi === "string" ? vi : "", en: typeof en === "string" ? en : "" };
}

function plainText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
