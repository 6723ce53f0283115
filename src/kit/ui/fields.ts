/** Form controls with label, hint and error wired for everybody (WCAG 1.3.1, 3.3.1, 3.3.2). Pure functions of props. */
import { attributes, html, type Html } from "../html.ts";
import type { Lang } from "../i18n.ts";

export interface FieldProps {
  /** Also the name unless `name` is given; the error summary links to it. */
  readonly id: string;
  readonly name?: string;
  readonly lang: Lang;
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly value?: string | undefined;
  readonly required?: boolean;
  /** Attributes for browser elements: data-… */
  readonly data?: Readonly<Record<string, string | boolean | undefined>>;
}

export interface TextFieldProps extends FieldProps {
  readonly type?: "text" | "email" | "tel" | "password" | "search" | "number";
  readonly autocomplete?: string;
  readonly inputMode?: "text" | "numeric" | "decimal" | "tel" | "email" | "search";
  /** Expected length in characters: 2, 3, 4, 5, 10, 20, 30; full width without it. */
  readonly width?: 2 | 3 | 4 | 5 | 10 | 20 | 30;
  readonly maxLength?: number;
  readonly readOnly?: boolean;
  /** Only where the page's one purpose is this field: a reader types where the cursor stands. */
  readonly autofocus?: boolean;
  readonly spellcheck?: boolean;
  readonly suffix?: string;
  readonly className?: string;
}

const words = {
  vi: { optional: "(không bắt buộc)", error: "Lỗi:", choose: "– Chọn –", day: "Ngày", month: "Tháng", year: "Năm" },
  en: { optional: "(optional)", error: "Error:", choose: "– Choose –", day: "Day", month: "Month", year: "Year" },
} as const;

export function textField(props: TextFieldProps): Html {
  const input = html`<input class="govuk-input${props.width ? ` govuk-input--width-${props.width}` : ""}${props.error ? " govuk-input--error" : ""}${props.className ? ` ${props.className}` : ""}"${attributes(
    {
      id: props.id,
      name: props.name ?? props.id,
      type: props.type ?? "text",
      value: props.type === "password" ? undefined : props.value,
      autocomplete: props.autocomplete,
      inputmode: props.inputMode,
      maxlength: props.maxLength,
      readonly: props.readOnly,
      autofocus: props.autofocus,
      spellcheck: props.spellcheck === false ? "false" : undefined,
      "aria-describedby": describedBy(props),
      "aria-required": props.required ? "true" : undefined,
      "aria-invalid": props.error ? "true" : undefined,
    },
  )}${attributes(dataOf(props))}>`;
  return group(
    props,
    html`${labelOf(props)}${hintOf(props)}${errorOf(props)}${props.suffix ? html`<div class="govuk-input__wrapper">${input}<div class="govuk-input__suffix" aria-hidden="true">${props.suffix}</div></div>` : input}`,
  );
}

