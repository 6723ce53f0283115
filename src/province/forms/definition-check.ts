/** What makes a form's definition unfit for publishing, in words for the person who edits it. */
import type { Text } from "#kit/i18n.ts";
import { operandsOf } from "./compute.ts";
import { subjectsOf } from "./condition.ts";
import type { Condition, Derivation, Expression, FormDefinition, FormItem, FormSection } from "./form.ts";
import { ITEM_TYPES } from "./form.ts";

const ID = /^[a-zA-Z][a-zA-Z0-9]{0,59}$/;
const FACT =
  /^(?:(?:account|filing)\.[a-zA-Z]+|population\.(?:(?:father|mother|spouse)\.)?[a-zA-Z]+|result\.\d\.\d{6}\.[a-zA-Z]\w*)$/;
const OPERATORS = new Set(["eq", "ne", "gt", "lt", "in", "empty", "and", "or", "not"]);
const ROW_LIMIT = 100;
const FIGURES = new Set<string>(["integer", "money", "decimal"]);
const EXPRESSIONS = new Set(
  "sum difference product quotient round min max orZero count total days years age".split(" "),
);

/** Every problem, each with the place it stands at; an empty list means the form can be published. */
export function checkDefinition(form: FormDefinition): readonly string[] {
  const problems = shapeProblems(form);
  return problems.length > 0 ? problems : new DefinitionCheck(form).problems();
}

function shapeProblems(form: FormDefinition): string[] {
  if (typeof form !== "object" || form === null) return ["form: is not an object"];
  if (!Array.isArray(form.pages) || form.pages.length === 0) return ["form: has no pages"];
  const problems: string[] = [];
  if (!Number.isInteger(form.version) || form.version < 1) problems.push("form: version must be a whole number from 1");
  for (const page of form.pages) {
    if (!Array.isArray(page.sections) || page.sections.length === 0) problems.push(`page ${page.id}: has no sections`);
    for (const section of page.sections ?? []) {
      if (!Array.isArray(section.items) || section.items.length === 0)
        problems.push(`section ${section.id}: has no items`);
    }
  }
  return problems;
}

class DefinitionCheck {
  readonly #form: FormDefinition;
  readonly #problems: string[] = [];
  readonly #items = new Map<string, { item: FormItem; section: FormSection }>();
  readonly #repeats = new Set<string>();

  constructor(form: FormDefinition) {
    this.#form = form;
  }

  problems(): readonly string[] {
    this.#collectIds();
    this.#text("form", this.#form.title);
    for (const page of this.#form.pages) {
      this.#text(`page ${page.id}`, page.title);
      for (const section of page.sections) this.#section(section);
    }
    if (this.#form.holder) this.#reference("form holder", this.#form.holder, undefined);
    for (const rule of this.#form.rules ?? []) {
      this.#text(`rule ${rule.id}`, rule.message);
      const at = this.#items.get(rule.at);
      if (!at) this.#problems.push(`rule ${rule.id}: unknown item ${rule.at}`);
      this.#condition(`rule ${rule.id}`, rule.when, at?.section);
    }
    this.#circles();
    return this.#problems;
  }

  #collectIds(): void {
    const taken = new Set<string>();
    const pages = new Set<string>();
    for (const page of this.#form.pages) {
      if (!/^[a-z][a-z0-9-]{0,59}$/.test(page.id))
        this.#problems.push(`page ${page.id}: id must be small letters and dashes`);
      if (pages.has(page.id)) this.#problems.push(`page ${page.id}: id used twice`);
      pages.add(page.id);
      for (const section of page.sections) {
        this.#id(section.id, taken);
        if (section.repeat) this.#repeats.add(section.id);
        for (const item of section.items) {
          this.#id(item.id, taken);
          this.#items.set(item.id, { item, section });
        }
      }
    }
  }

