import { formatDate, formatDateTime } from "#kit/calendar.ts";
import { attributes, html, type Html } from "#kit/html.ts";
import { type Lang, pick } from "#kit/i18n.ts";
import { button, emptyState, icon, pagination, statusTag, table, type Tone } from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import { stateText } from "#province/dossiers/index.ts";
import { type InboxRow, type Light, type Tab, TABS, type Urgency } from "../inbox.ts";
import { messages } from "../messages.ts";

export interface InboxPageProps {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  readonly tab: Tab;
  readonly text: string;
  readonly counts: Readonly<Record<Tab, string>>;
  readonly rows: readonly { readonly row: InboxRow; readonly urgency: Urgency }[];
  readonly next: string | null;
  readonly isFirst: boolean;
}

type Words = (typeof messages)["vi"];

export function inboxPage(props: InboxPageProps): Html {
  const { lang, tab, text } = props;
  const t = messages[lang];
  return props.shell({
    lang,
    title: `${t.title}: ${t.tabs[tab]}`,
    viewer: props.viewer,
    path: "/",
    body: html`<h1 class="govuk-heading-l desk-title">${t.title}</h1>
<form class="desk-search" method="get" action="/" role="search"><input type="hidden" name="nhom" value="${tab}">
<label class="govuk-visually-hidden" for="q">${t.search}</label>
<input class="govuk-input" id="q" name="q" type="search" value="${text}" placeholder="${t.search}" maxlength="100">
${button({ label: t.searchButton, kind: "secondary", small: true })}${text ? html`<a class="govuk-link" href="${tabHref(tab, "")}">${t.clear}</a>` : null}</form>
<nav class="desk-tabs" aria-label="${t.tabsLabel}"><ul>${TABS.map(
      (one) =>
        html`<li><a href="${tabHref(one, text)}"${attributes({ "aria-current": one === tab ? "page" : undefined })}>${t.tabs[one]} <span class="desk-tabs__count">${props.counts[one]}</span></a></li>`,
    )}</ul></nav>
${text ? html`<h2 class="govuk-heading-s">${t.found(text)}</h2>` : null}
${props.rows.length === 0 ? empty(tab, text, t) : list(props, t)}`,
  });
}

function tabHref(tab: Tab, text: string): string {
  const query = new URLSearchParams({ nhom: tab, ...(text ? { q: text } : {}) });
  return `/?${query.toString()}`;
}

function empty(tab: Tab, text: string, t: Words): Html {
  const [title = "", explanation = ""] = text ? t.nothingFound : t.empty[tab];
  return emptyState({ title, text: explanation });
}

function list(props: InboxPageProps, t: Words): Html {
  const { lang, tab, text } = props;
  const next = props.next ? `${tabHref(tab, text)}&sau=${encodeURIComponent(props.next)}` : undefined;
  return html`<div class="inbox">${table({
    caption: t.tabs[tab],
    hideCaption: true,
    rows: props.rows,
    columns: [
      { label: t.columns.code, head: true, cell: ({ row }) => codeCell(row, t) },
      {
        label: t.columns.procedure,
        cell: ({ row }) => html`${pick(row.procedure, lang)}<br><span class="muted">${row.agency}</span>`,
      },
      { label: t.columns.applicant, cell: ({ row }) => row.applicant },
      {
        label: t.columns.filed,
        cell: ({ row }) => html`<time datetime="${row.filedAt.toISOString()}">${formatDate(row.filedAt)}</time>`,
      },
      { label: t.columns.due, cell: ({ urgency }) => dueCell(urgency, t) },
      { label: t.columns.state, cell: ({ row }) => stateCell(row, lang, t) },
    ],
  })}</div>
<div class="cluster">${props.isFirst ? null : html`<a class="govuk-link" href="${tabHref(tab, text)}">${t.first}</a>`}${pagination(lang, { next })}</div>`;
}

function codeCell(row: InboxRow, t: Words): Html {
  const number = `${t.number} ${row.number}`;
  return row.code
    ? html`<a class="govuk-link tabular" href="/ho-so/${row.id}">${row.code}</a><br><span class="muted inbox__number">${number}</span>`
    : html`<a class="govuk-link tabular" href="/ho-so/${row.id}">${number}</a><br><span class="muted inbox__number">${t.noCode}</span>`;
}

const LIGHT_ICONS = { green: "check", amber: "clock", red: "warning" } as const;

function dueCell(urgency: Urgency, t: Words): Html | null {
  if (urgency.what === "paused") return html`<span class="muted">${t.paused}</span>`;
  if (!urgency.until) return null;
  const when = html`<time datetime="${urgency.until.toISOString()}">${formatDateTime(urgency.until)}</time>`;
  if (urgency.what === "over" || urgency.light === "none") return when;
  const label = urgency.what === "receive" ? t.receiveBy : t.answerBy;
  return html`<span class="light light--${urgency.light}">${icon(LIGHT_ICONS[urgency.light], 16)}<span>${lightWord(urgency.light, t)}</span></span><br><span class="muted">${label}</span> ${when}`;
}

function lightWord(light: Light, t: Words): string {
  return t.lights[light];
}

const TONES: Partial<Record<InboxRow["state"], Tone>> = {
  filed: "info",
  received: "info",
  processing: "info",
  "supplement-requested": "warning",
  "fee-due": "warning",
  "result-ready": "success",
  returned: "success",
  declined: "danger",
};

const ICONS = {
  filed: "inbox",
  received: "stamp",
  processing: "pen",
  "supplement-requested": "clock",
  "fee-due": "money",
  "result-ready": "check",
  returned: "check",
  declined: "stop",
  stopped: "stop",
  withdrawn: "stop",
  draft: "pen",
} as const;

/** A dossier's state as a tag; the dossier's own page uses it too. */
export function dossierStateTag(row: Pick<InboxRow, "state" | "ending">, lang: Lang): Html {
  return statusTag({ tone: TONES[row.state] ?? "quiet", icon: ICONS[row.state], label: stateText(row, lang) });
}

function stateCell(row: InboxRow, lang: Lang, t: Words): Html {
  return html`${dossierStateTag(row, lang)}${row.awaitsSignature ? html`<br><strong class="small">${t.awaitsSignature}</strong>` : null}${row.officer ? html`<br><span class="muted">${t.with} ${row.officer}</span>` : null}`;
}
