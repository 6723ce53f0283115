import { formatDate, formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import { buttonGroup, hiddenField, summaryList, table } from "#kit/ui/index.ts";
import { type AdminFramed, adminFrame } from "#province/admin/index.ts";
import type { CalendarDay } from "#province/deadlines/index.ts";
import type { TypedDecision } from "../decision.ts";
import { messages } from "../messages.ts";
import type { previewMoves } from "../move-dossiers.ts";

const SHOWN = 50;

/** What a decision would move; nothing is written yet. */
export function previewPage(
  props: AdminFramed & {
    readonly days: readonly CalendarDay[];
    readonly typed: TypedDecision;
    readonly moves: Awaited<ReturnType<typeof previewMoves>>;
  },
): Html {
  const { lang, days, typed, moves } = props;
  const t = messages[lang];
  const fields = Object.entries(typed).map(([name, value]) => hiddenField(name, String(value)));
  const list =
    moves.moved.length === 0
      ? null
      : table({
          caption: t.previewTitle,
          hideCaption: true,
          rows: moves.moved.slice(0, SHOWN),
          columns: [
            { label: t.code, head: true, cell: (row) => html`<span class="tabular">${row.code}</span>` },
            { label: t.procedure, cell: (row) => row.procedure },
            { label: t.from, cell: (row) => html`<span class="tabular">${formatDateTime(row.from)}</span>` },
            { label: t.to, cell: (row) => html`<span class="tabular">${formatDateTime(row.to)}</span>` },
          ],
        });
  return adminFrame(props, {
    current: "holidays",
    title: t.previewTitle,
    body: html`${summaryList(days.map((day) => ({ key: formatDate(day.date), value: html`${t.kinds[day.kind]}: ${day.name[lang]}<br><span class="muted">${day.basis}</span>` })))}
<p class="lead">${moves.moved.length === 0 ? t.previewNone(moves.looked) : t.previewMoved(moves.moved.length, moves.looked)}</p>${moves.more ? html`<p>${t.previewMore}</p>` : null}${list}
<form method="post" action="/quan-tri/ngay-nghi">${fields}${buttonGroup(html`<button class="govuk-button" type="submit" name="viec" value="ap-dung" data-once>${t.apply}</button>`, html`<button class="govuk-button govuk-button--secondary" type="submit" name="viec" value="sua">${t.back}</button>`)}</form>`,
  });
}
