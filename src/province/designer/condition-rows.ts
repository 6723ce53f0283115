/** The small builder of conditions: "all" or "any" of a few comparisons; what is deeper than that is edited as JSON. Pure. */
import type { Condition, FormDefinition, FormItem } from "#province/forms/index.ts";
import { itemsOfForm, sectionsOf } from "./content.ts";

export const OPERATORS = ["eq", "ne", "gt", "lt", "in", "empty", "answered"] as const;
export type Operator = (typeof OPERATORS)[number];

export interface ConditionRow {
  /** An item's id, a fact, or "count:" and a repeat's id. */
  readonly subject: string;
  readonly operator: Operator;
  /** As typed: "hn", "3", "=otherItem", "today", "today-60", "a, b" for `in`. */
  readonly value: string;
}

export interface ConditionRows {
  /** `none`: not set. */
  readonly mode: "none" | "always" | "never" | "all" | "any" | "json";
  readonly rows: readonly ConditionRow[];
}

export const ROWS = 4;

/** The condition as rows; mode `json` when it does not fit. */
export function rowsOf(condition: Condition | undefined): ConditionRows {
  if (condition === undefined) return { mode: "none", rows: [] };
  if (condition === true) return { mode: "always", rows: [] };
  if (condition === false) return { mode: "never", rows: [] };
  if (typeof condition !== "object" || condition === null) return { mode: "json", rows: [] };
  const parts = "and" in condition ? condition.and : "or" in condition ? condition.or : [condition];
  if (!Array.isArray(parts) || parts.length > ROWS) return { mode: "json", rows: [] };
  const rows = (parts as readonly Condition[]).map(rowOf);
  if (rows.some((row) => row === undefined)) return { mode: "json", rows: [] };
  return { mode: "or" in condition ? "any" : "all", rows: rows.flatMap((row) => row ?? []) };
}

function rowOf(condition: Condition): ConditionRow | undefined {
  if (typeof condition !== "object" || condition === null) return undefined;
  if ("not" in condition) {
    const inner = condition.not;
    if (typeof inner !== "object" || inner === null || !("empty" in inner)) return undefined;
    const subject = subjectText(inner.empty);
    return subject === undefined ? undefined : { subject, operator: "answered", value: "" };
  }
  if ("empty" in condition) {
    const subject = subjectText(condition.empty);
    return subject === undefined ? undefined : { subject, operator: "empty", value: "" };
  }
  const [operator, pair] = Object.entries(condition)[0] ?? [];
  if (!operator || !["eq", "ne", "gt", "lt", "in"].includes(operator) || !Array.isArray(pair)) return undefined;
  const [left, right] = pair as readonly unknown[];
  const subject = subjectText(left);
  const value = operator === "in" ? listText(right) : operandText(right);
  if (subject === undefined || value === undefined) return undefined;
  return { subject, operator: operator as Operator, value };
}

function subjectText(subject: unknown): string | undefined {
  if (typeof subject === "string") return subject;
  const { count } = (subject ?? {}) as { count?: unknown };
  return typeof count === "string" ? `count:${count}` : undefined;
}

function operandText(operand: unknown): string | undefined {
  if (typeof operand === "string") return /^(=|today|true$|false$)/.test(operand) ? undefined : operand;
  if (typeof operand === "number" || typeof operand === "boolean") return String(operand);
  const { item, today } = (operand ?? {}) as { item?: unknown; today?: unknown };
  if (typeof item === "string") return `=${item}`;
  if (typeof today !== "number") return undefined;
  return today === 0 ? "today" : `today${today > 0 ? "+" : ""}${today}`;
}

function listText(list: unknown): string | undefined {
  if (!Array.isArray(list)) return undefined;
  const texts = list.map(operandText);
  return texts.some((text) => text === undefined || text.includes(",")) ? undefined : texts.join(", ");
}

export type ReadCondition =
  | { readonly ok: true; readonly condition: Condition | undefined }
  | { readonly ok: false; readonly row: number };

