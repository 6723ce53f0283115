import { formatDate, type PlainDate } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong, formatInteger } from "#kit/money.ts";
import { barChart, button, dateField, emptyState, shareBar, table } from "#kit/ui/index.ts";
import type { AgencyTakingsRow, DayRow, TakingsRow } from "../accounting-view.ts";
import { hubChannelName } from "../channel-name.ts";
import { messages } from "../messages.ts";
import { accountingFrame, type Framed } from "./frame.ts";

export interface DayPageProps extends Framed {
  readonly day: PlainDate;
  readonly takings: readonly TakingsRow[];
  readonly byAgency: readonly AgencyTakingsRow[];
  readonly agencyName: (id: string) => string;
  readonly days: readonly DayRow[];
}

/** What came in on one day, by channel, kind and agency, and the thirty days up to it as bars. */
export function dayPage(props: DayPageProps): Html {
  const { lang, day, takings } = props;
  const t = messages[lang];
  const total = takings.reduce((sum, row) => sum + row.amount, 0);
  const most = Math.max(0, ...takings.map((row) => row.amount));
  const list =
    takings.length === 0
      ? emptyState({ title: t.none, text: t.noneText })
      : table({
          caption: `${t.dayTitle} ${formatDate(day)}`,
          hideCaption: true,
          rows: takings,
          columns: [
            { label: t.channel, head: true, cell: (row) => channelName(lang, row) },
            { label: t.kind, cell: (row) => t.kinds[row.kind] },
            { label: t.payments, money: true, cell: (row) => formatInteger(row.payments) },
            {
              label: t.amount,
              money: true,
              cell: (row) => shareBar(row.amount, most, formatDong(row.amount)),
            },
          ],
          foot: html`<tr><th scope="row" colspan="3">${t.total}</th><td class="money" data-label="${t.total}"><strong>${formatDong(total)}</strong></td></tr>`,
        });
  return accountingFrame(props, {
    current: "day",
    title: `${t.dayTitle} ${formatDate(day)}`,
    path: `/ke-toan?ngay=${day}`,
    body: html`${dayForm(lang, "/ke-toan", day)}${list}${agencyTable(props)}${chart(lang, props.days)}`,
  });
}

/** Chooses the day of a page. */
export function dayForm(lang: Lang, action: string, day: PlainDate): Html {
  const t = messages[lang];
  return html`<form class="accounts-day" method="get" action="${action}">${dateField({ id: "ngay", lang, label: t.day, value: formatDate(day) })}${button({ label: t.show, kind: "secondary", small: true })}</form>`;
}

function channelName(lang: Lang, row: TakingsRow): string {
  const name = messages[lang].methods[row.method];
  return row.method === "online" && row.channel !== "" ? `${name} · ${hubChannelName(row.channel)}` : name;
}

/** Thirty days as bars; the same figures stand in a table below. */
function chart(lang: Lang, days: readonly DayRow[]): Html | null {
  const t = messages[lang];
  const total = days.reduce((sum, row) => sum + row.fee + row.charge, 0);
  return barChart({
    id: "chart",
    title: t.chartTitle,
    alt: t.chartAlt(formatDong(total)),
    across: t.day,
    total: t.total,
    tableSummary: t.chartTable,
    bars: days.map(({ day }) => ({ label: formatDate(day), short: `${day.slice(8)}/${day.slice(5, 7)}` })),
    series: [
      { name: t.kinds.fee, values: days.map((row) => row.fee) },
      { name: t.kinds.charge, values: days.map((row) => row.charge) },
    ],
    format: formatDong,
  });
}

function agencyTable({ lang, byAgency, agencyName }: DayPageProps): Html | null {
  const t = messages[lang];
  if (byAgency.length === 0) return null;
  const most = Math.max(...byAgency.map((row) => row.amount));
  return html`<section aria-labelledby="agencies"><h2 class="govuk-heading-m" id="agencies">${t.byAgency}</h2>${table({
    caption: t.byAgency,
    hideCaption: true,
    rows: byAgency,
    columns: [
      { label: t.agency, head: true, cell: (row) => agencyName(row.agency) },
      { label: t.payments, money: true, cell: (row) => formatInteger(row.payments) },
      { label: t.amount, money: true, cell: (row) => shareBar(row.amount, most, formatDong(row.amount)) },
    ],
  })}</section>`;
}
