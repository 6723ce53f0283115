import { attributes, html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  backLink,
  button,
  errorSummary,
  hiddenField,
  type PageError,
  selectField,
  textareaField,
} from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import type { Dossier } from "#province/dossiers/index.ts";
import type { AskableItem, TypedAsk } from "../ask-for-supplement.ts";
import { messages } from "../messages.ts";

export interface AskPageProps {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  readonly dossier: Dossier;
  readonly items: readonly AskableItem[];
  readonly typed: TypedAsk;
  readonly errors: readonly PageError[];
}

/** Marks fields and papers, each with a reason; reasons show once the box is ticked (always, without :has). */
export function askPage(props: AskPageProps): Html {
  const { lang, dossier, typed, errors } = props;
  const t = messages[lang];
  const fields = props.items.filter((item) => item.target === "field");
  const papers = props.items.filter((item) => item.target === "component");
  return props.shell({
    lang,
    title: t.ask.title,
    viewer: props.viewer,
    width: "wide",
    failed: errors.length > 0,
    body: html`${backLink(lang, `/ho-so/${dossier.id}`, t.keep)}${errorSummary(lang, errors)}
<h1 class="govuk-heading-l desk-title">${t.ask.title}</h1><p class="muted tabular">${dossier.code ?? `${t.number} ${dossier.number ?? ""}`} · ${dossier.applicant.name}</p><p class="govuk-body">${t.ask.lead}</p>
<form method="post" action="/ho-so/${dossier.id}/bo-sung" novalidate>${hiddenField("version", String(dossier.version))}
${group(t.ask.papers, papers, props)}${group(t.ask.fields, fields, props)}
${textareaField({ id: "chung", lang, label: t.ask.general, required: false, rows: 3, maxLength: 2000, value: typed.general, error: errors.find((one) => one.field === "chung")?.message })}
${button({ label: t.ask.send, once: true })}</form>`,
  });
}

function group(title: string, items: readonly AskableItem[], props: AskPageProps): Html | null {
  if (items.length === 0) return null;
  return html`<fieldset class="govuk-fieldset ask-group"><legend class="govuk-fieldset__legend govuk-fieldset__legend--m">${title}</legend>${items.map((item) => row(item, props))}</fieldset>`;
}

function row(item: AskableItem, { lang, typed, errors }: AskPageProps): Html {
  const t = messages[lang].ask;
  const given = typed.items[item.key];
  const error = errors.find((one) => one.field === `chon-${item.key}`)?.message;
  const kinds = Object.entries(t.kinds).map(([value, label]) => ({ value, label }));
  return html`<div class="ask${error ? " ask--error" : ""}">
<div class="govuk-checkboxes__item ask__head"><input class="govuk-checkboxes__input ask__box" type="checkbox" id="chon-${item.key}" name="chon" value="${item.key}"${attributes({ checked: given !== undefined, "aria-describedby": error ? `chon-${item.key}-error` : undefined })}><label class="govuk-label govuk-checkboxes__label" for="chon-${item.key}"><span class="ask__label">${item.label}</span> <span class="ask__value">${item.value || t.empty}</span></label></div>
${error ? html`<p class="govuk-error-message" id="chon-${item.key}-error">${error}</p>` : null}
<div class="ask__more">${selectField({ id: `ly-do-${item.key}`, lang, label: t.kind, placeholder: t.choose, value: given?.kind ?? "", options: kinds })}${textareaField({ id: `noi-ro-${item.key}`, lang, label: t.more, hint: t.moreHint, required: false, rows: 2, maxLength: 1000, value: given?.more ?? "" })}</div></div>`;
}
