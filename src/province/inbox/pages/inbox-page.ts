import { attributes, html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button, codeScanner, emptyState, errorSummary, notice, pagination } from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import type { BatchAction } from "../batch.ts";
import type { ColumnName } from "../desk-columns.ts";
import { type Tab, TABS } from "../inbox.ts";
import { hasFilters, type InboxQuery, writeInboxQuery } from "../inbox-query.ts";
import { messages } from "../messages.ts";
import { stepListMessages } from "../step-list-messages.ts";
import { type ListedRow, listTable } from "./list-table.ts";
import { bulkBar, type Choices, exportLinks, filterForms, keyTable } from "./list-tools.ts";

export interface InboxPageProps {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  readonly query: InboxQuery;
  /** What is searched for; then `rows` are what was found, in every group. */
  readonly text: string;
  readonly moreFound: number | null;
  readonly counts: Readonly<Record<Tab, string>>;
  /** Steps of internal procedures that wait for the officer. */
  readonly steps: string;
  readonly rows: readonly ListedRow[];
  readonly columns: readonly ColumnName[];
  readonly choices: Choices;
  readonly batchId: string;
  readonly actions: readonly BatchAction[];
  readonly standsInFor: readonly string[];
  readonly next: string | null;
  readonly said?: { readonly tone: "success" | "danger"; readonly text: string } | undefined;
}

export function inboxPage(props: InboxPageProps): Html {
  const { lang, text, query, said } = props;
  const { tab, filters } = query;
  const t = messages[lang];
  const failed = said?.tone === "danger";
  return props.shell({
    lang,
    title: `${t.title}: ${text ? t.found(text) : t.tabs[tab]}`,
    viewer: props.viewer,
    path: "/",
    failed,
    body: html`<desk-list>${failed ? errorSummary(lang, [{ field: "danh-sach", message: said.text }]) : said ? notice({ tone: "success", live: true, body: html`<p>${said.text}</p>` }) : null}
<h1 class="govuk-heading-l desk-title">${t.title}</h1>
${props.standsInFor.length > 0 ? html`<p class="muted">${t.standsInFor(props.standsInFor.join(", "))}</p>` : null}
${searchForm(props, t)}
<nav class="desk-tabs" aria-label="${t.tabsLabel}"><ul>${TABS.map(
      (one) =>
        html`<li><a href="/?${writeInboxQuery({ tab: one, filters })}"${attributes({ "aria-current": one === tab && !text ? "page" : undefined })}>${t.tabs[one]} <span class="desk-tabs__count${one === "late" && props.counts.late !== "0" ? " desk-tabs__count--late" : ""}">${props.counts[one]}</span></a></li>`,
    )}<li><a href="/buoc">${stepListMessages[lang].tab} <span class="desk-tabs__count">${props.steps}</span></a></li></ul></nav>
${text ? html`<h2 class="govuk-heading-s">${t.found(text)}</h2>` : filterForms({ lang, tab, filters, columns: props.columns, choices: props.choices })}
${props.rows.length === 0 ? empty(props, t) : list(props, t)}${keyTable(lang)}</desk-list>`,
  });
}

type Words = (typeof messages)["vi"];

function searchForm({ lang, query, text }: InboxPageProps, t: Words): Html {
  return html`<form class="desk-search" method="get" action="/" role="search"><input type="hidden" name="nhom" value="${query.tab}">
<label class="govuk-visually-hidden" for="q">${t.search}</label>
<input class="govuk-input" id="q" name="q" type="search" value="${text}" placeholder="${t.searchHint}" maxlength="400" autocomplete="off" spellcheck="false">
${button({ label: t.searchButton, kind: "secondary", small: true })}${codeScanner({ lang, field: "q", hint: t.scanning, send: true })}${text ? html`<a class="govuk-link" href="/?nhom=${query.tab}">${t.clear}</a>` : null}</form>`;
}

function empty({ text, query }: InboxPageProps, t: Words): Html {
  const [title = "", explanation = ""] = text
    ? t.nothingFound
    : hasFilters(query.filters)
      ? t.nothingFits
      : t.empty[query.tab];
  return emptyState({ title, text: explanation });
}

function list(props: InboxPageProps, t: Words): Html {
  const { lang, query, actions } = props;
  const address = writeInboxQuery(query);
  const next = props.next ? `/?${address}&sau=${encodeURIComponent(props.next)}` : undefined;
  const caption = props.text ? t.found(props.text) : t.tabs[query.tab];
  const rows = listTable({ lang, caption, rows: props.rows, columns: props.columns, selectable: actions.length > 0 });
  return html`<form id="danh-sach" method="post" action="/hang-loat" novalidate><input type="hidden" name="ve" value="${address}">${rows}${actions.length > 0 ? bulkBar({ lang, batchId: props.batchId, actions, officers: props.choices.officers }) : null}</form>
${props.moreFound ? html`<p>${t.foundMost(props.moreFound)}</p>` : null}
<div class="cluster desk-foot">${query.after ? html`<a class="govuk-link" href="/?${address}">${t.first}</a>` : null}${pagination(lang, { next })}${props.text ? null : exportLinks(lang, address)}</div>`;
}
