/**
 * Lists of small records (who offers a procedure, who pays less, what a figure is worked out from) as rows of controls on the
 * page of the thing that has them: the control of a part is "f.exemptions.0.who.vi". An emptied row is gone. Pure.
 */
import { formList, formText } from "#kit/http/index.ts";
import type { Lang } from "#kit/i18n.ts";
import type { FormDefinition } from "#province/forms/index.ts";
import type { Thing } from "./content.ts";
import type { FieldSpec } from "./field-specs.ts";
import { type Inputs, inputsOfField, nameOf, partAt, type Read, readField, withPart } from "./field-values.ts";
import { messages } from "./messages.ts";

export type RecordsField = Extract<FieldSpec, { kind: "records" }>;

const MOST_ROWS = 50;
/** Empty rows for new records. */
const SPARE_ROWS = 1;

/** The part of a record in row `index`, as a field of the thing. */
export function partOfRow(field: RecordsField, index: number, part: FieldSpec): FieldSpec {
  return { ...part, key: `${field.key}.${index}.${part.key}` };
}

export function inputsOfRecords(field: RecordsField, value: unknown): Record<string, string | readonly string[]> {
  const records = Array.isArray(value) ? (value as readonly Thing[]) : [];
  // Without a row of its own on the page, an emptied list would look as if it had not been there.
  const inputs: Record<string, string | readonly string[]> = { [nameOf(field.key)]: "rows" };
  for (const [index, record] of records.slice(0, MOST_ROWS).entries())
    for (const part of field.parts)
      Object.assign(inputs, inputsOfField(partOfRow(field, index, part), partAt(record, part.key)));
  return inputs;
}

/** Rows on the page: as far as something is filled in, and an empty one. */
export function recordRows(field: RecordsField, inputs: Inputs): number {
  let last = -1;
  for (let index = 0; index < MOST_ROWS; index += 1) if (isFilled(field, inputs, index)) last = index;
  return Math.min(last + 1 + SPARE_ROWS, MOST_ROWS);
}

/** What a condition says while it says nothing: no mode, and the first operator of each empty row. */
const IDLE = /\.(?:mode|operator)$/;

function isFilled(field: RecordsField, inputs: Inputs, index: number): boolean {
  const start = `${nameOf(field.key)}.${index}.`;
  // A choice without an empty option always says something.
  const always = field.parts
    .filter(({ kind, optional }) => kind === "select" && !optional)
    .map(({ key }) => start + key);
  return Object.keys(inputs).some((name) => {
    if (!name.startsWith(start) || always.includes(name)) return false;
    if (IDLE.test(name)) return name.endsWith(".mode") && !["", "none"].includes(formText(inputs, name));
    return formList(inputs, name).some((value) => value.trim() !== "");
  });
}

export function readRecords(
  field: RecordsField,
  inputs: Inputs,
  before: unknown,
  form: FormDefinition | null,
  lang: Lang,
): Read {
  const stored = Array.isArray(before) ? (before as readonly Thing[]) : [];
  const records: Thing[] = [];
  for (let index = 0; index < MOST_ROWS; index += 1) {
    if (!isFilled(field, inputs, index)) continue;
    let record: Thing = stored[index] ?? {};
    for (const part of field.parts) {
      const own = partOfRow(field, index, part);
      const read = readField(own, inputs, partAt(record, part.key), form, lang);
      if ("error" in read) return read;
      if (!part.optional && isMissing(read.value)) return missing(own, lang);
      record = withPart(record, part.key, read.value);
    }
    if (Object.keys(record).length > 0) records.push(record);
  }
  return { value: records.length === 0 && field.optional ? undefined : records };
}

function isMissing(value: unknown): boolean {
  if (value === undefined || value === "") return true;
  if (typeof value !== "object" || value === null) return false;
  return "vi" in value && "en" in value && (value.vi === "" || value.en === "");
}

function missing(field: FieldSpec, lang: Lang): Read {
  const at = nameOf(field.key, field.kind === "words" ? "vi" : "");
  return { error: { field: at, message: `${field.label[lang]}: ${messages[lang].wrong.missing}` } };
}