export function textareaField(props: FieldProps & { readonly rows?: number; readonly maxLength?: number }): Html {
  return group(
    props,
    html`${labelOf(props)}${hintOf(props)}${errorOf(props)}<textarea class="govuk-textarea${props.error ? " govuk-textarea--error" : ""}"${attributes(
      {
        id: props.id,
        name: props.name ?? props.id,
        rows: props.rows ?? 4,
        maxlength: props.maxLength,
        "aria-describedby": describedBy(props),
        "aria-required": props.required ? "true" : undefined,
        "aria-invalid": props.error ? "true" : undefined,
      },
    )}${attributes(dataOf(props))}>${props.value ?? ""}</textarea>`,
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
  readonly disabled?: boolean;
}

export function selectField(
  props: FieldProps & { readonly options: readonly Option[]; readonly placeholder?: string | false },
): Html {
  const placeholder =
    props.placeholder === false
      ? null
      : html`<option value="">${props.placeholder ?? words[props.lang].choose}</option>`;
  return group(
    props,
    html`${labelOf(props)}${hintOf(props)}${errorOf(props)}<select class="govuk-select${props.error ? " govuk-select--error" : ""}"${attributes(
      {
        id: props.id,
        name: props.name ?? props.id,
        "aria-describedby": describedBy(props),
        "aria-required": props.required ? "true" : undefined,
        "aria-invalid": props.error ? "true" : undefined,
      },
    )}${attributes(dataOf(props))}>${placeholder}${props.options.map(
      (o) =>
        html`<option value="${o.value}"${attributes({ selected: o.value === props.value, disabled: o.disabled })}>${o.label}</option>`,
    )}</select>`,
  );
}

/** Radios in a fieldset; the first one has the field's id, so that the error summary's link reaches it. */
export function radiosField(
  props: FieldProps & { readonly options: readonly Option[]; readonly inline?: boolean; readonly small?: boolean },
): Html {
  return fieldset(
    props,
    html`<div class="govuk-radios${props.inline ? " govuk-radios--inline" : ""}${props.small ? " govuk-radios--small" : ""}">${props.options.map(
      (o, index) => {
        const id = index === 0 ? props.id : `${props.id}-${index + 1}`;
        return html`<div class="govuk-radios__item"><input class="govuk-radios__input" type="radio"${attributes({ id, name: props.name ?? props.id, value: o.value, checked: o.value === props.value, disabled: o.disabled, "aria-describedby": o.hint ? `${id}-item-hint` : undefined })}${attributes(dataOf(props))}><label class="govuk-label govuk-radios__label" for="${id}">${o.label}</label>${o.hint ? html`<div class="govuk-hint govuk-radios__hint" id="${id}-item-hint">${o.hint}</div>` : null}</div>`;
      },
    )}</div>`,
  );
}

export function checkboxesField(
  props: FieldProps & { readonly options: readonly Option[]; readonly values: readonly string[] },
): Html {
  return fieldset(props, html`<div class="govuk-checkboxes">${checkboxItems(props)}</div>`);
}

/** One box with its own sentence, without a legend: agreements. */
export function checkboxField(props: FieldProps & { readonly checked?: boolean }): Html {
  const item = { ...props, options: [{ value: "yes", label: props.label }], values: props.checked ? ["yes"] : [] };
  return group(
    props,
    html`${errorOf(props)}<div class="govuk-checkboxes">${checkboxItems(item)}</div>${hintOf(props)}`,
  );
}

function checkboxItems(
  props: FieldProps & { readonly options: readonly Option[]; readonly values: readonly string[] },
): Html[] {
  return props.options.map((o, index) => {
    const id = index === 0 ? props.id : `${props.id}-${index + 1}`;
    const description = [
      o.hint ? `${id}-item-hint` : undefined,
      props.error && index === 0 ? `${props.id}-error` : undefined,
    ]
      .filter(Boolean)
      .join(" ");
    return html`<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox"${attributes({ id, name: props.name ?? props.id, value: o.value, checked: props.values.includes(o.value), disabled: o.disabled, "aria-describedby": description || undefined })}${attributes(dataOf(props))}><label class="govuk-label govuk-checkboxes__label" for="${id}">${o.label}</label>${o.hint ? html`<div class="govuk-hint govuk-checkboxes__hint" id="${id}-item-hint">${o.hint}</div>` : null}</div>`;
  });
}

/** A day in one field, dd/mm/yyyy: fewer stops than three boxes, pasted whole, spoken whole. */
export function dateField(props: TextFieldProps): Html {
  return textField({ width: 10, inputMode: "numeric", maxLength: 20, ...props });
}

export function fileField(props: FieldProps & { readonly accept?: string; readonly multiple?: boolean }): Html {
  return group(
    props,
    html`${labelOf(props)}${hintOf(props)}${errorOf(props)}<input class="govuk-file-upload" type="file"${attributes({
      id: props.id,
      name: props.name ?? props.id,
      accept: props.accept,
      multiple: props.multiple,
      "aria-describedby": describedBy(props),
      "aria-invalid": props.error ? "true" : undefined,
    })}${attributes(dataOf(props))}>`,
  );
}

/** Six digits as one field; the browser element shows six boxes over it. */
export function otpField(props: FieldProps): Html {
  return html`<otp-field>${textField({ ...props, inputMode: "numeric", autocomplete: "one-time-code", maxLength: 12, className: "otp", spellcheck: false })}</otp-field>`;
}

export function hiddenField(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`;
}

function group(props: FieldProps, content: Html): Html {
  return html`<div class="govuk-form-group${props.error ? " govuk-form-group--error" : ""}">${content}</div>`;
}

function fieldset(props: FieldProps, content: Html): Html {
  return group(
    props,
    html`<fieldset class="govuk-fieldset"${attributes({ "aria-describedby": describedBy(props) })}><legend class="govuk-fieldset__legend govuk-label">${props.label}${optionalOf(props)}</legend>${hintOf(props)}${errorOf(props)}${content}</fieldset>`,
  );
}

function labelOf(props: FieldProps): Html {
  return html`<label class="govuk-label" for="${props.id}">${props.label}${optionalOf(props)}</label>`;
}

function optionalOf(props: FieldProps): Html | null {
  return props.required === false ? html` <span class="optional">${words[props.lang].optional}</span>` : null;
}

function hintOf(props: FieldProps): Html | null {
  return props.hint ? html`<div class="govuk-hint" id="${props.id}-hint">${props.hint}</div>` : null;
}

function errorOf(props: FieldProps): Html | null {
  return props.error
    ? html`<p class="govuk-error-message" id="${props.id}-error"><span class="govuk-visually-hidden">${words[props.lang].error}</span> ${props.error}</p>`
    : null;
}

function describedBy(props: FieldProps): string | undefined {
  const ids = [props.hint ? `${props.id}-hint` : "", props.error ? `${props.id}-error` : ""].filter(Boolean);
  return ids.length > 0 ? ids.join(" ") : undefined;
}

function dataOf(props: FieldProps): Record<string, string | boolean | undefined> {
  const out: Record<string, string | boolean | undefined> = {};
  for (const [key, value] of Object.entries(props.data ?? {}))
    out[key.startsWith("data-") ? key : `data-${key}`] = value;
  return out;
}
