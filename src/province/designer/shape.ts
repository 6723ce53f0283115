/** Is this the shape of a procedure and a form at all? Asked before anything else looks at what was imported or typed as JSON. */
import { join } from "node:path";
import { type SchemaCheck, schemaCheck } from "#kit/definition-file.ts";
import { schemaProblems } from "#province/catalogue/index.ts";
import { readableExpression } from "#province/forms/index.ts";
import type { Content } from "./content.ts";
import type { JsonShape } from "./field-specs.ts";

let formCheck: SchemaCheck | undefined;

export function formShapeProblems(form: unknown): readonly string[] {
  formCheck ??= schemaCheck(join(import.meta.dirname, "form.schema.json"));
  return [...formCheck(form)].slice(0, MOST);
}

const MOST = 100;

/** What is wrong with JSON that is typed into a field of its own; undefined when it is what the field takes. */
export function jsonProblem(shape: JsonShape, value: unknown): string | undefined {
  if (shape === "value") return isLiteral(value) ? undefined : "must be a text, a number, true or false";
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "must be a calculation";
  return readableExpression(value) ? undefined : "must be a calculation";
}

/** `fees.0.basis: is missing` for the definition, `pages.0…` for the form. */
export function shapeProblems({ definition, form }: { readonly definition: unknown; readonly form: unknown }): {
  readonly definition: readonly string[];
  readonly form: readonly string[];
} {
  return {
    definition: [...schemaProblems(definition), ...conditionProblems(definition)].slice(0, MOST),
    form: form === null ? [] : formShapeProblems(form),
  };
}

/** Can the form be evaluated and drawn: for the preview, which also shows what is not finished. */
export function isReadable({ definition, form }: Content): boolean {
  return conditionProblems(definition).length === 0 && (form === null || formShapeProblems(form).length === 0);
}

/** Conditions of papers, fees and cases: the definition's own schema does not look inside them. */
function conditionProblems(definition: unknown): string[] {
  const problems: string[] = [];
  const walk = (node: unknown, place: string): void => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      const at = place === "" ? key : `${place}.${key}`;
      if (["when", "required", "asked"].includes(key)) {
        if (!isCondition(value)) problems.push(`${at}: is no condition`);
      } else walk(value, at);
    }
  };
  walk(definition, "");
  return problems;
}

function isCondition(node: unknown): boolean {
  if (typeof node === "boolean") return true;
  if (typeof node !== "object" || node === null || Array.isArray(node)) return false;
  const [[operator, value] = ["", undefined], ...others] = Object.entries(node) as [string, unknown][];
  if (others.length > 0) return false;
  const pair = Array.isArray(value) ? (value as readonly unknown[]) : [];
  switch (operator) {
    case "and":
    case "or":
      return pair.length > 0 && pair.every(isCondition);
    case "not":
      return isCondition(value);
    case "empty":
      return isSubject(value);
    case "in":
      return pair.length === 2 && isSubject(pair[0]) && Array.isArray(pair[1]) && pair[1].every(isLiteral);
    case "eq":
    case "ne":
    case "gt":
    case "lt":
      return pair.length === 2 && isSubject(pair[0]) && isOperand(pair[1]);
    default:
      return false;
  }
}

const isLiteral = (value: unknown): boolean => ["string", "number", "boolean"].includes(typeof value);

function isSubject(value: unknown): boolean {
  return typeof value === "string" || (hasOnly(value, "count") && typeof value["count"] === "string");
}

function isOperand(value: unknown): boolean {
  if (isLiteral(value)) return true;
  return (
    (hasOnly(value, "item") && typeof value["item"] === "string") ||
    (hasOnly(value, "today") && typeof value["today"] === "number")
  );
}

function hasOnly(value: unknown, key: string): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.keys(value).join() === key;
}
