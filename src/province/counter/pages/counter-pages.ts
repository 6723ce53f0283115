import { formatDateTime } from "#kit/calendar.ts";
import { attributes, html, type Html } from "#kit/html.ts";
import { type Lang, pick } from "#kit/i18n.ts";
import {
  codeScanner,
  backLink,
  button,
  dateField,
  emptyState,
  errorOf,
  errorSummary,
  hiddenField,
  notice,
  type PageError,
  radiosField,
  selectField,
  table,
  textField,
} from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import type { CounterDraft } from "../counter-store.ts";
import type { TypedPerson } from "../counter-person.ts";
import { messages } from "../messages.ts";

interface Frame {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
}

export interface FoundProcedure {
  readonly code: string;
  readonly name: string;
  readonly field: string;
}

/** Which procedure, and what is half done. */
export function counterStartPage(
  props: Frame & {
    readonly words: string;
    readonly found: readonly FoundProcedure[] | undefined;
    readonly drafts: readonly CounterDraft[];
    /** The letter that the dossier is typed from. */
    readonly letter: { readonly id: string; readonly itemCode: string; readonly senderName: string } | undefined;
  },
): Html {
  const { lang, words, found, letter } = props;
  const t = messages[lang];
  const from = fromLetter(letter);
  const results =
    found === undefined
      ? null
      : found.length === 0
        ? emptyState({ title: t.nothing, text: t.nothingText })
        : html`<h2 class="govuk-heading-m">${t.found(words)}</h2><ul class="counter-found">${found.map(
            (one) =>
              html`<li><a class="govuk-link" href="/quay/${one.code}${from}">${one.name}</a><br><span class="muted">${one.code} · ${one.field}</span></li>`,
          )}</ul>`;
  return props.shell({
    lang,
    title: t.title,
    viewer: props.viewer,
    path: `/quay${from}`,
    width: "wide",
    body: html`<h1 class="govuk-heading-l desk-title">${t.title}</h1>${letter ? notice({ tone: "info", body: html`<p>${t.letter(letter.itemCode, letter.senderName)}</p>` }) : html`<p class="govuk-body">${t.lead}</p>`}
<form class="desk-search" method="get" action="/quay" role="search"><label class="govuk-visually-hidden" for="q">${t.search}</label>
<input class="govuk-input" id="q" name="q" type="search" value="${words}" placeholder="${t.search}" maxlength="100"${words ? null : html` autofocus`}>${letter ? hiddenField("buu-gui", letter.id) : null}${button({ label: t.searchButton, small: true })}</form>
<nav class="counter-ways" aria-label="${t.elsewhere}"><a class="govuk-link" href="/quay/so-thu-tu">${t.queue}</a><a class="govuk-link" href="/buu-gui/den">${t.postIn}</a><a class="govuk-link" href="/buu-gui">${t.postOut}</a><a class="govuk-link" href="/so-theo-doi">${t.register}</a></nav>
${results}${props.drafts.length > 0 ? draftsTable(props.drafts, lang) : null}`,
  });
}

function draftsTable(drafts: readonly CounterDraft[], lang: Lang): Html {
  const t = messages[lang];
  return html`<div class="section">${table({
    caption: t.drafts,
    rows: drafts,
    columns: [
      {
        label: t.draftColumns.procedure,
        head: true,
        cell: (row) => html`<a class="govuk-link" href="/ho-so/${row.id}/ke-khai">${pick(row.procedure, lang)}</a>`,
      },
      { label: t.draftColumns.applicant, cell: (row) => row.applicant },
      { label: t.draftColumns.officer, cell: (row) => row.officer },
      { label: t.draftColumns.saved, cell: (row) => html`<span class="tabular">${formatDateTime(row.savedAt)}</span>` },
    ],
  })}</div>`;
}

/** The letter that the dossier is typed from, on the way to the next page. */
function fromLetter(letter: { readonly id: string } | undefined): string {
  return letter ? `?buu-gui=${letter.id}` : "";
}

export interface PersonPageProps extends Frame {
  readonly code: string;
  readonly procedure: string;
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
  readonly typed: TypedPerson;
  /** from which it was typed */
  readonly letter?: { readonly id: string } | undefined;
  readonly errors: readonly PageError[];
  readonly filled: boolean;
}

