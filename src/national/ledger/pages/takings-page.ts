import { addDays, formatDate, formatDateTime, type PlainDate } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong, formatInteger } from "#kit/money.ts";
import {
  barChart,
  button,
  dateField,
  emptyState,
  errorOf,
  errorSummary,
  type PageError,
  shareBar,
  table,
} from "#kit/ui/index.ts";
import { messages } from "../messages.ts";
import type { Takings } from "../takings-view.ts";

export interface TakingsPageProps {
  readonly lang: Lang;
  readonly day: PlainDate;
  readonly typed: string;
  readonly errors: readonly PageError[];
  readonly takings: Takings;
  readonly merchantName: (code: string) => string;
  readonly providerName: (id: string) => string;
}

export function takingsPage(props: TakingsPageProps): Html {
  const { lang, takings, merchantName, providerName } = props;
  const t = messages[lang];
  const sum = (pick: (row: Takings["rows"][number]) => number) =>
    takings.rows.reduce((total, row) => total + pick(row), 0);
  const most = Math.max(0, ...takings.rows.map((row) => row.kept));
  const foot = html`<tr><th scope="row" colspan="2">${t.sum}</th><td class="money" data-label="${t.payments}">${formatInteger(sum((row) => row.payments))}</td><td class="money" data-label="${t.kept}">${formatDong(sum((row) => row.kept))}</td><td class="money" data-label="${t.overpaid}">${formatDong(sum((row) => row.overpaid))}</td></tr>`;
  return html`${errorSummary(lang, props.errors)}<h1 class="govuk-heading-l">${t.takingsTitle} ${formatDate(props.day)}</h1>
<form method="get" action="/van-hanh" class="cluster" novalidate>${dateField({ id: "ngay", lang, label: t.day, value: props.typed, error: errorOf(props.errors, "ngay") })}${button({ label: t.show, kind: "secondary" })}</form>
${
  takings.rows.length === 0
    ? emptyState({ title: t.noTakings })
    : table({
        caption: t.takingsTitle,
        hideCaption: true,
        rows: takings.rows,
        columns: [
          { label: t.provider, head: true, cell: (row) => providerName(row.provider) },
          { label: t.merchant, cell: (row) => merchantName(row.merchant) },
          { label: t.payments, money: true, cell: (row) => formatInteger(row.payments) },
          { label: t.kept, money: true, cell: (row) => shareBar(row.kept, most, formatDong(row.kept)) },
          { label: t.overpaid, money: true, cell: (row) => formatDong(row.overpaid) },
        ],
        foot,
      })
}${chart(props)}
<section aria-labelledby="undecided"><h2 class="govuk-heading-m" id="undecided">${t.undecided}</h2><p class="govuk-body">${takings.undecided.length > 0 ? t.undecidedText : t.noUndecided}</p>${
    takings.undecided.length === 0
      ? null
      : table({
          caption: t.undecided,
          hideCaption: true,
          rows: takings.undecided,
          columns: [
            { label: t.transaction, head: true, cell: (row) => row.hubTransaction },
            { label: t.provider, cell: (row) => providerName(row.provider) },
            { label: t.amount, money: true, cell: (row) => formatDong(row.amount) },
            { label: t.since, cell: (row) => formatDateTime(row.since) },
            { label: t.code, cell: (row) => row.code },
          ],
        })
  }</section>
<section aria-labelledby="disbelieved"><h2 class="govuk-heading-m" id="disbelieved">${t.disbelieved}</h2><p class="govuk-body">${takings.disbelieved.length > 0 ? t.disbelievedText : t.noDisbelieved}</p>${
    takings.disbelieved.length === 0
      ? null
      : table({
          caption: t.disbelieved,
          hideCaption: true,
          rows: takings.disbelieved,
          columns: [
            { label: t.at, head: true, cell: (row) => formatDateTime(row.at) },
            { label: t.source, cell: (row) => row.source },
            { label: t.why, cell: (row) => row.reason },
          ],
        })
  }</section>`;
}

/** Thirty days by provider. */
function chart({ lang, day, takings, providerName }: TakingsPageProps): Html | null {
  const t = messages[lang];
  const days = Array.from({ length: 30 }, (_none, back) => addDays(day, back - 29));
  const providers = [...new Set(takings.days.map((row) => row.provider))];
  const amounts = new Map(takings.days.map((row) => [`${row.day} ${row.provider}`, row.amount]));
  const total = takings.days.reduce((sum, row) => sum + row.amount, 0);
  return barChart({
    id: "chart",
    title: t.chartTitle,
    alt: t.chartAlt(formatDong(total)),
    across: t.day,
    total: t.sum,
    tableSummary: t.chartTable,
    bars: days.map((one) => ({ label: formatDate(one), short: `${one.slice(8)}/${one.slice(5, 7)}` })),
    series: providers.map((id) => ({
      name: providerName(id),
      values: days.map((one) => amounts.get(`${one} ${id}`) ?? 0),
    })),
    format: formatDong,
  });
}
