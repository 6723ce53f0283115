import { addDays } from "#kit/calendar.ts";
import type { Answer, Answers, Condition, Facts, Operand, Subject } from "./form.ts";
import { answerAt, isEmptyAnswer, rowsAt } from "./form.ts";

/** How a condition sees the answers: hidden items have none. */
export interface Scope {
  readonly today: string;
  value(id: string): Answer | undefined;
  count(section: string): number;
}

/** True while the condition holds. A comparison with something that has no answer is false, `ne` included when both are empty. */
export function holds(condition: Condition, scope: Scope): boolean {
  if (typeof condition === "boolean") return condition;
  if ("and" in condition) return condition.and.every((part) => holds(part, scope));
  if ("or" in condition) return condition.or.some((part) => holds(part, scope));
  if ("not" in condition) return !holds(condition.not, scope);
  if ("empty" in condition) return isEmptyAnswer(subject(condition.empty, scope));
  if ("in" in condition) {
    const value = subject(condition.in[0], scope);
    return condition.in[1].some((candidate) => same(value, candidate));
  }
  if ("eq" in condition) return same(subject(condition.eq[0], scope), operand(condition.eq[1], scope));
  if ("ne" in condition) return !same(subject(condition.ne[0], scope), operand(condition.ne[1], scope));
  if ("gt" in condition) return order(subject(condition.gt[0], scope), operand(condition.gt[1], scope)) === 1;
  return order(subject(condition.lt[0], scope), operand(condition.lt[1], scope)) === -1;
}

/**
 * For other rooms (fees, required papers): a condition over answers that are already pruned, as a filed dossier stores
 * them. `today` is the day the rule is asked about, in the country's calendar.
 */
export function conditionHolds(
  condition: Condition,
  answers: Answers,
  context: { readonly today: string; readonly facts?: Facts },
): boolean {
  return holds(condition, {
    today: context.today,
    value: (id) => (id.includes(".") ? context.facts?.[id] : answerAt(answers, id)),
    count: (section) => rowsAt(answers, section).length,
  });
}

/** Every item, fact or repeat that a condition looks at. */
export function subjectsOf(condition: Condition): readonly string[] {
  if (typeof condition === "boolean") return [];
  if ("and" in condition) return condition.and.flatMap(subjectsOf);
  if ("or" in condition) return condition.or.flatMap(subjectsOf);
  if ("not" in condition) return subjectsOf(condition.not);
  if ("empty" in condition) return [nameOf(condition.empty)];
  if ("in" in condition) return [nameOf(condition.in[0])];
  const [left, right] = Object.values(condition)[0] as readonly [Subject, Operand];
  return typeof right === "object" && "item" in right ? [nameOf(left), right.item] : [nameOf(left)];
}

function nameOf(value: Subject): string {
  return typeof value === "string" ? value : value.count;
}

function subject(value: Subject, scope: Scope): Answer | undefined {
  return typeof value === "string" ? scope.value(value) : scope.count(value.count);
}

function operand(value: Operand, scope: Scope): Answer | undefined {
  if (typeof value !== "object") return value;
  return "item" in value ? scope.value(value.item) : addDays(scope.today, value.today);
}

function same(left: Answer | undefined, right: Answer | undefined): boolean {
  if (isEmptyAnswer(left) || isEmptyAnswer(right)) return isEmptyAnswer(left) && isEmptyAnswer(right);
  // A list of ticked boxes equals a value when the value is ticked.
  if (Array.isArray(left)) return (left as readonly unknown[]).includes(right);
  return left === right;
}

/** Numbers by size, days by date (a partial date is compared as far as it goes); anything else has no order. */
function order(left: Answer | undefined, right: Answer | undefined): -1 | 0 | 1 | undefined {
  if (typeof left === "number" && typeof right === "number") return Math.sign(left - right) as -1 | 0 | 1;
  if (typeof left !== "string" || typeof right !== "string" || !DAY.test(left) || !DAY.test(right)) return undefined;
  const length = Math.min(left.length, right.length);
  const [a, b] = [left.slice(0, length), right.slice(0, length)];
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

const DAY = /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/;
