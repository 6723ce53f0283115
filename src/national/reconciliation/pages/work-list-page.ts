import { formatDate, formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong, formatInteger } from "#kit/money.ts";
import { emptyState, notice, pagination, statusTag, table } from "#kit/ui/index.ts";
import { operatorPaths } from "#national/operators/index.ts";
import type { WorkList } from "../answer-difference.ts";
import { messages } from "../messages.ts";
import type { Side } from "../reconciliation.ts";

export interface WorkListPageProps extends WorkList {
  readonly lang: Lang;
  readonly said?: { readonly tone: "success" | "warning"; readonly text: string };
}

export function workListPage(props: WorkListPageProps): Html {
  const { lang, differences, imports } = props;
  const t = messages[lang];
  return html`<h1 class="govuk-heading-l">${t.title}</h1>${props.said ? notice({ tone: props.said.tone, body: html`<p>${props.said.text}</p>`, live: true }) : null}
<p class="govuk-body">${t.lead}</p>
<p><a class="govuk-link" href="${operatorPaths.reconciliation}/tep">${t.upload.open}</a></p>
${orphansOf(props)}<section aria-labelledby="open"><h2 class="govuk-heading-m" id="open">${t.open}</h2>
${
  differences.length === 0
    ? emptyState({ title: t.none, text: t.noneText })
    : table({
        caption: t.open,
        hideCaption: true,
        rows: differences,
        columns: [
          {
            label: t.reference,
            head: true,
            cell: (row) =>
              html`<a class="govuk-link break" href="${operatorPaths.reconciliation}/${row.id}">${row.reference}</a><br><span class="muted">${row.provider}${row.isRefund ? html` · ${t.refund}` : null}${row.line ? html` · ${t.line(row.line)}` : null}</span>`,
          },
          {
            label: t.kind,
            cell: (row) =>
              statusTag({
                tone: row.kind === "date" ? "warning" : "danger",
                icon: "warning",
                label: t.kinds[row.kind],
              }),
          },
          { label: t.ours, cell: (row) => sideOf(lang, row.ours) },
          { label: t.theirs, cell: (row) => sideOf(lang, row.theirs) },
          { label: t.file, cell: (row) => html`<span class="break">${row.fileName}</span>` },
        ],
      })
}${pagination(lang, { next: props.next ? `${operatorPaths.reconciliation}?sau=${props.next}` : undefined })}</section>
<section aria-labelledby="files"><h2 class="govuk-heading-m" id="files">${t.files}</h2>
${
  imports.length === 0
    ? html`<p class="govuk-body">${t.noFiles}</p>`
    : table({
        caption: t.files,
        hideCaption: true,
        rows: imports,
        columns: [
          { label: t.file, head: true, cell: (row) => html`<span class="break">${row.fileName}</span>` },
          { label: t.provider, cell: (row) => row.provider },
          { label: t.when, cell: (row) => (row.comparedAt ? formatDateTime(row.comparedAt) : t.halfway) },
          { label: t.rows, money: true, cell: (row) => formatInteger(row.rows) },
          { label: t.matched, money: true, cell: (row) => formatInteger(row.matched ?? 0) },
          { label: t.differences, money: true, cell: (row) => formatInteger(row.differences) },
          { label: t.stillOpen, money: true, cell: (row) => formatInteger(row.open) },
        ],
      })
}</section>`;
}

/** Nothing while there are none, which is nearly always. */
function orphansOf({ lang, orphans }: WorkListPageProps): Html | null {
  const t = messages[lang];
  if (orphans.length === 0) return null;
  return html`<section aria-labelledby="orphans"><h2 class="govuk-heading-m" id="orphans">${t.orphans}</h2>${notice({ tone: "danger", body: html`<p>${t.orphansText}</p>` })}${table(
    {
      caption: t.orphans,
      hideCaption: true,
      rows: orphans,
      columns: [
        { label: t.reference, head: true, cell: (row) => html`<span class="break">${row.reference}</span>` },
        { label: t.provider, cell: (row) => row.provider },
        { label: t.amount, money: true, cell: (row) => formatDong(row.amount) },
        { label: t.occurredOn, cell: (row) => formatDate(row.occurredOn) },
        { label: t.foundAt, cell: (row) => formatDateTime(row.foundAt) },
      ],
    },
  )}</section>`;
}

export function sideOf(lang: Lang, side: Side | null): Html {
  const t = messages[lang];
  if (!side) return html`–`;
  return html`${formatDong(side.amount)}<br><span class="muted">${t.statuses[side.status] ?? side.status}, ${formatDate(side.settledOn ?? side.day)}</span>`;
}
