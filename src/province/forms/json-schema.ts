/** A form for programs: JSON Schema 2020-12 of the answers that are kept. Conditions stay with the validator. */
import { BANKS } from "./banks.ts";
import { ETHNIC_GROUPS } from "./ethnic-groups.ts";
import type { FormDefinition, FormItem, FormSection } from "./form.ts";
import { nationalities } from "./nationalities.ts";
import { STROKES_MAX } from "./signature-strokes.ts";

type Schema = Readonly<Record<string, unknown>>;

export function toJsonSchema(form: FormDefinition): Schema {
  const sections = form.pages.flatMap((page) => page.sections);
  const properties: Record<string, Schema> = {};
  for (const section of sections) {
    if (section.repeat) properties[section.id] = rowsSchema(section);
    else for (const item of section.items) properties[item.id] = itemSchema(item);
  }
  const required = sections
    .filter((section) => !section.repeat && !section.when)
    .flatMap((section) => section.items)
    .filter((item) => item.required === true && item.when === undefined)
    .map((item) => item.id);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `urn:motcua:form:${form.id}:${form.version}`,
    title: form.title.vi,
    type: "object",
    properties,
    required,
    additionalProperties: false,
  };
}

function rowsSchema(section: FormSection): Schema {
  return {
    type: "array",
    title: section.title.vi,
    minItems: section.when ? 0 : (section.repeat?.min ?? 0),
    maxItems: section.repeat?.max,
    items: {
      type: "object",
      properties: {
        row: { type: "string", pattern: "^r[1-9]\\d{0,3}$" },
        ...Object.fromEntries(section.items.map((item) => [item.id, itemSchema(item)])),
      },
      required: [
        "row",
        ...section.items.filter((item) => item.required === true && item.when === undefined).map((item) => item.id),
      ],
      additionalProperties: false,
    },
  };
}

function itemSchema(item: FormItem): Schema {
  return { title: item.label.vi, ...(item.hint ? { description: item.hint.vi } : {}), ...valueSchema(item) };
}

function object(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

function unitsSchema(): Schema {
  const text = { type: "string", maxLength: 200 };
  const code = { type: "string", pattern: "^[0-9]{2,5}$" };
  const properties = {
    detail: text,
    area: text,
    system: { enum: ["three-level", "two-level"] },
    province: code,
    district: code,
    commune: code,
  };
  return { ...object(properties), required: ["detail", "area", "system", "province", "commune"] };
}

function valueSchema(item: FormItem): Schema {
  const values = item.choices?.map((choice) => choice.value);
  switch (item.type) {
    case "integer":
    case "money":
      return { type: "integer", minimum: item.min ?? 0, ...(item.max === undefined ? {} : { maximum: item.max }) };
    case "decimal":
      return { type: "number", minimum: item.min ?? 0, ...(item.max === undefined ? {} : { maximum: item.max }) };
    case "yesNo":
      return { type: "boolean" };
    case "choice":
      return { enum: values };
    case "choices":
      return { type: "array", uniqueItems: true, items: { enum: values } };
    case "ethnicGroup":
      return { enum: ETHNIC_GROUPS.map((choice) => choice.value) };
    case "nationality":
      return { enum: nationalities().map((choice) => choice.value) };
    case "date":
      return { type: "string", format: "date" };
    case "partialDate":
      return { type: "string", pattern: "^\\d{4}(-\\d{2}(-\\d{2})?)?$" };
    case "email":
      return { type: "string", format: "email", maxLength: 254 };
    case "phone":
      return { type: "string", pattern: "^\\+?\\d{9,12}$" };
    case "identityNumber":
      return { type: "string", pattern: "^(\\d{9}|\\d{12}|[A-Z]{1,2}\\d{6,8})$" };
    case "bankAccount":
      return object({
        bank: { enum: BANKS.map(([bin]) => bin) },
        number: { type: "string", pattern: "^[0-9A-Z]{6,19}$" },
      });
    case "mapPoint":
      return object({
        lat: { type: "number", minimum: -90, maximum: 90 },
        lng: { type: "number", minimum: -180, maximum: 180 },
      });
    case "signature":
      return object({ typed: { type: "string", maxLength: 100 }, strokes: { type: "string", maxLength: STROKES_MAX } });
    case "file":
      return { type: "array", items: { type: "string" }, readOnly: true };
    case "vehiclePlate":
      return { type: "string", maxLength: 12 };
    case "address":
      if (item.units) return unitsSchema();
      return {
        type: "object",
        properties: { detail: { type: "string", maxLength: 200 }, area: { type: "string", maxLength: 200 } },
        required: ["detail", "area"],
        additionalProperties: false,
      };
    case "longText":
      return { type: "string", maxLength: item.maxLength ?? 2000 };
    default:
      return { type: "string", maxLength: item.maxLength ?? 200 };
  }
}
