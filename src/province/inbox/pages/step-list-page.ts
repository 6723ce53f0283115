import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import { type Lang, pick } from "#kit/i18n.ts";
import { backLink, emptyState, pagination, statusTag, table } from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import type { WaitingStep } from "#province/steps/index.ts";
import { messages } from "../messages.ts";
import { stepListMessages } from "../step-list-messages.ts";

export function stepListPage(props: {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  readonly rows: readonly WaitingStep[];
  readonly next: string | null;
  readonly now: Date;
}): Html {
  const { lang, rows, now } = props;
  const t = stepListMessages[lang];
  const [title = "", text = ""] = t.nothing;
  return props.shell({
    lang,
    title: t.title,
    viewer: props.viewer,
    path: "/buoc",
    body: html`${backLink(lang, "/", messages[lang].title)}<h1 class="govuk-heading-l desk-title">${t.title}</h1><p class="govuk-body">${t.lead}</p>
${
  rows.length === 0
    ? emptyState({ title, text })
    : html`<div class="inbox">${table({
        caption: t.title,
        hideCaption: true,
        rows,
        columns: [
          { label: t.columns.dossier, head: true, cell: (row) => dossierCell(row, lang) },
          { label: t.columns.step, cell: (row) => stepCell(row, lang) },
          { label: t.columns.unit, cell: ({ unit }) => unit },
          { label: t.columns.due, cell: (row) => dueCell(row, now, lang) },
          { label: t.columns.who, cell: ({ mine }) => (mine ? t.mine : html`<span class="muted">${t.free}</span>`) },
        ],
      })}</div>`
}
${pagination(lang, { next: props.next ? `/buoc?sau=${encodeURIComponent(props.next)}` : undefined })}`,
  });
}

function dossierCell(row: WaitingStep, lang: Lang): Html {
  const name = row.code ?? `${stepListMessages[lang].number} ${row.number}`;
  return html`<a class="govuk-link tabular" href="/ho-so/${row.dossierId}#steps-title">${name}</a><br><span class="muted">${pick(row.procedure, lang)} · ${row.applicant}</span>`;
}

function stepCell(row: WaitingStep, lang: Lang): Html {
  const t = stepListMessages[lang];
  return html`${row.step}${row.opinion ? html` <span class="muted">(${t.opinion})</span>` : null}`;
}

function dueCell(row: WaitingStep, now: Date, lang: Lang): Html {
  const late = row.dueAt <= now;
  return html`<time class="tabular" datetime="${row.dueAt.toISOString()}">${formatDateTime(row.dueAt)}</time>${late ? html`<br>${statusTag({ tone: "danger", icon: "warning", label: stepListMessages[lang].late })}` : null}`;
}
