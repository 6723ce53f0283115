/** Between a thing's parts and the names and texts of its page. Pure; what cannot be read is an error beside its field. */
import type { Lang } from "#kit/i18n.ts";
import type { PageError } from "#kit/ui/index.ts";
import type { FormDefinition } from "#province/forms/index.ts";
import type { Kind, Thing } from "./content.ts";
import { type FieldSpec, fieldsFor, typeOf } from "./field-specs.ts";
import { type Inputs, inputsOfField, nameOf, partAt, readField, withPart } from "./field-values.ts";
import { inputsOfRecords, readRecords } from "./record-rows.ts";

export function inputsOf(kind: Kind, thing: Thing): Inputs {
  const inputs: Record<string, string | readonly string[]> = {};
  for (const field of fieldsFor(kind, typeOf(kind, thing)))
    Object.assign(inputs, inputsOfPart(field, partAt(thing, field.key)));
  return inputs;
}

function inputsOfPart(field: FieldSpec, value: unknown): ReturnType<typeof inputsOfField> {
  return field.kind === "records" ? inputsOfRecords(field, value) : inputsOfField(field, value);
}

export interface ReadThing {
  readonly thing: Thing;
  readonly errors: readonly PageError[];
}

/** The thing after this page was posted. Parts that were not on the page stay as they are. */
export function readThing(
  kind: Kind,
  before: Thing,
  inputs: Inputs,
  form: FormDefinition | null,
  lang: Lang,
): ReadThing {
  const errors: PageError[] = [];
  let thing = before;
  for (const field of fieldsFor(kind, typeOf(kind, before))) {
    if (field.kind === "parent" || !isOnPage(field, inputs)) continue;
    const stored = partAt(before, field.key);
    const read =
      field.kind === "records"
        ? readRecords(field, inputs, stored, form, lang)
        : readField(field, inputs, stored, form, lang);
    if ("error" in read) errors.push(read.error);
    else thing = withPart(thing, field.key, read.value);
  }
  return { thing: tidied(kind, thing), errors };
}

function isOnPage(field: FieldSpec, inputs: Inputs): boolean {
  const name = nameOf(field.key);
  return Object.keys(inputs).some((one) => one === name || one.startsWith(`${name}.`));
}

/** Parts that belong to another type go; what only makes sense as a whole goes as a whole. */
function tidied(kind: Kind, thing: Thing): Thing {
  const type = typeOf(kind, thing);
  const kept = new Set(fieldsFor(kind, type).map(({ key }) => key));
  let next = thing;
  for (const key of KEYS_BY_TYPE[kind] ?? []) if (!kept.has(key)) next = withPart(next, key, undefined);
  if (kind === "item" && !partAt(next, "prefill.from")) next = withPart(next, "prefill", undefined);
  if (kind !== "section") return next;
  if (!partAt(next, "repeat.row")) return withPart(next, "repeat", undefined);
  if (partAt(next, "repeat.min") === undefined) next = withPart(next, "repeat.min", 0);
  return partAt(next, "repeat.max") === undefined ? withPart(next, "repeat.max", 10) : next;
}

/** Parts that exist for some types only. */
const KEYS_BY_TYPE: Partial<Record<Kind, readonly string[]>> = {
  item: ["choices", "min", "max", "maxLength", "earliest", "latest", "unit", "papers", "born", "units", "component"],
  fee: [
    "amount",
    "quantityItem",
    "rowsItem",
    "pagesItem",
    "copiesItem",
    "labelItem",
    "tiers",
    "capPerCopy",
    "unit",
    "reason",
  ].map((part) => `amount.${part}`),
  time: ["days", "hours", "months", "cutoff"].map((part) => `rule.${part}`),
};
