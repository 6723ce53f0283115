import { formatDate, type PlainDate } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong, formatInteger } from "#kit/money.ts";
import { button, dateField, details, emptyState, table } from "#kit/ui/index.ts";
import type { DayRow, TakingsRow } from "../accounting-view.ts";
import { messages } from "../messages.ts";
import { accountingFrame, type Framed } from "./frame.ts";

export interface DayPageProps extends Framed {
  readonly day: PlainDate;
  readonly takings: readonly TakingsRow[];
  readonly days: readonly DayRow[];
}

/** What came in on one day, by channel and by kind, and the fourteen days before it as bars. */
export function dayPage(props: DayPageProps): Html {
  const { lang, day, takings } = props;
  const t = messages[lang];
  const total = takings.reduce((sum, row) => sum + row.amount, 0);
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
            { label: t.amount, money: true, cell: (row) => formatDong(row.amount) },
          ],
          foot: html`<tr><th scope="row" colspan="3">${t.total}</th><td class="money" data-label="${t.total}"><strong>${formatDong(total)}</strong></td></tr>`,
        });
  return accountingFrame(props, {
    current: "day",
    title: `${t.dayTitle} ${formatDate(day)}`,
    path: `/ke-toan?ngay=${day}`,
    body: html`${dayForm(lang, "/ke-toan", day)}${list}${chart(lang, props.days)}`,
  });
}

/** Chooses the day of a page. */
export function dayForm(lang: Lang, action: string, day: PlainDate): Html {
  const t = messages[lang];
  return html`<form class="accounts-day" method="get" action="${action}">${dateField({ id: "ngay", lang, label: t.day, value: formatDate(day) })}${button({ label: t.show, kind: "secondary", small: true })}</form>`;
}

function channelName(lang: Lang, row: TakingsRow): string {
  const name = messages[lang].methods[row.method];
  return row.method === "online" && row.channel !== "" ? `${name} · ${row.channel}` : name;
}

const WIDTH = 700;
const HEIGHT = 180;
const FOOT = 24;

/** Bars drawn by the server; the same figures stand in a table below. */
function chart(lang: Lang, days: readonly DayRow[]): Html | null {
  const t = messages[lang];
  const most = Math.max(...days.map((row) => row.fee + row.charge), 1);
  const total = days.reduce((sum, row) => sum + row.fee + row.charge, 0);
  if (total === 0) return null;
  const step = WIDTH / days.length;
  const height = (amount: number) => Math.round((amount / most) * (HEIGHT - FOOT - 12));
  const bars = days.map((row, index) => {
    const x = Math.round(index * step + step * 0.18);
    const width = Math.round(step * 0.64);
    const fee = height(row.fee);
    const charge = height(row.charge);
    const base = HEIGHT - FOOT;
    return html`<rect class="accounts-chart__fee" x="${x}" y="${base - fee}" width="${width}" height="${fee}"/><rect class="accounts-chart__charge" x="${x}" y="${base - fee - charge}" width="${width}" height="${charge}"/><text class="accounts-chart__day" x="${x + width / 2}" y="${HEIGHT - 6}" text-anchor="middle">${row.day.slice(8)}/${row.day.slice(5, 7)}</text>`;
  });
  return html`<section aria-labelledby="chart"><h2 class="govuk-heading-m" id="chart">${t.chartTitle}</h2><p class="accounts-chart__key"><span class="accounts-chart__swatch accounts-chart__swatch--fee"></span>${t.kinds.fee} <span class="accounts-chart__swatch accounts-chart__swatch--charge"></span>${t.kinds.charge}</p><div class="accounts-chart" role="img" aria-label="${t.chartAlt(formatDong(total))}" tabindex="0"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true" focusable="false"><line class="accounts-chart__line" x1="0" x2="${WIDTH}" y1="${HEIGHT - FOOT}" y2="${HEIGHT - FOOT}"/>${bars}</svg></div>${details(
    t.chartTable,
    table({
      caption: t.chartTitle,
      hideCaption: true,
      rows: days,
      columns: [
        { label: t.day, head: true, cell: (row) => formatDate(row.day) },
        { label: t.kinds.fee, money: true, cell: (row) => formatDong(row.fee) },
        { label: t.kinds.charge, money: true, cell: (row) => formatDong(row.charge) },
        { label: t.total, money: true, cell: (row) => formatDong(row.fee + row.charge) },
      ],
    }),
  )}</section>`;
}
