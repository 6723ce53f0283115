import { formatDate } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  codeScanner,
  backLink,
  button,
  dateField,
  errorOf,
  errorSummary,
  hiddenField,
  notice,
  type PageError,
  selectField,
  table,
  textField,
} from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import type { DeskLetter, DeskOrder } from "../delivery-view.ts";
import { messages } from "../messages.ts";
import { orderTag } from "./order-box.ts";
import { nameOf } from "./orders-page.ts";

export interface TypedLetter {
  readonly itemCode: string;
  readonly sender: string;
  readonly postmarked: string;
  readonly arrived: string;
  readonly agency: string;
  /** Code or number that stands on the letter. */
  readonly dossier: string;
}

export interface LettersPageProps {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
  readonly waiting: readonly DeskLetter[];
  readonly awaited: readonly DeskOrder[];
  readonly recent: readonly DeskLetter[];
  readonly typed: TypedLetter;
  readonly errors: readonly PageError[];
  readonly said: string | undefined;
}

/** The book of letters: enter one, make the dossier, see what is on its way. */
export function lettersPage(props: LettersPageProps): Html {
  const { lang, waiting, awaited, recent, errors } = props;
  const t = messages[lang].letters;
  return props.shell({
    lang,
    title: t.title,
    viewer: props.viewer,
    width: "wide",
    failed: errors.length > 0,
    ...(errors.length > 0 ? {} : { path: "/buu-gui/den" }),
    body: html`${backLink(lang, "/quay")}${errorSummary(lang, errors)}<h1 class="govuk-heading-l desk-title">${t.title}</h1><p class="govuk-body">${t.lead} <a class="govuk-link" href="/buu-gui">${t.out}</a></p>
${props.said ? notice({ tone: "success", live: true, body: html`<p>${props.said}</p>` }) : null}
<div class="post-letters"><section aria-labelledby="ghi-so"><h2 class="govuk-heading-m" id="ghi-so">${t.register}</h2>${form(props)}</section>
<div><section aria-labelledby="cho"><h2 class="govuk-heading-m" id="cho">${t.waiting(waiting.length)}</h2>${waiting.length === 0 ? html`<p class="muted">${t.waitingEmpty}</p>` : letters(waiting, lang, true)}</section>
${awaited.length > 0 ? html`<section class="section" aria-labelledby="duong"><h2 class="govuk-heading-m" id="duong">${t.awaited(awaited.length)}</h2>${onTheirWay(awaited, lang)}</section>` : null}
${recent.length > 0 ? html`<section class="section" aria-labelledby="roi"><h2 class="govuk-heading-m" id="roi">${t.recent}</h2>${letters(recent, lang, false)}</section>` : null}</div></div>`,
  });
}

function form({ lang, typed, errors, agencies }: LettersPageProps): Html {
  const t = messages[lang].letters;
  const error = (field: string) => errorOf(errors, field);
  const agency =
    agencies.length === 1
      ? hiddenField("don-vi", agencies[0]?.id ?? "")
      : selectField({
          id: "don-vi",
          lang,
          label: t.agency,
          required: true,
          value: typed.agency,
          options: agencies.map(({ id, name }) => ({ value: id, label: name })),
          error: error("don-vi"),
        });
  return html`<form class="counter-form" method="post" action="/buu-gui/den" novalidate>
${textField({ id: "ma", lang, label: t.itemCode, hint: t.itemCodeHint, required: true, value: typed.itemCode, maxLength: 40, width: 20, autocomplete: "off", autofocus: errors.length === 0, error: error("ma") })}
${codeScanner({ lang, field: "ma", hint: t.itemCodeCamera, send: false })}
${textField({ id: "nguoi-gui", lang, label: t.sender, required: true, value: typed.sender, maxLength: 200, autocomplete: "off", error: error("nguoi-gui") })}
${dateField({ id: "dau", lang, label: t.postmarked, hint: t.postmarkedHint, required: false, value: typed.postmarked, autocomplete: "off", error: error("dau") })}
${dateField({ id: "nhan", lang, label: t.arrived, required: true, value: dayShown(typed.arrived), autocomplete: "off", error: error("nhan") })}
${textField({ id: "ho-so", lang, label: t.dossier, hint: t.dossierHint, required: false, value: typed.dossier, maxLength: 60, autocomplete: "off", error: error("ho-so") })}
${agency}${button({ label: t.save, once: true })}</form>`;
}

/** A day of ours is shown as people write it; what somebody typed stays as it was. */
function dayShown(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? formatDate(text) : text;
}

function letters(rows: readonly DeskLetter[], lang: Lang, waiting: boolean): Html {
  const t = messages[lang].letters;
  return table({
    caption: waiting ? t.waiting(rows.length) : t.recent,
    hideCaption: true,
    rows,
    columns: [
      { label: t.columns.item, head: true, cell: (row) => html`<span class="tabular">${row.itemCode}</span>` },
      { label: t.columns.sender, cell: (row) => row.senderName },
      {
        label: t.columns.days,
        cell: (row) =>
          html`<span class="tabular">${row.postmarkedOn ? formatDate(row.postmarkedOn) : t.unreadable} / ${formatDate(row.arrivedOn)}</span>`,
      },
      { label: t.columns.by, cell: (row) => row.registeredBy },
      {
        label: t.columns.dossier,
        cell: (row) =>
          waiting
            ? html`<a class="govuk-link" href="/quay?buu-gui=${row.id}">${t.file}<span class="govuk-visually-hidden"> ${row.itemCode}</span></a>`
            : html`<a class="govuk-link tabular" href="/ho-so/${row.dossierId}">${nameOf(row, lang)}</a>`,
      },
    ],
  });
}

function onTheirWay(rows: readonly DeskOrder[], lang: Lang): Html {
  const t = messages[lang];
  return table({
    caption: t.letters.awaited(rows.length),
    hideCaption: true,
    rows,
    columns: [
      {
        label: t.letters.columns.item,
        head: true,
        cell: (row) => html`<span class="tabular">${row.itemCode}</span>`,
      },
      { label: t.letters.columns.sender, cell: (row) => row.applicant },
      { label: t.list.columns.state, cell: (row) => orderTag(row.state, lang) },
      {
        label: t.letters.columns.dossier,
        cell: (row) => html`<a class="govuk-link tabular" href="/ho-so/${row.dossierId}">${nameOf(row, lang)}</a>`,
      },
    ],
  });
}
