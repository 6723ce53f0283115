/** One question as HTML. Ids and names are the control's name, so that an error's link finds it. */
import type { Html } from "#kit/html.ts";
import { html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatInteger } from "#kit/money.ts";
import {
  checkboxesField,
  dateField,
  type FieldProps,
  hiddenField,
  radiosField,
  selectField,
  textareaField,
  textField,
  type TextFieldProps,
} from "#kit/ui/fields.ts";
import { choicesOf, dateWords } from "./answer-words.ts";
import type { VisibleItem } from "./evaluation.ts";
import type { Answer, FormContext, FormItem } from "./form.ts";
import { controlName, isAddress } from "./form.ts";
import { messages } from "./messages.ts";
import { renderAccount, renderFile, renderPoint, renderSignature } from "./render-parts.ts";
import { renderUnits, type UnitLists } from "./render-units.ts";

/** What a page knows when it shows a question. */
export interface ItemView {
  readonly lang: Lang;
  /** Message of a control by its name; undefined when it is right. */
  errorAt(field: string): string | undefined;
  readonly units?: UnitLists;
  /** Words for where a fact comes from, by the first part of its name. */
  readonly origins?: FormContext["origins"];
}

/** More choices than this are a list to open, not a column of radios. */
const RADIOS_MAX = 7;

export function renderItem(item: VisibleItem, view: ItemView): Html {
  const { definition, value } = item;
  const { lang } = view;
  const t = messages[lang];
  const base = fieldProps(item, view);
  const shown = textOf(definition, value);
  switch (definition.type) {
    case "choice":
    case "ethnicGroup":
    case "nationality":
      return choiceField(definition, base, shown, lang);
    case "yesNo":
      return radiosField({
        ...base,
        inline: true,
        value: value === true ? "yes" : value === false ? "no" : "",
        options: [
          { value: "yes", label: t.yes },
          { value: "no", label: t.no },
        ],
      });
    case "choices":
      // The empty value says that the question was asked, when no box is ticked.
      return html`${hiddenField(base.id, "")}${checkboxesField({
        ...base,
        values: Array.isArray(value) ? (value as readonly unknown[]).filter((entry) => typeof entry === "string") : [],
        options: (definition.choices ?? []).map(({ value: option, label }) => ({ value: option, label: label[lang] })),
      })}`;
    case "address":
      return definition.units ? renderUnits(item, base, view) : addressFields(item, base, view);
    case "bankAccount":
      return renderAccount(item, base, view);
    case "mapPoint":
      return renderPoint(item, base, view);
    case "signature":
      return renderSignature(item, base, view);
    case "file":
      return renderFile(item, base, view);
    case "longText":
      return textareaField({ ...base, value: shown, rows: 4 });
    case "date":
      return dateField({ ...base, value: shown, hint: base.hint ?? t.dateHint });
    case "partialDate":
      return dateField({ ...base, value: shown, hint: base.hint ?? t.partialDateHint });
    default:
      return textField({ ...base, value: shown, ...inputProps(definition, lang) });
  }
}

/** "Theo CSDL quốc gia về dân cư, lúc 10:32 22/11/2026"; undefined when nobody but the person said it. */
export function originWords(item: VisibleItem, view: Pick<ItemView, "lang" | "origins">): string | undefined {
  const kind = item.origin?.split(".", 1)[0] ?? "";
  return view.origins && Object.hasOwn(view.origins, kind) ? view.origins[kind]?.[view.lang] : undefined;
}

function fieldProps(item: VisibleItem, view: ItemView): FieldProps {
  const { lang, errorAt } = view;
  const id = controlName(item);
  const origin = originWords(item, view);
  const { purpose } = item.definition;
  const hint = [item.definition.hint?.[lang], purpose && `${messages[lang].purpose} ${purpose[lang]}`, origin]
    .filter((part) => part !== undefined && part !== "")
    .reduce<string>((text, part) => (text === "" ? (part ?? "") : `${text.replace(/[^.:!?]$/, "$&.")} ${part}`), "");
  const error = errorAt(id);
  return {
    id,
    lang,
    label: item.definition.label[lang],
    required: item.required,
    ...(hint ? { hint } : {}),
    ...(error ? { error } : {}),
  };
}

function choiceField(definition: FormItem, base: FieldProps, value: string, lang: Lang): Html {
  const choices = choicesOf(definition);
  const options = choices.map((choice) => ({
    value: choice.value,
    label: choice.label[lang],
    ...(choice.hint ? { hint: choice.hint[lang] } : {}),
  }));
  if (choices.length > RADIOS_MAX) return selectField({ ...base, value, options });
  const short = options.every((option) => option.label.length <= 12) && options.length <= 3;
  return radiosField({ ...base, value, options, inline: short });
}

function addressFields(item: VisibleItem, base: FieldProps, { lang, errorAt }: ItemView): Html {
  const t = messages[lang];
  const value = isAddress(item.value) ? item.value : { detail: "", area: "" };
  const detail = errorAt(`${base.id}.detail`);
  const area = errorAt(`${base.id}.area`);
  return html`<fieldset class="govuk-fieldset address"><legend class="govuk-fieldset__legend govuk-label">${base.label}</legend>${base.hint ? html`<div class="govuk-hint">${base.hint}</div>` : null}${textField(
    {
      id: `${base.id}.detail`,
      lang,
      label: t.detail,
      value: value.detail,
      required: item.required,
      ...(detail ? { error: detail } : {}),
    },
  )}${textField({
    id: `${base.id}.area`,
    lang,
    label: t.area,
    hint: t.areaHint,
    value: value.area,
    required: item.required,
    data: { areas: true },
    ...(area ? { error: area } : {}),
  })}</fieldset>`;
}

function inputProps(definition: FormItem, lang: Lang): Partial<TextFieldProps> {
  const autocomplete = definition.autocomplete ? { autocomplete: definition.autocomplete } : {};
  const suffix = definition.unit ? { suffix: definition.unit[lang] } : {};
  switch (definition.type) {
    case "identityNumber":
      return {
        width: 20,
        spellcheck: false,
        autocomplete: "off",
        ...((definition.papers ?? []).join() === "cccd" ? { inputMode: "numeric" } : {}),
      };
    case "phone":
      return { type: "tel", inputMode: "tel", width: 20, ...autocomplete };
    case "email":
      return { type: "email", inputMode: "email", spellcheck: false, ...autocomplete };
    case "taxCode":
      return { width: 20, inputMode: "numeric", spellcheck: false };
    case "vehiclePlate":
      return { width: 10, spellcheck: false, autocomplete: "off" };
    case "organisationName":
      return { spellcheck: false, autocomplete: definition.autocomplete ?? "organization" };
    case "integer":
      return { width: 5, inputMode: "numeric", ...suffix };
    case "money":
      return { width: 20, inputMode: "numeric", suffix: "đ" };
    case "decimal":
      return { width: 5, inputMode: "decimal", ...suffix };
    case "personName":
      return { spellcheck: false, ...autocomplete };
    case "place":
      return { data: { areas: true } };
    default:
      return autocomplete;
  }
}

/** What stands in the control: a readable date, a number as the country writes it, else what was typed. */
function textOf(definition: FormItem, value: Answer | undefined): string {
  if (typeof value === "number") {
    if (definition.type === "money") return formatInteger(value);
    return String(value).replace(".", ",");
  }
  if (typeof value !== "string") return "";
  return definition.type === "date" || definition.type === "partialDate" ? dateWords(value) : value;
}
