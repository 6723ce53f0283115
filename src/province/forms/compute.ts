/** Arithmetic of worked-out items. Pure; a missing operand gives no figure, and nothing here throws. */
import { addDays, isPlainDate } from "#kit/calendar.ts";
import type { Scope } from "./condition.ts";
import type { DayOperand, Expression } from "./form.ts";

/** Also answers the rows of a repeat, each as its own scope. */
export interface RowScope extends Scope {
  rows(section: string): readonly Scope[];
}

/** A finite number a form can keep (whole part within 2⁵³), or undefined. */
export function compute(expression: Expression, scope: Scope): number | undefined {
  const value = figure(expression, scope);
  return value !== undefined && Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER
    ? tidyFigure(value)
    : undefined;
}

/** 0.1 + 0.2 is 0.3 on a form: six decimals, as many as a decimal item takes. */
function tidyFigure(value: number): number {
  return Number.isInteger(value) ? value : Math.round(value * 1e6) / 1e6;
}

function figure(expression: Expression, scope: Scope): number | undefined {
  if (typeof expression === "number") return expression;
  if (typeof expression === "string") {
    const value = scope.value(expression);
    return typeof value === "number" ? value : undefined;
  }
  if ("sum" in expression) return fold(expression.sum, scope, (a, b) => a + b);
  if ("product" in expression) return fold(expression.product, scope, (a, b) => a * b);
  if ("min" in expression) return fold(expression.min, scope, Math.min);
  if ("max" in expression) return fold(expression.max, scope, Math.max);
  if ("difference" in expression) return fold(expression.difference, scope, (a, b) => a - b);
  if ("quotient" in expression) return fold(expression.quotient, scope, (a, b) => (b === 0 ? Number.NaN : a / b));
  if ("round" in expression) return rounded(figure(expression.round, scope));
  if ("orZero" in expression) return figure(expression.orZero, scope) ?? 0;
  if ("count" in expression) return scope.count(expression.count);
  if ("total" in expression) return total(expression.total, scope);
  if ("days" in expression) return between(expression.days, scope, daysBetween);
  if ("years" in expression) return between(expression.years, scope, yearsBetween);
  const { age } = expression;
  return between(typeof age === "string" ? [age, { today: 0 }] : age, scope, yearsBetween);
}

function rounded(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.round(value);
}

function fold(
  parts: readonly Expression[],
  scope: Scope,
  join: (left: number, right: number) => number,
): number | undefined {
  let result: number | undefined;
  for (const part of parts) {
    const value = figure(part, scope);
    if (value === undefined) return undefined;
    result = result === undefined ? value : join(result, value);
  }
  return result;
}

/** Over the rows that have the figure; without any row it is zero, without any figure it is none. */
function total(of: { readonly rows: string; readonly of: Expression }, scope: Scope): number | undefined {
  const rows = "rows" in scope ? (scope as RowScope).rows(of.rows) : [];
  if (rows.length === 0) return 0;
  const figures = rows.map((row) => figure(of.of, row)).filter((value) => value !== undefined);
  return figures.length === 0 ? undefined : figures.reduce((sum, value) => sum + value, 0);
}

function between(
  pair: readonly [DayOperand, DayOperand],
  scope: Scope,
  measure: (from: string, to: string) => number | undefined,
): number | undefined {
  const [from, to] = pair.map((operand) => dayOf(operand, scope));
  return from === undefined || to === undefined ? undefined : measure(from, to);
}

function dayOf(operand: DayOperand, scope: Scope): string | undefined {
  if (typeof operand === "object") return addDays(scope.today, operand.today);
  const value = scope.value(operand);
  return typeof value === "string" ? value : undefined;
}

function daysBetween(from: string, to: string): number | undefined {
  if (!isPlainDate(from) || !isPlainDate(to)) return undefined;
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** Whole years; with a partial date, as far as the year tells. Somebody born on 29 February turns a year older on 1 March. */
function yearsBetween(from: string, to: string): number | undefined {
  const [start, end] = [/^(\d{4})(-\d{2}(?:-\d{2})?)?$/.exec(from), /^(\d{4})(-\d{2}(?:-\d{2})?)?$/.exec(to)];
  if (!start || !end) return undefined;
  const length = Math.min(start[2]?.length ?? 0, end[2]?.length ?? 0);
  const early = (end[2] ?? "").slice(0, length) < (start[2] ?? "").slice(0, length);
  return Number(end[1]) - Number(start[1]) - (early ? 1 : 0);
}

/** Every item, fact or repeat that a figure is made of. */
export function operandsOf(expression: Expression): readonly string[] {
  if (typeof expression === "number") return [];
  if (typeof expression === "string") return [expression];
  if ("count" in expression) return [expression.count];
  if ("total" in expression) return [expression.total.rows, ...operandsOf(expression.total.of)];
  if ("round" in expression) return operandsOf(expression.round);
  if ("orZero" in expression) return operandsOf(expression.orZero);
  const pair = "days" in expression ? expression.days : "years" in expression ? expression.years : undefined;
  if (pair) return pair.filter((operand) => typeof operand === "string");
  if ("age" in expression) {
    return typeof expression.age === "string"
      ? [expression.age]
      : expression.age.filter((one) => typeof one === "string");
  }
  return Object.values(expression).flatMap((parts) => (parts as readonly Expression[]).flatMap(operandsOf));
}