  #id(id: string, taken: Set<string>): void {
    if (typeof id !== "string" || !ID.test(id)) this.#problems.push(`${id}: id must be letters and digits`);
    else if (id === "row" || id in Object.prototype) this.#problems.push(`${id}: id is reserved`);
    if (taken.has(id)) this.#problems.push(`${id}: id used twice`);
    taken.add(id);
  }

  #section(section: FormSection): void {
    this.#text(`section ${section.id}`, section.title);
    this.#condition(`section ${section.id}`, section.when);
    if (section.repeat) {
      const { min, max } = section.repeat;
      if (
        !(Number.isInteger(min) && Number.isInteger(max) && min >= 0 && max >= Math.max(min, 1) && max <= ROW_LIMIT)
      ) {
        this.#problems.push(`section ${section.id}: repeat must have 0 ≤ min ≤ max ≤ ${ROW_LIMIT}`);
      }
    }
    for (const item of section.items) this.#item(item, section);
  }

  #item(item: FormItem, section: FormSection): void {
    const place = `item ${item.id}`;
    this.#text(place, item.label);
    if (item.hint) this.#text(`${place} hint`, item.hint);
    if (!ITEM_TYPES.includes(item.type)) this.#problems.push(`${place}: unknown type ${item.type}`);
    this.#condition(`${place} when`, item.when, section);
    this.#condition(`${place} required`, item.required, section);
    for (const rule of item.derive ?? []) {
      this.#condition(`${place} derive`, rule.when, section);
      if (rule.compute !== undefined) this.#expression(place, item, rule.compute);
      for (const source of sourcesOf(rule)) this.#reference(`${place} derive`, source, section, rowsIn(rule));
    }
    this.#kind(place, item, section);
    this.#condition(`${place} prefill`, item.prefill?.when, section);
    for (const fact of [item.prefill?.from, item.prefill?.or]) {
      if (fact !== undefined && !FACT.test(fact)) this.#problems.push(`${place}: unknown fact ${fact}`);
    }
    if (item.born) this.#reference(`${place} born`, item.born, section);
    const asksChoice = item.type === "choice" || item.type === "choices";
    if (asksChoice && !item.choices?.length) this.#problems.push(`${place}: has no choices`);
    if (!asksChoice && item.choices) this.#problems.push(`${place}: choices make no sense for ${item.type}`);
    const values = item.choices?.map((choice) => choice.value) ?? [];
    if (new Set(values).size !== values.length) this.#problems.push(`${place}: a choice stands twice`);
    if (asksChoice && item.default !== undefined && !values.includes(String(item.default))) {
      this.#problems.push(`${place}: default ${item.default} is not a choice`);
    }
    for (const choice of item.choices ?? []) this.#text(`${place} choice ${choice.value}`, choice.label);
    if (item.min !== undefined && item.max !== undefined && item.min > item.max) {
      this.#problems.push(`${place}: min is above max`);
    }
  }

  /** What only some types have. */
  #kind(place: string, item: FormItem, section: FormSection): void {
    if (item.units && item.type !== "address") this.#problems.push(`${place}: units make no sense for ${item.type}`);
    if (item.units && !["three-level", "two-level", "either"].includes(item.units)) {
      this.#problems.push(`${place}: unknown units ${item.units}`);
    }
    if (item.type === "file" && !item.component)
      this.#problems.push(`${place}: a file needs the code of its component`);
    if (item.component && item.type !== "file" && item.type !== "signature") {
      this.#problems.push(`${place}: component makes no sense for ${item.type}`);
    }
    if (item.type === "file" && section.repeat) {
      this.#problems.push(`${place}: a file cannot stand in rows; several files go to one question`);
    }
    if (item.purpose) this.#text(`${place} purpose`, item.purpose);
  }

  #expression(place: string, item: FormItem, expression: Expression): void {
    if (!FIGURES.has(item.type)) this.#problems.push(`${place}: ${item.type} cannot be computed`);
    if (!readableExpression(expression)) {
      this.#problems.push(`${place}: unknown expression ${JSON.stringify(expression)}`);
    }
  }

  #text(place: string, text: Text | undefined): void {
    if (!text?.vi?.trim() || !text.en?.trim())
      this.#problems.push(`${place}: needs its words in Vietnamese and English`);
  }

  #condition(place: string, condition: Condition | undefined, section?: FormSection): void {
    if (condition === undefined || typeof condition === "boolean") return;
    const keys = typeof condition === "object" && condition !== null ? Object.keys(condition) : [];
    const operator = keys[0] ?? "";
    if (keys.length !== 1 || !OPERATORS.has(operator)) {
      this.#problems.push(`${place}: unknown condition ${JSON.stringify(condition)}`);
      return;
    }
    if ("and" in condition || "or" in condition) {
      for (const part of "and" in condition ? condition.and : condition.or) this.#condition(place, part, section);
      return;
    }
    if ("not" in condition) {
      this.#condition(place, condition.not, section);
      return;
    }
    for (const subject of subjectsOf(condition)) this.#reference(place, subject, section);
    this.#literals(place, condition);
  }

  /** A condition on a choice that nobody can choose would hide a question for ever. */
  #literals(place: string, condition: Exclude<Condition, boolean>): void {
    const pair =
      "eq" in condition ? condition.eq : "ne" in condition ? condition.ne : "in" in condition ? condition.in : null;
    if (!pair || typeof pair[0] !== "string") return;
    const choices = this.#items.get(pair[0])?.item.choices;
    if (!choices) return;
    const wanted: readonly unknown[] = Array.isArray(pair[1]) ? pair[1] : [pair[1]];
    for (const value of wanted) {
      if (typeof value === "string" && !choices.some((choice) => choice.value === value)) {
        this.#problems.push(`${place}: ${pair[0]} has no choice ${value}`);
      }
    }
  }

  /** `rows`: repeats that a sum goes over, whose items have an answer there. */
  #reference(place: string, id: string, section: FormSection | undefined, rows: readonly string[] = []): void {
    if (id.includes(".")) {
      if (!FACT.test(id)) this.#problems.push(`${place}: unknown fact ${id}`);
      return;
    }
    if (this.#repeats.has(id)) return;
    const found = this.#items.get(id);
    if (!found) this.#problems.push(`${place}: unknown item ${id}`);
    else if (found.section.repeat && found.section !== section && !rows.includes(found.section.id)) {
      this.#problems.push(`${place}: ${id} stands in rows of ${found.section.id} and has no single answer here`);
    }
  }

  /** An item whose being asked or whose answer leads back to itself. */
  #circles(): void {
    const done = new Set<string>();
    const walk = (id: string, path: readonly string[]): void => {
      if (path.includes(id)) {
        this.#problems.push(`item ${id}: depends on itself (${[...path.slice(path.indexOf(id)), id].join(" → ")})`);
        return;
      }
      const found = this.#items.get(id);
      if (done.has(id) || !found) return;
      for (const next of dependenciesOf(found.item, found.section)) walk(next, [...path, id]);
      done.add(id);
    };
    for (const id of this.#items.keys()) walk(id, []);
  }
}