/** Who stands at the counter: one scan, or typed. */
export function personPage(props: PersonPageProps): Html {
  const { lang, typed, errors } = props;
  const t = messages[lang];
  const f = t.fields;
  const error = (field: string) => errorOf(errors, field);
  // A reader types where the cursor stands.
  const fresh = typed.identityNumber === "" && errors.length === 0;
  const form = html`<form class="counter-form" method="post" action="/quay/${props.code}" novalidate>
${textField({ id: "qr", lang, label: t.scan, hint: t.scanHint, error: error("qr"), required: true, maxLength: 600, spellcheck: false, autocomplete: "off", autofocus: fresh })}
<div class="counter-form__scan">${button({ label: t.fill, kind: "secondary", small: true, name: "_action", value: "fill", noValidate: true })}${codeScanner({ lang, field: "qr", hint: t.scanCamera, send: true })}</div>
<div class="counter-form__pair">${textField({ id: "identityNumber", lang, label: f.identityNumber, required: true, value: typed.identityNumber, inputMode: "numeric", width: 20, maxLength: 15, autocomplete: "off", error: error("identityNumber") })}
${textField({ id: "name", lang, label: f.name, required: true, value: typed.name, maxLength: 100, autocomplete: "off", error: error("name") })}
${dateField({ id: "birthDate", lang, label: f.birthDate, required: true, value: typed.birthDate, autocomplete: "off", error: error("birthDate") })}
${textField({ id: "phone", lang, label: f.phone, hint: f.phoneHint, required: false, value: typed.phone, type: "tel", width: 20, autofocus: props.filled, maxLength: 15, autocomplete: "off", error: error("phone") })}</div>
${textField({ id: "address", lang, label: f.address, required: false, value: typed.address, maxLength: 300, autocomplete: "off", error: error("address") })}
${textField({ id: "email", lang, label: f.email, required: false, value: typed.email, type: "email", maxLength: 200, autocomplete: "off", error: error("email") })}
${
  props.agencies.length === 1
    ? hiddenField("agency", props.agencies[0]?.id ?? "")
    : selectField({
        id: "agency",
        lang,
        label: f.agency,
        required: true,
        value: typed.agency,
        options: props.agencies.map(({ id, name }) => ({ value: id, label: name })),
        error: error("agency"),
      })
}
${radiosField({
  id: "way",
  lang,
  label: f.way,
  inline: true,
  small: true,
  value: typed.way,
  options: [
    { value: "counter", label: t.ways.counter },
    { value: "post", label: t.ways.post },
  ],
})}
<details class="govuk-details"${attributes({ open: typed.way === "post" })}><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${t.postOnly}</span></summary><div class="govuk-details__text counter-form__pair">${textField({ id: "itemCode", lang, label: f.itemCode, required: false, value: typed.itemCode, maxLength: 40, width: 20, autocomplete: "off", error: error("itemCode") })}
${dateField({ id: "postmarkedOn", lang, label: f.postmarkedOn, required: false, value: typed.postmarkedOn, autocomplete: "off", error: error("postmarkedOn") })}
${dateField({ id: "arrivedOn", lang, label: f.arrivedOn, required: false, value: typed.arrivedOn, autocomplete: "off", error: error("arrivedOn") })}</div></details>
${button({ label: t.begin, name: "_action", value: "begin", once: true })}</form>`;
  return props.shell({
    lang,
    title: `${t.person}: ${props.procedure}`,
    viewer: props.viewer,
    // What was typed would be lost on the way to the other language.
    path: errors.length > 0 || props.filled ? undefined : `/quay/${props.code}${fromLetter(props.letter)}`,
    width: "narrow",
    failed: errors.length > 0,
    body: html`${backLink(lang, "/quay")}${errorSummary(lang, errors)}<p class="filing__caption">${props.procedure}</p><h1 class="govuk-heading-l desk-title">${t.person}</h1>
${props.filled ? notice({ tone: "success", body: html`<p>${t.filled}</p>` }) : null}${props.agencies.length === 0 ? notice({ tone: "warning", body: html`<p>${t.notHere}</p>` }) : form}`,
  });
}
