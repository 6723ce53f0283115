/** The controls of a thing's page, from names and texts: what is stored, or what was typed and refused. */
import { attributes, html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  checkboxesField,
  dateField,
  errorOf,
  type FieldProps,
  hiddenField,
  type PageError,
  radiosField,
  selectField,
  textareaField,
  textField,
} from "#kit/ui/index.ts";
import { OPERATORS, ROWS, subjectsOfForm } from "../condition-rows.ts";
import { conditionWords } from "../condition-words.ts";
import { type Content, itemsOfForm, type Place, parentOf, thingsOf } from "../content.ts";
import { choiceRows, type Inputs, nameOf, partAt, typedList, typedText } from "../field-values.ts";
import { type FieldSpec, fieldsFor, typeOf } from "../field-specs.ts";
import { messages } from "../messages.ts";
import { partOfRow, recordRows, type RecordsField } from "../record-rows.ts";

export interface FieldsView {
  readonly lang: Lang;
  readonly content: Content;
  readonly place: Place;
  readonly thing: Readonly<Record<string, unknown>>;
  readonly inputs: Inputs;
  readonly errors: readonly PageError[];
}

export function fieldViews(view: FieldsView): Html {
  return html`${fieldsFor(view.place.kind, typeOf(view.place.kind, view.thing)).map((field) => fieldView(view, field))}${choiceValues(view)}`;
}

function fieldView(view: FieldsView, field: FieldSpec): Html {
  const { lang, inputs, errors } = view;
  const id = nameOf(field.key);
  const base = {
    id,
    lang,
    label: field.label[lang],
    error: errorOf(errors, id),
    value: typedText(inputs, id),
    ...(field.hint ? { hint: field.hint[lang] } : {}),
    ...(field.optional ? { required: false } : {}),
  };
  switch (field.kind) {
    case "words":
    case "wordsList":
      return wordsView(view, field, field.kind === "wordsList" || field.long === true);
    case "lines":
    case "tiers":
      return textareaField({ ...base, rows: 4 });
    case "json":
      return textareaField({
        ...base,
        rows: Math.min(16, Math.max(4, base.value.split("\n").length + 1)),
        data: { code: true },
      });
    case "flag":
      return radiosField({
        ...base,
        inline: true,
        small: true,
        options: [
          { value: "yes", label: messages[lang].yes },
          { value: "no", label: messages[lang].no },
          ...(field.unset ? [{ value: "", label: messages[lang].unset }] : []),
        ],
      });
    case "select":
      return selectField({
        ...base,
        placeholder: field.optional ? messages[lang].unset : false,
        options: field.options.map(({ value, label }) => ({ value, label: label[lang] })),
      });
    case "boxes":
      return html`${hiddenField(id, "")}${checkboxesField({
        ...base,
        values: typedList(inputs, id),
        options: field.options.map(({ value, label }) => ({ value, label: label[lang] })),
      })}`;
    case "item":
      return selectField({ ...base, placeholder: messages[lang].unset, options: itemOptions(view, base.value) });
    case "parent":
      return parentView(view, base);
    case "day":
      return dateField(base);
    case "records":
      return recordsView(view, field);
    case "condition":
      return conditionView(view, field);
    case "choices":
      return choicesView(view, field);
    case "number":
    case "dong":
      return textField({ ...base, width: 10, inputMode: "numeric", maxLength: 20 });
    default:
      return textField({ ...base, maxLength: 500 });
  }
}

/** Two languages side by side: what is written in one is translated in the other. */
function wordsView({ lang, inputs, errors }: FieldsView, field: FieldSpec, long: boolean): Html {
  const t = messages[lang];
  return html`<div class="designer-pair">${(["vi", "en"] as const).map((one) => {
    const id = nameOf(field.key, one);
    const props = {
      id,
      lang,
      label: `${field.label[lang]} (${t.languages[one]})`,
      value: typedText(inputs, id),
      error: errorOf(errors, id),
      ...(field.hint && one === "vi" ? { hint: field.hint[lang] } : {}),
      ...(field.optional ? { required: false } : {}),
    };
    return long || props.value.length > 90
      ? textareaField({ ...props, rows: Math.min(10, 3 + Math.floor(props.value.length / 60)) })
      : textField({ ...props, maxLength: 2_000 });
  })}</div>`;
}

function itemOptions({ content, lang }: FieldsView, now: string): { value: string; label: string }[] {
  const items = itemsOfForm(content.form).map((item) => ({
    value: item.id,
    label: `${item.label[lang]} (${item.id})`,
  }));
  return now === "" || items.some(({ value }) => value === now) ? items : [{ value: now, label: now }, ...items];
}

function parentView({ content, place, lang, inputs }: FieldsView, base: FieldProps): Html {
  const kind = place.kind === "section" ? "page" : "section";
  const options = thingsOf(content, kind).map(({ id, thing }) => {
    const { vi = "", en = "" } = (partAt(thing, "title") ?? {}) as { vi?: string; en?: string };
    return { value: id, label: `${(lang === "vi" ? vi : en) || id} (${id})` };
  });
  const value = typedText(inputs, nameOf("parent")) || parentOf(content, place);
  return selectField({ ...base, placeholder: false, options, value });
}

