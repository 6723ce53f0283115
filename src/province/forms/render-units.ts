/**
 * An address chosen from lists: province, district, commune, each list after the one above it. Without JavaScript "Cập
 * nhật câu hỏi" brings the next list; the browser element `unit-picker` fetches it (`data-source`).
 */
import type { Html } from "#kit/html.ts";
import { html } from "#kit/html.ts";
import { type FieldProps, radiosField, selectField, textField } from "#kit/ui/fields.ts";
import type { VisibleItem } from "./evaluation.ts";
import type { Address, AddressSystem } from "./form.ts";
import { isAddress } from "./form.ts";
import { messages } from "./messages.ts";
import { group, part } from "./render-parts.ts";
import type { ItemView } from "./render-item.ts";

export interface UnitOption {
  readonly code: string;
  readonly name: string;
}

/** Units in the order of their names. */
export interface UnitLists {
  listProvinces(system: AddressSystem): readonly UnitOption[];
  listUnits(system: AddressSystem, parentCode: string): readonly UnitOption[];
}

/** Where the browser gets a list: `?he=three-level&cap=72` the units below, without `cap` the provinces. */
export const UNITS_PATH = "/don-vi-hanh-chinh";

const EMPTY: Address = { detail: "", area: "" };

export function renderUnits(item: VisibleItem, base: FieldProps, view: ItemView): Html {
  const { definition } = item;
  const t = messages[view.lang];
  const value = isAddress(item.value) ? item.value : EMPTY;
  const system = definition.units === "either" ? (value.system ?? "two-level") : (definition.units ?? "two-level");
  const choose = definition.units === "either" ? systemField(base, system, view) : null;
  const districts = system === "three-level";
  const list = (name: "province" | "district" | "commune", options: readonly UnitOption[]): Html =>
    selectField({
      ...part(base, name, t[name], view),
      value: value[name] ?? "",
      placeholder: options.length > 0 || name === "province" ? t.unitChoose : t.unitFirst,
      options: keepChosen(options, value, name).map(({ code, name: label }) => ({ value: code, label })),
      data: { unit: name },
    });
  const below = (code: string | undefined): readonly UnitOption[] =>
    code ? (view.units?.listUnits(system, code) ?? []) : [];
  return group(
    base,
    html`<unit-picker data-source="${UNITS_PATH}" data-system="${system}" data-choose="${t.unitChoose}" data-first="${t.unitFirst}">${choose}${list("province", view.units?.listProvinces(system) ?? [])}${
      districts ? list("district", below(value.province)) : null
    }${list("commune", below(districts ? value.district : value.province))}${textField({
      ...part(base, "detail", t.unitDetail, view),
      value: value.detail,
    })}</unit-picker>`,
  );
}

/** In the browser, which has no lists, what was chosen stays chosen until the list has come. */
function keepChosen(
  options: readonly UnitOption[],
  value: Address,
  name: "province" | "district" | "commune",
): readonly UnitOption[] {
  const code = value[name];
  return options.length > 0 || !code ? options : [{ code, name: code }];
}

function systemField(base: FieldProps, system: AddressSystem, view: ItemView): Html {
  const t = messages[view.lang];
  return radiosField({
    ...part(base, "system", t.unitSystem, view),
    required: true,
    small: true,
    value: system,
    options: (["two-level", "three-level"] as const).map((value) => ({ value, label: t.unitSystems[value] })),
  });
}
