/**
 * Can a condition ever hold? Choices and yes/no questions are tried through in all combinations that the form itself
 * allows; what is typed freely may be anything. Pure; bounded: a condition over too many questions counts as possible.
 */
import { subjectsOf } from "./condition.ts";
import type { Condition, FormDefinition, FormItem, FormSection } from "./form.ts";

const COMBINATIONS_MAX = 20_000;

/** Undefined = no answer. */
type Value = string | boolean | undefined;
type World = ReadonlyMap<string, Value>;
/** True, false, or depends on something that is typed freely. */
type Maybe = boolean | undefined;

export function possibilities(form: FormDefinition): (condition: Condition) => boolean {
  const items = new Map<string, { readonly item: FormItem; readonly section: FormSection }>();
  for (const page of form.pages) {
    for (const section of page.sections) for (const item of section.items) items.set(item.id, { item, section });
  }
  return (condition) => {
    const watched = subjectsBelow(condition, items);
    const open = [...watched].flatMap((id) => {
      const found = items.get(id);
      const values = found && valuesOf(found.item);
      return values ? [[id, values] as const] : [];
    });
    if (open.reduce((product, [, values]) => product * values.length, 1) > COMBINATIONS_MAX) return true;
    return worlds(open).some((world) => allowed(world, items) && judge(condition, world) !== false);
  };
}

/** The condition's own subjects and all that decide whether they are asked. */
function subjectsBelow(
  condition: Condition,
  items: ReadonlyMap<string, { readonly item: FormItem; readonly section: FormSection }>,
): ReadonlySet<string> {
  const seen = new Set<string>();
  const walk = (one: Condition | undefined): void => {
    if (one === undefined) return;
    for (const id of subjectsOf(one)) {
      if (seen.has(id)) continue;
      seen.add(id);
      const found = items.get(id);
      walk(found?.item.when);
      walk(found?.section.when);
    }
  };
  walk(condition);
  return seen;
}

/** Worked-out and preset answers may be any of the choices: that is on the safe side. */
function valuesOf(item: FormItem): readonly Value[] | undefined {
  if (item.type === "yesNo") return [undefined, true, false];
  if (item.type === "choice") return [undefined, ...(item.choices ?? []).map((choice) => choice.value)];
  return undefined;
}

function worlds(open: readonly (readonly [string, readonly Value[]])[]): readonly World[] {
  return open.reduce<readonly Map<string, Value>[]>(
    (made, [id, values]) => made.flatMap((world) => values.map((value) => new Map(world).set(id, value))),
    [new Map<string, Value>()],
  );
}

/** A hidden question has no answer. */
function allowed(
  world: World,
  items: ReadonlyMap<string, { readonly item: FormItem; readonly section: FormSection }>,
): boolean {
  for (const [id, value] of world) {
    if (value === undefined) continue;
    const found = items.get(id);
    for (const condition of [found?.item.when, found?.section.when]) {
      if (condition !== undefined && judge(condition, world) === false) return false;
    }
  }
  return true;
}

function judge(condition: Condition, world: World): Maybe {
  if (typeof condition === "boolean") return condition;
  if ("and" in condition) {
    const parts = condition.and.map((part) => judge(part, world));
    return parts.includes(false) ? false : parts.includes(undefined) ? undefined : true;
  }
  if ("or" in condition) {
    const parts = condition.or.map((part) => judge(part, world));
    return parts.includes(true) ? true : parts.includes(undefined) ? undefined : false;
  }
  if ("not" in condition) {
    const inner = judge(condition.not, world);
    return inner === undefined ? undefined : !inner;
  }
  if ("empty" in condition) {
    return typeof condition.empty === "string" && world.has(condition.empty)
      ? world.get(condition.empty) === undefined
      : undefined;
  }
  if ("in" in condition) {
    const [left, values] = condition.in;
    if (typeof left !== "string" || !world.has(left)) return undefined;
    const value = world.get(left);
    return value !== undefined && values.includes(value);
  }
  if ("gt" in condition || "lt" in condition) return undefined;
  const [[left, right], equal] = "eq" in condition ? [condition.eq, true] : [condition.ne, false];
  if (typeof left !== "string" || !world.has(left) || typeof right === "object") return undefined;
  return (world.get(left) === right) === equal;
}
