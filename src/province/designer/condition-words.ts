/** A condition read aloud: "Quan hệ là “Người được ủy quyền” và Tuổi lớn hơn 17". Pure; what cannot be read stays JSON. */
import type { Lang } from "#kit/i18n.ts";
import type { FormDefinition } from "#province/forms/index.ts";
import { itemsOfForm, sectionsOf } from "./content.ts";

const WORDS = {
  vi: {
    always: "luôn luôn",
    never: "không bao giờ",
    and: " và ",
    or: " hoặc ",
    not: (inner: string) => `không phải (${inner})`,
    eq: "là",
    ne: "khác",
    gt: "lớn hơn hoặc sau",
    lt: "nhỏ hơn hoặc trước",
    in: "là một trong",
    empty: "chưa trả lời",
    answered: "đã trả lời",
    count: (title: string) => `số dòng của “${title}”`,
    today: (days: number) =>
      days === 0 ? "hôm nay" : days > 0 ? `${days} ngày sau hôm nay` : `${-days} ngày trước hôm nay`,
    answer: (label: string) => `câu trả lời “${label}”`,
    yes: "“Có”",
    no: "“Không”",
  },
  en: {
    always: "always",
    never: "never",
    and: " and ",
    or: " or ",
    not: (inner: string) => `not (${inner})`,
    eq: "is",
    ne: "is not",
    gt: "is more than or after",
    lt: "is less than or before",
    in: "is one of",
    empty: "is not answered",
    answered: "is answered",
    count: (title: string) => `the number of rows of “${title}”`,
    today: (days: number) =>
      days === 0 ? "today" : days > 0 ? `${days} days after today` : `${-days} days before today`,
    answer: (label: string) => `the answer to “${label}”`,
    yes: "“Yes”",
    no: "“No”",
  },
} as const;

const DEPTH = 8;
const LONGEST = 600;

export function conditionWords(condition: unknown, form: FormDefinition | null, lang: Lang): string {
  return words(condition, form, lang, 0).slice(0, LONGEST);
}

function words(node: unknown, form: FormDefinition | null, lang: Lang, depth: number): string {
  const t = WORDS[lang];
  if (typeof node === "boolean") return node ? t.always : t.never;
  if (typeof node !== "object" || node === null || depth > DEPTH) return JSON.stringify(node) ?? "";
  const [[operator, value] = ["", undefined]] = Object.entries(node) as [string, unknown][];
  const parts = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const inner = (one: unknown): string => words(one, form, lang, depth + 1);
  switch (operator) {
    case "and":
    case "or":
      return parts.map((part) => (isJoined(part, operator) ? `(${inner(part)})` : inner(part))).join(t[operator]);
    case "not":
      return isEmptyCheck(value) ? `${subjectWords(value.empty, form, lang)} ${t.answered}` : t.not(inner(value));
    case "empty":
      return `${subjectWords(value, form, lang)} ${t.empty}`;
    case "eq":
    case "ne":
    case "gt":
    case "lt":
      return `${subjectWords(parts[0], form, lang)} ${t[operator]} ${operandWords(parts[1], parts[0], form, lang)}`;
    case "in": {
      const list = Array.isArray(parts[1]) ? (parts[1] as readonly unknown[]) : [];
      return `${subjectWords(parts[0], form, lang)} ${t.in} ${list.map((one) => operandWords(one, parts[0], form, lang)).join(", ")}`;
    }
    default:
      return JSON.stringify(node);
  }
}

function isJoined(node: unknown, operator: string): boolean {
  return typeof node === "object" && node !== null && (operator === "and" ? "or" : "and") in node;
}

function isEmptyCheck(value: unknown): value is { empty: unknown } {
  return typeof value === "object" && value !== null && "empty" in value;
}

function subjectWords(subject: unknown, form: FormDefinition | null, lang: Lang): string {
  if (typeof subject === "string") {
    const label = itemsOfForm(form).find(({ id }) => id === subject)?.label[lang];
    return label ? `“${label}”` : subject;
  }
  const { count } = (subject ?? {}) as { count?: unknown };
  const title = sectionsOf(form).find(({ id }) => id === count)?.title[lang];
  return WORDS[lang].count(title ?? String(count));
}

function operandWords(operand: unknown, subject: unknown, form: FormDefinition | null, lang: Lang): string {
  const t = WORDS[lang];
  if (typeof operand === "boolean") return operand ? t.yes : t.no;
  if (typeof operand === "object" && operand !== null) {
    if ("item" in operand) return t.answer(subjectWords(operand.item, form, lang).replaceAll(/[“”]/g, ""));
    if ("today" in operand) return t.today(Number(operand.today));
    return JSON.stringify(operand);
  }
  const item = itemsOfForm(form).find(({ id }) => id === subject);
  const label = item?.choices?.find(({ value }) => value === operand)?.label[lang];
  return label ? `“${label}”` : String(operand);
}