function sourcesOf(rule: Derivation): readonly string[] {
  const operands = rule.compute !== undefined && readableExpression(rule.compute) ? operandsOf(rule.compute) : [];
  return [...[rule.from, rule.words, rule.identityKind].filter((id) => id !== undefined), ...operands];
}

/** The repeats that a computed item sums over. */
function rowsIn(rule: Derivation): readonly string[] {
  const walk = (node: unknown): readonly string[] => {
    if (typeof node !== "object" || node === null) return [];
    if (Array.isArray(node)) return node.flatMap(walk);
    const { total } = node as { total?: { rows?: unknown } };
    const own = typeof total?.rows === "string" ? [total.rows] : [];
    return [...own, ...Object.values(node).flatMap(walk)];
  };
  return walk(rule.compute);
}

/** Each node a number, an id, or exactly one known operator with the operands it takes. */
export function readableExpression(expression: unknown, depth = 0): boolean {
  if (typeof expression === "number") return Number.isFinite(expression);
  if (typeof expression === "string") return expression !== "";
  if (typeof expression !== "object" || expression === null || depth > 20) return false;
  const [[operator, operands] = ["", undefined], ...others] = Object.entries(expression) as [string, unknown][];
  if (others.length > 0 || !EXPRESSIONS.has(operator)) return false;
  const next = (one: unknown): boolean => readableExpression(one, depth + 1);
  switch (operator) {
    case "count":
      return typeof operands === "string";
    case "total": {
      const { rows, of } = (operands ?? {}) as { rows?: unknown; of?: unknown };
      return typeof rows === "string" && next(of);
    }
    case "round":
    case "orZero":
      return next(operands);
    case "age":
      return typeof operands === "string" || isDayPair(operands);
    case "days":
    case "years":
      return isDayPair(operands);
    case "difference":
    case "quotient":
      return Array.isArray(operands) && operands.length === 2 && operands.every(next);
    default:
      return Array.isArray(operands) && operands.length > 0 && operands.every(next);
  }
}

function isDayPair(value: unknown): boolean {
  const isDay = (one: unknown): boolean =>
    typeof one === "string" ||
    (typeof one === "object" && one !== null && typeof (one as { today?: unknown }).today === "number");
  return Array.isArray(value) && value.length === 2 && value.every(isDay);
}

function dependenciesOf(item: FormItem, section: FormSection): readonly string[] {
  return [
    ...readableSubjects(item.when),
    ...readableSubjects(section.when),
    ...(item.derive ?? []).flatMap((rule) => [...readableSubjects(rule.when), ...sourcesOf(rule)]),
  ];
}

/** A condition that cannot be read is reported where it stands; the search for circles goes on without it. */
function readableSubjects(condition: Condition | undefined): readonly string[] {
  try {
    return condition === undefined ? [] : subjectsOf(condition);
  } catch {
    return [];
  }
}
