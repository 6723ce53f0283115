/** Messages between provinces that are not done, for administrators: nothing of a dossier but the conversation's id. */
import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button, emptyState, table } from "#kit/ui/index.ts";
import { type AdminFramed, adminFrame } from "#province/admin/index.ts";
import { AGAIN_EVERY_HOURS, AGAIN_MOST, QUIET_MINUTES, type Unfinished } from "../unfinished.ts";
import { unfinishedMessages } from "../unfinished-messages.ts";

export const UNFINISHED_PATH = "/quan-tri/lien-tinh";

export interface UnfinishedPageProps extends AdminFramed {
  readonly rows: readonly Unfinished[];
  readonly next: string | undefined;
  /** Not the first page. */
  readonly further: boolean;
  readonly now: Date;
  /** Name of a province by its code. */
  readonly provinceName: (code: string) => string;
}

export function unfinishedPage(props: UnfinishedPageProps): Html {
  const { lang, rows, next, further } = props;
  const t = unfinishedMessages[lang];
  return adminFrame(props, {
    current: "provinces",
    title: t.title,
    path: UNFINISHED_PATH,
    body: html`<p class="lead">${t.lead(QUIET_MINUTES, AGAIN_EVERY_HOURS, AGAIN_MOST)}</p>${rows.length === 0 ? emptyState({ title: t.none, text: t.noneText }) : list(props)}${further || next ? html`<p class="cluster">${further ? html`<a class="govuk-link" href="${UNFINISHED_PATH}">${t.first}</a>` : null}${next ? html`<a class="govuk-link" rel="next" href="${UNFINISHED_PATH}?sau=${next}">${t.more}</a>` : null}</p>` : null}`,
  });
}

function list({ lang, rows, now, provinceName }: UnfinishedPageProps): Html {
  const t = unfinishedMessages[lang];
  return table({
    caption: t.title,
    hideCaption: true,
    rows,
    columns: [
      {
        label: t.province,
        head: true,
        cell: ({ direction, other }) => `${t.directions[direction]} · ${provinceName(other)}`,
      },
      {
        label: t.message,
        cell: ({ kind, seq }) => html`${t.kinds[kind]}<br><span class="muted small">${t.number(seq)}</span>`,
      },
      {
        label: t.since,
        cell: ({ at }) =>
          html`<span class="tabular">${formatDateTime(at)}</span><br><span class="muted small">${ageOf(at, now, lang)}</span>`,
      },
      { label: t.why, cell: (row) => cause(row, lang) },
      { label: t.state, cell: (row) => standOf(row, lang) },
      {
        label: t.act,
        cell: (row) => {
          if (row.waits) return html`<span class="muted">${t.theirs[row.waits]}</span>`;
          const label = row.direction === "out" ? t.again : t.actAgain;
          return html`<form method="post" action="${UNFINISHED_PATH}/${row.id}/gui-lai">${button({ label, kind: "secondary", small: true, once: true, ariaLabel: t.aria(label, provinceName(row.other), row.seq) })}</form>`;
        },
      },
    ],
  });
}

function cause({ failure, detail, failedAt, waits, conversation }: Unfinished, lang: Lang): Html {
  const t = unfinishedMessages[lang];
  const why = waits ? t.waits[waits] : failure ? t.failures[failure] : t.untried;
  const lastTry = failedAt && html`<br><span class="muted small">${t.lastTry(formatDateTime(failedAt))}</span>`;
  return html`${why}${lastTry}<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${t.detail}</span></summary><div class="govuk-details__text"><p>${t.conversation}: <code class="small">${conversation}</code></p>${detail ? html`<p><code class="small">${detail}</code></p>` : null}</div></details>`;
}

function standOf({ live, waits, sweeps }: Unfinished, lang: Lang): string {
  const t = unfinishedMessages[lang];
  if (waits) return t.waiting;
  if (live) return t.live;
  return sweeps < AGAIN_MOST ? t.resting(sweeps, AGAIN_MOST) : t.stopped;
}

function ageOf(at: Date, now: Date, lang: Lang): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - at.getTime()) / 60_000));
  return unfinishedMessages[lang].age(Math.floor(minutes / 1_440), Math.floor((minutes % 1_440) / 60), minutes % 60);
}
