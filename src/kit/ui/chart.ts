import { html, type Html } from "../html.ts";
import { details, table } from "./parts.ts";

export interface BarChart {
  /** Of the heading, unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What the picture shows, for whoever does not see it. */
  readonly alt: string;
  /** Heading of the first column of the table below. */
  readonly across: string;
  readonly total: string;
  readonly tableSummary: string;
  /** One bar each; `short` stands under it where there is room. */
  readonly bars: readonly { readonly label: string; readonly short: string }[];
  /** Parts of the bars from the ground up; one value a bar. At most six. */
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
  readonly format: (value: number) => string;
}

const WIDTH = 720;
const HEIGHT = 190;
const FOOT = 24;
const HEAD = 12;
const LABELS_MAX = 12;

/**
 * Stacked bars drawn by the server, with the same figures in a table beneath. Colours are classes, so that the policy against
 * inline styles holds and high contrast can replace them. Null when there is nothing to draw.
 */
export function barChart(chart: BarChart): Html | null {
  const { bars, series, format } = chart;
  const sums = bars.map((_, at) => series.reduce((sum, one) => sum + (one.values[at] ?? 0), 0));
  const most = Math.max(...sums, 0);
  if (most <= 0) return null;
  const step = WIDTH / bars.length;
  const every = Math.ceil(bars.length / LABELS_MAX);
  const ground = HEIGHT - FOOT;
  const drawn = bars.map((bar, at) => {
    const x = Math.round((at + 0.18) * step);
    const width = Math.max(2, Math.round(step * 0.64));
    let top = ground;
    const parts = series.map(({ values }, nth) => {
      const height = Math.round((Math.max(0, values[at] ?? 0) / most) * (ground - HEAD));
      if (height === 0) return null;
      top -= height;
      return html`<rect class="chart__part chart__part--${nth}" x="${x}" y="${top}" width="${width}" height="${height}"/>`;
    });
    // The last bar is today: it always has its name.
    const named = (bars.length - 1 - at) % every === 0;
    const name = named
      ? html`<text class="chart__label" x="${Math.min(Math.max(x + width / 2, 20), WIDTH - 20)}" y="${HEIGHT - 6}" text-anchor="middle">${bar.short}</text>`
      : null;
    return html`${parts}${name}`;
  });
  const key = series.map(
    ({ name }, nth) => html`<li><span class="chart__swatch chart__swatch--${nth}"></span>${name}</li>`,
  );
  const rows = bars.map((bar, at) => ({ bar, at }));
  return html`<section aria-labelledby="${chart.id}"><h2 class="govuk-heading-m" id="${chart.id}">${chart.title}</h2><ul class="chart__key">${key}</ul><div class="chart" role="img" aria-label="${chart.alt}" tabindex="0"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true" focusable="false"><line class="chart__line" x1="0" x2="${WIDTH}" y1="${ground}" y2="${ground}"/>${drawn}</svg></div>${details(
    chart.tableSummary,
    table({
      caption: chart.title,
      hideCaption: true,
      rows,
      columns: [
        { label: chart.across, head: true, cell: ({ bar }) => bar.label },
        ...series.map((one) => ({
          label: one.name,
          money: true,
          cell: ({ at }: { at: number }) => format(one.values[at] ?? 0),
        })),
        { label: chart.total, money: true, cell: ({ at }) => format(sums[at] ?? 0) },
      ],
    }),
  )}</section>`;
}

/** A figure in a table with a bar beside it, all of one column drawn to the same scale. */
export function shareBar(value: number, most: number, text: string): Html {
  const width = most > 0 ? Math.max(1, Math.round((Math.max(0, value) / most) * 120)) : 0;
  return html`<svg class="share-bar" viewBox="0 0 120 12" aria-hidden="true" focusable="false"><rect class="chart__part--0" x="0" y="1" width="${width}" height="10" rx="2"/></svg><span class="share-bar__figure">${text}</span>`;
}
