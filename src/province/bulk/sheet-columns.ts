/** The columns of a sheet, from the form itself: one a control, named by the control's stable name. Pure. */
import type { Text } from "#kit/i18n.ts";
import {
  bankChoices,
  type Choice,
  choicesOf,
  type FormContext,
  type FormDefinition,
  type FormItem,
} from "#province/forms/index.ts";
import type { Component, ProcedureDefinition } from "#province/procedure/index.ts";
import { isForWay } from "#province/procedure/index.ts";

export interface SheetColumn {
  /** `nksHoTen`, `meNoiCuTru.area`, `persons.r2.fullName`, `file.<component>`. */
  readonly id: string;
  readonly label: Text;
  readonly required: boolean;
  /** Absent for papers. */
  readonly item?: FormItem;
  readonly part?: string;
  readonly component?: Component;
  /** What may be chosen; empty for free answers. */
  readonly choices: readonly Choice[];
}

/** The person's own number or note for a row; the template's example row says "VD" here. */
export const NOTE_COLUMN = "_stt";
/** What a returned sheet says of a row; passed over when it comes back. */
export const ERROR_COLUMN = "_loi";

/** Rows of a repeat that the template has columns for; more may be added by hand, as far as the form goes. */
const TEMPLATE_ROWS = 3;

const PARTS: Partial<Record<FormItem["type"], readonly (readonly [part: string, label: Text])[]>> = {
  address: [
    ["detail", { vi: "số nhà, đường, thôn, ấp", en: "house, street, hamlet" }],
    ["area", { vi: "xã, huyện, tỉnh", en: "commune, district, province" }],
  ],
  bankAccount: [
    ["bank", { vi: "ngân hàng", en: "bank" }],
    ["number", { vi: "số tài khoản", en: "account number" }],
  ],
  mapPoint: [
    ["lat", { vi: "vĩ độ", en: "latitude" }],
    ["lng", { vi: "kinh độ", en: "longitude" }],
  ],
  signature: [["typed", { vi: "ghi họ tên", en: "name typed" }]],
};

const YES_NO: readonly Choice[] = [
  { value: "yes", label: { vi: "Có", en: "Yes" } },
  { value: "no", label: { vi: "Không", en: "No" } },
];

/**
 * May many dossiers of this procedure be filed from one sheet? It says so itself, and none of its questions needs what a
 * cell cannot hold (units chosen from lists).
 */
export function takesSheets(definition: ProcedureDefinition, form: FormDefinition): boolean {
  const items = form.pages.flatMap((page) => page.sections.flatMap((section) => section.items));
  return definition.bulk === true && !items.some((item) => item.units !== undefined);
}

/** Every column the sheet may have; with `template` only those that a new sheet starts with. */
export function sheetColumns(
  definition: ProcedureDefinition,
  forms: readonly FormDefinition[],
  facts: FormContext["facts"],
  { template = false } = {},
): readonly SheetColumn[] {
  const columns: SheetColumn[] = [];
  for (const section of forms.flatMap((form) => form.pages.flatMap((page) => page.sections))) {
    const asked = section.items.filter((item) => isAsked(item, facts));
    if (!section.repeat) {
      for (const item of asked) columns.push(...columnsOf(item, item.id, item.label));
      continue;
    }
    const { min, max, row } = section.repeat;
    const rows = template ? Math.min(max, Math.max(min, TEMPLATE_ROWS)) : max;
    for (let number = 1; number <= rows; number += 1) {
      for (const item of asked) {
        const label = { vi: `${row.vi} ${number}: ${item.label.vi}`, en: `${row.en} ${number}: ${item.label.en}` };
        const own = columnsOf(item, `${section.id}.r${number}.${item.id}`, label);
        columns.push(...(number <= min ? own : own.map((column) => ({ ...column, required: false }))));
      }
    }
  }
  return [...columns, ...paperColumns(definition)];
}

/** What the account says, what follows from other answers and what is handed in as a file has no cell of its own. */
function isAsked(item: FormItem, facts: FormContext["facts"]): boolean {
  if (item.type === "file" || item.quiet !== undefined) return false;
  if (item.prefill?.readOnly && facts[item.prefill.from]) return false;
  return !item.derive?.some((rule) => rule.when === undefined && rule.from === undefined);
}

function columnsOf(item: FormItem, id: string, label: Text): readonly SheetColumn[] {
  const required = item.required === true && item.when === undefined && item.default === undefined && !item.prefill;
  const parts = PARTS[item.type];
  if (!parts) {
    return [{ id, label, required, item, choices: item.type === "yesNo" ? YES_NO : choicesOf(item) }];
  }
  return parts.map(([part, words]) => ({
    id: `${id}.${part}`,
    label: { vi: `${label.vi} (${words.vi})`, en: `${label.en} (${words.en})` },
    required,
    item,
    part,
    choices: part === "bank" ? bankChoices() : [],
  }));
}

function paperColumns({ components }: ProcedureDefinition): readonly SheetColumn[] {
  return components
    .filter((component) => component.kind === "paper" && !component.presentOnly && isForWay(component, "online"))
    .map((component) => ({
      id: `file.${component.code}`,
      label: { vi: `Tệp: ${component.name.vi}`, en: `File: ${component.name.en}` },
      required: component.required === true && component.asked === undefined && !component.replacedBy,
      component,
      choices: [],
    }));
}
