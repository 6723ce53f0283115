/** Two small pages of a dossier: its substate, and closing it. */
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  backLink,
  button,
  errorOf,
  errorSummary,
  hiddenField,
  type PageError,
  radiosField,
  textareaField,
  textField,
} from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import { type Dossier, STORAGE_YEARS_MAX, type Substate } from "#province/dossiers/index.ts";
import { closingMessages } from "../closing-messages.ts";
import { messages } from "../messages.ts";

interface ClosingPage {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  readonly dossier: Dossier;
  readonly errors: readonly PageError[];
}

export interface TypedSubstate {
  readonly code: string;
  readonly text: string;
}

export function substatePage(
  props: ClosingPage & { readonly substates: readonly Substate[]; readonly typed: TypedSubstate },
): Html {
  const { lang, errors, typed } = props;
  const t = closingMessages[lang].substate;
  const options = [
    ...props.substates.map(({ code, name }) => ({ value: code, label: name[lang] })),
    { value: "-", label: t.none },
  ];
  return frame(
    props,
    t.title,
    t.lead,
    "buoc-chi-tiet",
    html`${radiosField({ id: "code", lang, label: t.now, required: true, options, value: typed.code, error: errorOf(errors, "code") })}${textareaField({ id: "text", lang, label: t.text, hint: t.textHint, required: false, rows: 3, maxLength: 1000, value: typed.text, error: errorOf(errors, "text") })}${button({ label: t.save, once: true })}`,
  );
}

export interface TypedClosing {
  readonly term: string;
  readonly years: string;
  readonly basis: string;
  readonly place: string;
}

export function closePage(props: ClosingPage & { readonly typed: TypedClosing }): Html {
  const { lang, errors, typed } = props;
  const t = closingMessages[lang].close;
  const options = [
    { value: "years", label: t.years },
    { value: "forever", label: t.forever },
  ];
  return frame(
    props,
    t.title,
    t.lead,
    "dong",
    html`${radiosField({ id: "term", lang, label: t.term, required: true, inline: true, options, value: typed.term, error: errorOf(errors, "term") })}${textField({ id: "years", lang, label: t.yearsLabel, hint: t.yearsHint(STORAGE_YEARS_MAX), required: false, width: 2, inputMode: "numeric", maxLength: 3, value: typed.years, error: errorOf(errors, "years") })}${textField({ id: "basis", lang, label: t.basis, hint: t.basisHint, required: true, maxLength: 300, value: typed.basis, error: errorOf(errors, "basis") })}${textField({ id: "place", lang, label: t.place, hint: t.placeHint, required: false, maxLength: 200, value: typed.place, error: errorOf(errors, "place") })}${button({ label: t.save, kind: "warning", once: true })}`,
  );
}

function frame(props: ClosingPage, title: string, lead: string, path: string, fields: Html): Html {
  const { lang, dossier, errors } = props;
  return props.shell({
    lang,
    title,
    viewer: props.viewer,
    width: "narrow",
    failed: errors.length > 0,
    body: html`${backLink(lang, `/ho-so/${dossier.id}`, messages[lang].keep)}${errorSummary(lang, errors)}<h1 class="govuk-heading-l desk-title">${title}</h1><p class="muted tabular">${dossier.code ?? ""} · ${dossier.applicant.name}</p><p class="govuk-body">${lead}</p><form method="post" action="/ho-so/${dossier.id}/${path}" novalidate>${hiddenField("version", String(dossier.version))}${fields}</form>`,
  });
}
