/** The field's own data of a result (TT 01/2023/TT-VPCP Đ9 k4 đ), as the procedure's definition names them. */
import { formatDate } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { dateField, errorOf, type PageError, textField } from "#kit/ui/index.ts";
import { checkDate } from "#kit/vietnamese.ts";
import { getProcedureVersion } from "#province/catalogue/index.ts";
import type { Dossier } from "#province/dossiers/index.ts";
import { fieldsNeededBy } from "#province/linked/index.ts";
import type { ResultField } from "#province/procedure/index.ts";
import type { HandlingDeps } from "./handling.ts";
import { resultFieldMessages } from "./result-field-messages.ts";

export interface AskedField extends ResultField {
  /** A later part of a linked filing reads it. */
  readonly needed: boolean;
}

/** What was typed, by the field's code. */
export type TypedFields = Readonly<Record<string, string>>;

const TEXT_MAX = 300;
const control = (code: string) => `data-${code}`;

export async function resultFieldsOf(deps: HandlingDeps, dossier: Dossier): Promise<readonly AskedField[]> {
  const { code, version } = dossier.procedure;
  const db = deps.database.forTenant(deps.tenant.code);
  const [procedure, needed] = await Promise.all([
    getProcedureVersion(db, code, version),
    fieldsNeededBy(deps.database, dossier),
  ]);
  const fields = procedure?.results.flatMap((result) => result.fields ?? []) ?? [];
  return fields.map((field) => ({ ...field, needed: needed.includes(field.code) }));
}

export function typedFields(fields: readonly AskedField[], values: Readonly<Record<string, string>>): TypedFields {
  return Object.fromEntries(
    fields.map(({ code }) => [code, (values[control(code)] ?? "").normalize("NFC").trim().slice(0, TEXT_MAX)]),
  );
}

/** As they were entered before, for typing on. */
export function knownFields(fields: readonly AskedField[], data: Readonly<Record<string, unknown>>): TypedFields {
  return Object.fromEntries(
    fields.map(({ code, kind }) => {
      const value = data[code];
      return [code, typeof value !== "string" ? "" : kind === "date" ? formatDate(value) : value];
    }),
  );
}

export function readResultFields(
  fields: readonly AskedField[],
  typed: TypedFields,
  lang: Lang,
): { readonly data: Readonly<Record<string, string>>; readonly errors: readonly PageError[] } {
  const t = resultFieldMessages[lang];
  const data: Record<string, string> = {};
  const errors: PageError[] = [];
  for (const { code, kind, name, needed } of fields) {
    const text = typed[code] ?? "";
    const day = kind === "date" && text ? checkDate(text) : undefined;
    if (text === "") {
      if (needed) errors.push({ field: control(code), message: t.missing(name[lang]) });
    } else if (kind === "identity" && !/^\d{12}$/.test(text)) {
      errors.push({ field: control(code), message: t.notNumber(name[lang]) });
    } else if (day && !day.ok) {
      errors.push({ field: control(code), message: t.notDate(name[lang]) });
    } else data[code] = day?.ok ? day.value : text;
  }
  return { data, errors };
}

export function resultFieldControls(
  fields: readonly AskedField[],
  typed: TypedFields,
  errors: readonly PageError[],
  lang: Lang,
): Html {
  const t = resultFieldMessages[lang];
  return html`${fields.map(({ code, kind, name, needed }) => {
    const id = control(code);
    const common = {
      id,
      lang,
      label: name[lang],
      required: needed,
      value: typed[code] ?? "",
      error: errorOf(errors, id),
    };
    if (kind === "date") return dateField({ ...common, hint: t.dateHint });
    const hint = needed ? t.needed : kind === "identity" ? t.numberHint : undefined;
    return textField({ ...common, hint, width: 20, maxLength: kind === "identity" ? 12 : TEXT_MAX });
  })}`;
}
