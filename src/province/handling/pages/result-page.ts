import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  backLink,
  button,
  dateField,
  errorOf,
  errorSummary,
  fileField,
  hiddenField,
  notice,
  type PageError,
  textareaField,
  textField,
} from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import type { Dossier } from "#province/dossiers/index.ts";
import { messages } from "../messages.ts";
import { type AskedField, resultFieldControls, type TypedFields } from "../result-fields.ts";

export interface TypedResult {
  readonly number: string;
  readonly summary: string;
  /** dd/mm/yyyy as typed */
  readonly effectiveOn: string;
  readonly expiresOn: string;
  /** The procedure's own fields, and what was typed in them. */
  readonly asked: readonly AskedField[];
  readonly own: TypedFields;
}

/** The result's fields of TT 01/2023/TT-VPCP Đ9 k4 and its file. An uploaded file survives a mistake in the fields. */
export function resultPage(props: {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  readonly dossier: Dossier;
  readonly typed: TypedResult;
  /** A file that is here already, and its sealed reference for the form. */
  readonly kept?: { readonly name: string; readonly sealed: string } | undefined;
  readonly errors: readonly PageError[];
  /** What others did since the officer opened the page (see difference.ts). */
  readonly changed?: Html | undefined;
}): Html {
  const { lang, dossier, errors, typed } = props;
  const t = messages[lang];
  const w = t.entering;
  return props.shell({
    lang,
    title: w.title,
    viewer: props.viewer,
    // What was typed would be lost on the way to the other language.
    path: errors.length > 0 || props.changed ? undefined : `/ho-so/${dossier.id}/ket-qua`,
    width: "narrow",
    failed: errors.length > 0,
    body: html`${backLink(lang, `/ho-so/${dossier.id}`, t.keep)}${errorSummary(lang, errors)}${props.changed ?? null}
<h1 class="govuk-heading-l desk-title">${w.title}</h1><p class="muted tabular">${dossier.code ?? ""} · ${dossier.procedure.name[lang]}</p><p class="govuk-body">${w.lead}</p>
<form method="post" action="/ho-so/${dossier.id}/ket-qua" enctype="multipart/form-data" novalidate>${hiddenField("version", String(dossier.version))}${props.kept ? hiddenField("kept", props.kept.sealed) : null}
${textField({ id: "number", lang, label: w.number, hint: w.numberHint, required: true, width: 20, maxLength: 100, value: typed.number, error: errorOf(errors, "number") })}
${textareaField({ id: "summary", lang, label: w.summary, required: true, rows: 3, maxLength: 2000, value: typed.summary, error: errorOf(errors, "summary") })}
${dateField({ id: "effectiveOn", lang, label: w.effectiveOn, hint: w.dateHint, required: true, value: typed.effectiveOn, error: errorOf(errors, "effectiveOn") })}
${dateField({ id: "expiresOn", lang, label: w.expiresOn, hint: w.dateHint, required: false, value: typed.expiresOn, error: errorOf(errors, "expiresOn") })}
${resultFieldControls(typed.asked, typed.own, errors, lang)}
${props.kept ? notice({ tone: "success", body: html`<p>${w.kept(props.kept.name)}</p>` }) : null}
${fileField({ id: "file", lang, label: w.file, hint: w.fileHint, accept: ".pdf,application/pdf", error: errorOf(errors, "file") })}
${button({ label: w.save, once: true })}</form>`,
  });
}
