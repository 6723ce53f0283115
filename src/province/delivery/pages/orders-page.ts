import { formatDateTime } from "#kit/calendar.ts";
import { attributes, html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { backLink, emptyState, pagination, table } from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import type { DeskOrder } from "../delivery-view.ts";
import { messages } from "../messages.ts";
import { ORDER_LISTS, type OrderList } from "../order.ts";
import { orderTag } from "./order-box.ts";

/** What goes out by post and what is fetched, by what is to be done next. */
export function ordersPage(props: {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  readonly list: OrderList;
  readonly rows: readonly DeskOrder[];
  readonly counts: Readonly<Record<OrderList, number>>;
  readonly next: string | undefined;
}): Html {
  const { lang, list, rows, counts } = props;
  const t = messages[lang];
  const tab = (one: OrderList) => {
    const count = one === "over" ? null : html` <span class="post-tabs__count">${counts[one]}</span>`;
    return html`<li><a class="post-tabs__tab" href="/buu-gui?muc=${one}"${attributes({ "aria-current": one === list ? "page" : undefined })}>${t.list.tabs[one]}${count}</a></li>`;
  };
  return props.shell({
    lang,
    title: t.list.title,
    viewer: props.viewer,
    path: "/buu-gui",
    width: "wide",
    body: html`${backLink(lang, "/quay")}<h1 class="govuk-heading-l desk-title">${t.list.title}</h1><p class="govuk-body">${t.list.lead} <a class="govuk-link" href="/buu-gui/den">${t.list.letters}</a></p>
<nav aria-label="${t.list.title}"><ul class="post-tabs">${ORDER_LISTS.map(tab)}</ul></nav>
${
  rows.length === 0
    ? emptyState({ title: t.list.empty })
    : table({
        caption: t.list.tabs[list],
        hideCaption: true,
        rows,
        columns: [
          {
            label: t.list.columns.dossier,
            head: true,
            cell: (row) =>
              html`<a class="govuk-link tabular" href="/ho-so/${row.dossierId}/buu-chinh">${nameOf(row, lang)}</a>`,
          },
          { label: t.list.columns.receiver, cell: (row) => row.applicant },
          {
            label: t.list.columns.kind,
            cell: (row) =>
              html`${t.kinds[row.kind]}${row.itemCode ? html`<br><span class="muted small tabular">${row.itemCode}</span>` : null}`,
          },
          { label: t.list.columns.state, cell: (row) => orderTag(row.state, lang) },
          {
            label: t.list.columns.changed,
            cell: (row) => html`<span class="tabular">${formatDateTime(row.changedAt)}</span>`,
          },
        ],
      })
}${pagination(lang, { next: props.next })}`,
  });
}

export function nameOf(
  row: { readonly dossierCode: string | null; readonly dossierNumber: number | null },
  lang: Lang,
): string {
  return row.dossierCode ?? `${messages[lang].list.number} ${row.dossierNumber ?? ""}`;
}