function conditionView(view: FieldsView, field: FieldSpec): Html {
  const { lang, inputs, errors, content, thing } = view;
  const t = messages[lang].condition;
  const id = nameOf(field.key);
  const stored = partAt(thing, field.key);
  const mode = typedText(inputs, `${id}.mode`) || "none";
  const subjects = subjectsOfForm(content.form, lang);
  const rows = Array.from({ length: ROWS }, (_, index) => conditionRow(view, id, index, subjects));
  const open = mode === "all" || mode === "any" || errors.some((error) => error.field.startsWith(`${id}.`));
  return html`<fieldset class="govuk-fieldset designer-condition"><legend class="govuk-fieldset__legend govuk-label">${field.label[lang]}</legend>${
    stored === undefined ? null : html`<p class="govuk-hint">${t.nowIs(conditionWords(stored, content.form, lang))}</p>`
  }${selectField({
    id: `${id}.mode`,
    lang,
    label: t.mode,
    placeholder: false,
    value: mode,
    error: errorOf(errors, id),
    options: Object.entries(t.modes).map(([value, label]) => ({ value, label })),
  })}<details class="designer-condition__rows"${attributes({ open })}><summary>${t.rows}</summary><p class="govuk-hint">${t.hint}</p>${rows}</details><details class="designer-condition__json"${attributes({ open: mode === "json" })}><summary>${t.json}</summary>${textareaField(
    {
      id: `${id}.json`,
      lang,
      label: t.json,
      rows: 5,
      value: typedText(inputs, `${id}.json`),
      error: errorOf(errors, `${id}.json`),
      data: { code: true },
    },
  )}</details></fieldset>`;
}

function conditionRow(
  { lang, inputs, errors }: FieldsView,
  id: string,
  index: number,
  subjects: readonly { value: string; label: string }[],
): Html {
  const t = messages[lang].condition;
  const at = (part: string): string => `${id}.${index}.${part}`;
  const subject = typedText(inputs, at("subject"));
  const known = subject === "" || subjects.some(({ value }) => value === subject);
  return html`<div class="designer-row">${selectField({
    id: at("subject"),
    lang,
    label: t.subject(index + 1),
    value: subject,
    options: known ? subjects : [{ value: subject, label: subject }, ...subjects],
  })}${selectField({
    id: at("operator"),
    lang,
    label: t.operator,
    placeholder: false,
    value: typedText(inputs, at("operator")) || "eq",
    options: OPERATORS.map((value) => ({ value, label: t.operators[value] })),
  })}${valueField({ id: at("value"), label: t.value, value: typedText(inputs, at("value")), error: errorOf(errors, at("value")) })}</div>`;
}

/** A text with the choices of all questions offered while typing. */
function valueField({
  id,
  label,
  value,
  error,
}: {
  id: string;
  label: string;
  value: string;
  error: string | undefined;
}): Html {
  return html`<div class="govuk-form-group${error ? " govuk-form-group--error" : ""}"><label class="govuk-label" for="${id}">${label}</label>${
    error ? html`<p class="govuk-error-message" id="${id}-error">${error}</p>` : null
  }<input class="govuk-input" type="text" maxlength="500" list="designer-values"${attributes({ id, name: id, value, "aria-describedby": error ? `${id}-error` : undefined })}></div>`;
}

/** A row of controls for each record; a row that is emptied goes with the next saving. */
function recordsView(view: FieldsView, field: RecordsField): Html {
  const { lang, inputs, errors, thing, place } = view;
  const type = typeOf(place.kind, thing);
  const parts = field.parts.filter(({ only }) => !only || only.includes(type));
  const rows = Array.from({ length: recordRows(field, inputs) }, (_, index) => {
    const start = nameOf(`${field.key}.${index}`);
    const isNew = !Array.isArray(partAt(thing, field.key)) || index >= (partAt(thing, field.key) as unknown[]).length;
    const open = !isNew || errors.some((error) => error.field.startsWith(`${start}.`));
    const title = isNew ? messages[lang].newRecord(field.row[lang]) : `${field.row[lang]} ${index + 1}`;
    return html`<details class="designer-record"${attributes({ open })}><summary>${title}</summary>${parts.map((part) => fieldView(view, partOfRow(field, index, part)))}</details>`;
  });
  return html`<fieldset class="govuk-fieldset designer-records"><legend class="govuk-fieldset__legend govuk-label">${field.label[lang]}</legend>${field.hint ? html`<div class="govuk-hint">${field.hint[lang]}</div>` : null}${hiddenField(nameOf(field.key), "rows")}${rows}</fieldset>`;
}

function choiceValues({ content, lang }: FieldsView): Html {
  const choices = itemsOfForm(content.form).flatMap((item) =>
    (item.choices ?? []).map(({ value, label }) => ({ value, label: `${label[lang]} – ${item.id}` })),
  );
  return html`<datalist id="designer-values">${choices.slice(0, 400).map(({ value, label }) => html`<option value="${value}">${label}</option>`)}</datalist>`;
}

function choicesView({ lang, inputs, errors }: FieldsView, field: FieldSpec): Html {
  const t = messages[lang].choice;
  const rows = Array.from({ length: choiceRows(inputs, field.key) }, (_, index) => {
    const cell = (part: "value" | "vi" | "en"): Html => {
      const id = nameOf(field.key, `${index}.${part}`);
      return textField({
        id,
        lang,
        label: t[part],
        value: typedText(inputs, id),
        error: errorOf(errors, id),
        maxLength: 500,
      });
    };
    return html`<fieldset class="designer-row"><legend class="visually-hidden">${t.title(index + 1)}</legend>${cell("value")}${cell("vi")}${cell("en")}</fieldset>`;
  });
  return html`<fieldset class="govuk-fieldset designer-choices"><legend class="govuk-fieldset__legend govuk-label">${field.label[lang]}</legend>${rows}</fieldset>`;
}
