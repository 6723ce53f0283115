import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  backLink,
  button,
  errorOf,
  errorSummary,
  hiddenField,
  type PageError,
  selectField,
  textareaField,
} from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import type { Dossier } from "#province/dossiers/index.ts";
import type { Officer } from "#province/officers/index.ts";
import { placeText } from "#province/tenants/index.ts";
import { messages } from "../messages.ts";
import { actFilesField, type KeptFiles } from "./act-files-field.ts";

export function forwardPage(props: {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  readonly dossier: Dossier;
  readonly officers: readonly Officer[];
  readonly typed: { readonly to: string; readonly note: string };
  readonly kept?: KeptFiles | undefined;
  readonly errors: readonly PageError[];
  /** What others did since the officer opened the page (see difference.ts). */
  readonly changed?: Html | undefined;
}): Html {
  const { lang, dossier, errors, typed } = props;
  const t = messages[lang];
  const options = props.officers.map((one) => ({
    value: one.id,
    label: `${one.name} – ${placeText(one.unit, props.lang)}`,
  }));
  return props.shell({
    lang,
    title: t.forwarding.title,
    viewer: props.viewer,
    // What was typed would be lost on the way to the other language.
    path: errors.length > 0 || props.changed ? undefined : `/ho-so/${dossier.id}/chuyen-thu-ly`,
    width: "narrow",
    failed: errors.length > 0,
    body: html`${backLink(lang, `/ho-so/${dossier.id}`, t.keep)}${errorSummary(lang, errors)}${props.changed ?? null}
<h1 class="govuk-heading-l desk-title">${t.forwarding.title}</h1><p class="muted tabular">${dossier.code ?? ""} · ${dossier.applicant.name}</p><p class="govuk-body">${t.forwarding.lead}</p>
<form method="post" action="/ho-so/${dossier.id}/chuyen-thu-ly" enctype="multipart/form-data" novalidate>${hiddenField("version", String(dossier.version))}
${selectField({ id: "to", lang, label: t.forwarding.to, required: true, value: typed.to, options, error: errorOf(errors, "to") })}
${textareaField({ id: "note", lang, label: t.forwarding.note, required: false, rows: 4, maxLength: 4000, value: typed.note })}
${actFilesField({ lang, action: "forward", kept: props.kept, errors })}
${button({ label: t.forwarding.send, once: true })}</form>`,
  });
}
