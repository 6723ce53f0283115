import { formatDateTime } from "#kit/calendar.ts";
import { attributes, html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  backLink,
  button,
  errorSummary,
  fileField,
  hiddenField,
  notice,
  type PageError,
  selectField,
  textareaField,
} from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import { type Dossier, UPLOAD_ACCEPT } from "#province/dossiers/index.ts";
import type { IndexEffect, SupplementTerm } from "#province/procedure/index.ts";
import { type AskableItem, askControls, type TypedAsk } from "../ask-for-supplement.ts";
import { askMessages } from "../ask-messages.ts";
import { messages } from "../messages.ts";

export interface AskPageProps {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  readonly dossier: Dossier;
  readonly items: readonly AskableItem[];
  readonly typed: TypedAsk;
  readonly errors: readonly PageError[];
  /** How long the citizen would have. */
  readonly term: SupplementTerm;
  /** What this request will be: the first is 1. */
  readonly round: number;
  /** What the index makes of the dossier after this request. */
  readonly effect: IndexEffect;
  /** Asked after the days in which a request starts the limit anew. */
  readonly afterDays: boolean;
  /** Samples that were taken already, sealed for the next try. */
  readonly kept: string;
  /** What others did since the officer opened the page (see difference.ts). */
  readonly changed?: Html | undefined;
}

/** Marks fields and papers, each with a reason; reasons show once the box is ticked (always, without :has). */
export function askPage(props: AskPageProps): Html {
  const { lang, dossier, typed, errors } = props;
  const t = askMessages[lang];
  const fields = props.items.filter((item) => item.target === "field");
  const papers = props.items.filter((item) => item.target === "component");
  return props.shell({
    lang,
    title: t.title,
    viewer: props.viewer,
    // What was typed would be lost on the way to the other language.
    path: errors.length > 0 || props.changed ? undefined : `/ho-so/${dossier.id}/bo-sung`,
    width: "wide",
    failed: errors.length > 0,
    body: html`${backLink(lang, `/ho-so/${dossier.id}`, messages[lang].keep)}${errorSummary(lang, errors)}${props.changed ?? null}
<h1 class="govuk-heading-l desk-title">${t.title}</h1><p class="muted tabular">${dossier.code ?? `${messages[lang].number} ${dossier.number ?? ""}`} · ${dossier.applicant.name}</p><p class="govuk-body">${t.lead}</p>
${circumstances(props)}
<form method="post" action="/ho-so/${dossier.id}/bo-sung" enctype="multipart/form-data" novalidate>${hiddenField("version", String(dossier.version))}${props.kept ? hiddenField("giu", props.kept) : null}
${group(t.papers, papers, props)}${group(t.fields, fields, props)}
${textareaField({ id: "chung", lang, label: t.general, required: false, rows: 3, maxLength: 2000, value: typed.general, error: errors.find((one) => one.field === "chung")?.message })}
${button({ label: t.send, once: true })}</form>`,
  });
}

/** The term, how many times it is, and what that does to the figures. */
function circumstances({ lang, term, round, effect, afterDays }: AskPageProps): Html {
  const t = askMessages[lang];
  const lines = [
    t.term(formatDateTime(term.answerBy)),
    term.remindAt ? t.remind(formatDateTime(term.remindAt)) : "",
    t.onExpiry[term.onExpiry],
  ];
  const about = html`<p>${lines.filter(Boolean).join(" ")}</p>${afterDays ? html`<p>${t.afterDays}</p>` : null}`;
  if (round === 1) return notice({ tone: "info", title: t.once, body: html`${about}<p>${t.index[effect]}</p>` });
  return notice({ tone: "warning", title: `${t.again(round)} ${t.index[effect]}`, body: about });
}

function group(title: string, items: readonly AskableItem[], props: AskPageProps): Html | null {
  if (items.length === 0) return null;
  return html`<fieldset class="govuk-fieldset ask-group"><legend class="govuk-fieldset__legend govuk-fieldset__legend--m">${title}</legend>${items.map((item) => row(item, props))}</fieldset>`;
}

function row(item: AskableItem, { lang, typed, errors }: AskPageProps): Html {
  const t = askMessages[lang];
  const { key } = item;
  const given = typed.items[key];
  const error = errors.find((one) => one.field === `chon-${key}`)?.message;
  const badFile = errors.find((one) => one.field === askControls.file(key))?.message;
  const reasons = item.reasons.map((reason) => ({ value: reason.code, label: reason.text[lang] }));
  return html`<div class="ask${error ? " ask--error" : ""}">
<div class="govuk-checkboxes__item ask__head"><input class="govuk-checkboxes__input ask__box" type="checkbox" id="chon-${key}" name="chon" value="${key}"${attributes({ checked: given !== undefined, "aria-describedby": error ? `chon-${key}-error` : undefined })}><label class="govuk-label govuk-checkboxes__label" for="chon-${key}"><span class="ask__label">${item.label}</span> <span class="ask__value">${item.value || t.empty}</span></label></div>
${error ? html`<p class="govuk-error-message" id="chon-${key}-error">${error}</p>` : null}
<div class="ask__more">${selectField({ id: askControls.reason(key), lang, label: t.kind, placeholder: t.choose, value: given?.kind ?? "", options: reasons })}${textareaField({ id: askControls.more(key), lang, label: t.more, hint: t.moreHint, required: false, rows: 2, maxLength: 1000, value: given?.more ?? "" })}${textareaField({ id: askControls.example(key), lang, label: t.example, hint: t.exampleHint, required: false, rows: 1, maxLength: 1000, value: given?.example ?? "" })}${
    item.target === "component"
      ? fileField({
          id: askControls.file(key),
          lang,
          label: t.exampleFile,
          required: false,
          accept: UPLOAD_ACCEPT,
          hint: given?.file ? t.exampleKept(given.file.name) : undefined,
          error: badFile,
        })
      : null
  }</div></div>`;
}