/** Rows without a subject are passed over; a row that lacks its value is refused. */
export function conditionOf({ mode, rows }: ConditionRows, form: FormDefinition | null): ReadCondition {
  if (mode === "none" || mode === "json") return { ok: true, condition: undefined };
  if (mode === "always" || mode === "never") return { ok: true, condition: mode === "always" };
  const types = new Map(itemsOfForm(form).map((item) => [item.id, item.type]));
  const parts: Condition[] = [];
  for (const [index, row] of rows.entries()) {
    if (row.subject === "") continue;
    const part = partOf(row, types.get(row.subject));
    if (part === undefined) return { ok: false, row: index };
    parts.push(part);
  }
  if (parts.length === 0) return { ok: false, row: 0 };
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return { ok: true, condition: mode === "any" ? { or: [only] } : only };
  return { ok: true, condition: mode === "all" ? { and: parts } : { or: parts } };
}

function partOf({ subject, operator, value }: ConditionRow, type: FormItem["type"] | undefined): Condition | undefined {
  const counted = subject.startsWith("count:");
  const left = counted ? { count: subject.slice(6) } : subject;
  if (operator === "empty") return { empty: left };
  if (operator === "answered") return { not: { empty: left } };
  const numeric = counted || type === "integer" || type === "money" || type === "decimal";
  if (operator === "in") {
    const list = value
      .split(",")
      .map((one) => one.trim())
      .filter((one) => one !== "")
      .map((one) => literal(one, numeric, type));
    return list.length === 0 || list.some((one) => one === undefined)
      ? undefined
      : { in: [left, list.flatMap((one) => (one === undefined ? [] : [one]))] };
  }
  const right = operand(value, numeric, type);
  if (right === undefined) return undefined;
  const pair = [left, right] as const;
  if (operator === "eq") return { eq: pair };
  if (operator === "ne") return { ne: pair };
  return operator === "gt" ? { gt: pair } : { lt: pair };
}

type Right = Extract<Condition, { eq: unknown }>["eq"][1];

function operand(value: string, numeric: boolean, type: FormItem["type"] | undefined): Right | undefined {
  if (value === "") return undefined;
  if (/^=[A-Za-z][\w.]*$/.test(value)) return { item: value.slice(1) };
  const day = /^today(?:([+-]\d{1,5}))?$/.exec(value);
  if (day) return { today: Number(day[1] ?? 0) };
  return literal(value, numeric, type);
}

function literal(
  value: string,
  numeric: boolean,
  type: FormItem["type"] | undefined,
): string | number | boolean | undefined {
  if (numeric) {
    const number = Number(value.replace(/[. ](?=\d{3}\b)/g, "").replace(",", "."));
    return Number.isFinite(number) ? number : undefined;
  }
  if (type === "yesNo") return YES.has(value.toLowerCase()) ? true : NO.has(value.toLowerCase()) ? false : undefined;
  return value === "true" ? true : value === "false" ? false : value;
}

const YES = new Set(["true", "có", "co", "yes"]);
const NO = new Set(["false", "không", "khong", "no"]);

/** What a condition may look at: questions, numbers of rows, facts. */
export function subjectsOfForm(
  form: FormDefinition | null,
  lang: "vi" | "en",
): readonly { readonly value: string; readonly label: string }[] {
  const counts = sectionsOf(form).filter(({ repeat }) => repeat);
  const short = (text: string): string => (text.length > 70 ? `${text.slice(0, 69)}…` : text);
  return [
    ...itemsOfForm(form).map((item) => ({
      value: item.id,
      label: `${short(item.label[lang] || item.id)} (${item.id})`,
    })),
    ...counts.map((section) => ({
      value: `count:${section.id}`,
      label: `${lang === "vi" ? "Số dòng" : "Number of rows"}: ${short(section.title[lang])} (${section.id})`,
    })),
    ...FACTS.map((fact) => ({ value: fact, label: fact })),
  ];
}

export const FACTS = [
  "account.fullName",
  "account.identityNumber",
  "account.birthDate",
  "account.phone",
  "account.email",
  "account.address",
  "filing.agency",
] as const;
