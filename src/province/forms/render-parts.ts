/** Questions with several controls of their own: bank account, point on the map, signature, file. */
import type { Html } from "#kit/html.ts";
import { attributes, html } from "#kit/html.ts";
import { type FieldProps, hiddenField, selectField, textField } from "#kit/ui/fields.ts";
import { bankChoices } from "./banks.ts";
import type { VisibleItem } from "./evaluation.ts";
import { isBankAccount, isMapPoint, isSignature } from "./form.ts";
import { messages } from "./messages.ts";
import { PAPER_ACCEPT } from "./paper-accept.ts";
import type { ItemView } from "./render-item.ts";
import { SIGNATURE_HEIGHT, SIGNATURE_WIDTH } from "./signature-strokes.ts";

/** A question made of several controls: its own words as legend, the hint before them. */
export function group(base: FieldProps, controls: Html): Html {
  return html`<fieldset class="govuk-fieldset address" id="${base.id}"><legend class="govuk-fieldset__legend govuk-label">${base.label}</legend>${base.hint ? html`<div class="govuk-hint">${base.hint}</div>` : null}${controls}</fieldset>`;
}

/** A control of such a question: `home.detail`. */
export function part(base: FieldProps, name: string, label: string, view: ItemView): FieldProps {
  const id = `${base.id}.${name}`;
  const error = view.errorAt(id);
  return { id, lang: view.lang, label, required: base.required ?? false, ...(error ? { error } : {}) };
}

export function renderAccount(item: VisibleItem, base: FieldProps, view: ItemView): Html {
  const t = messages[view.lang];
  const value = isBankAccount(item.value) ? item.value : { bank: "", number: "" };
  const options = bankChoices().map((choice) => ({ value: choice.value, label: choice.label[view.lang] }));
  return group(
    base,
    html`${selectField({ ...part(base, "bank", t.bank, view), value: value.bank, options })}${textField({
      ...part(base, "number", t.accountNumber, view),
      value: value.number,
      width: 20,
      spellcheck: false,
      autocomplete: "off",
    })}`,
  );
}

export function renderPoint(item: VisibleItem, base: FieldProps, view: ItemView): Html {
  const t = messages[view.lang];
  const value = isMapPoint(item.value) ? item.value : { lat: "", lng: "" };
  const shown = (one: number | string): string => String(one).replace(".", ",");
  const field = (name: "lat" | "lng", label: string): Html =>
    textField({
      ...part(base, name, label, view),
      value: shown(value[name]),
      width: 10,
      inputMode: "decimal",
      autocomplete: "off",
    });
  return group(
    base,
    html`<map-point data-locate="${t.locate}" data-locating="${t.locating}" data-failed="${t.locateFailed}"><div class="map-point__fields">${field("lat", t.latitude)}${field("lng", t.longitude)}</div></map-point>`,
  );
}

export function renderSignature(item: VisibleItem, base: FieldProps, view: ItemView): Html {
  const t = messages[view.lang];
  const value = isSignature(item.value) ? item.value : { typed: "", strokes: "" };
  return group(
    base,
    html`${textField({ ...part(base, "typed", t.signTyped, view), value: value.typed, autocomplete: "name", spellcheck: false })}<signature-pad data-draw="${t.signDraw}" data-clear="${t.signClear}" data-signed="${t.signed}" data-width="${SIGNATURE_WIDTH}" data-height="${SIGNATURE_HEIGHT}">${hiddenField(`${base.id}.strokes`, value.strokes)}</signature-pad>`,
  );
}

/**
 * The control's name is the component's, as on the page of papers: the same code takes the file. With scripts it goes up
 * when it is chosen (`<file-upload>` around the form); `data-files` is what is shown again then.
 */
export function renderFile(item: VisibleItem, base: FieldProps, view: ItemView): Html {
  const t = messages[view.lang];
  const names = Array.isArray(item.value)
    ? (item.value as readonly unknown[]).filter((one) => typeof one === "string")
    : [];
  const component = item.definition.component ?? "";
  const described = [base.hint ? `${base.id}-hint` : "", base.error ? `${base.id}-error` : ""]
    .filter(Boolean)
    .join(" ");
  const have =
    names.length > 0
      ? html`<p class="paper__count">${t.fileHave(names.length)}</p><ul class="govuk-list">${names.map((name) => html`<li class="form-file__name">${name}</li>`)}</ul><p class="govuk-hint">${t.fileManage}</p>`
      : null;
  const input = attributes({
    id: base.id,
    name: `file.${component}`,
    accept: PAPER_ACCEPT,
    "aria-describedby": described || undefined,
    "aria-invalid": base.error ? "true" : undefined,
  });
  return html`<fieldset class="govuk-fieldset paper form-file" data-paper="${component}"><legend class="govuk-fieldset__legend govuk-label">${base.label}</legend>${base.hint ? html`<div class="govuk-hint" id="${base.id}-hint">${base.hint}</div>` : null}<div class="paper__files" data-files>${have}</div><div class="govuk-form-group${base.error ? " govuk-form-group--error" : ""}"><label class="govuk-label" for="${base.id}">${t.fileChoose}</label>${base.error ? html`<p class="govuk-error-message" id="${base.id}-error">${base.error}</p>` : null}<input class="govuk-file-upload" type="file" multiple${input}></div></fieldset>`;
}
