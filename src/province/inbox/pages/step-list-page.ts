import { formatDateTime } from "#kit/calendar.ts";
import { attributes, html, type Html } from "#kit/html.ts";
import { type Lang, pick } from "#kit/i18n.ts";
import {
  backLink,
  button,
  emptyState,
  errorOf,
  errorSummary,
  type PageError,
  pagination,
  statusTag,
  table,
  textField,
} from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import type { Officer } from "#province/officers/index.ts";
import { drawnName, drawnText, stepMessages, type WaitingStep } from "#province/steps/index.ts";
import { placeName, placeText } from "#province/tenants/index.ts";
import { messages } from "../messages.ts";
import { stepListMessages } from "../step-list-messages.ts";

export interface StepListProps {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  readonly rows: readonly WaitingStep[];
  /** where this page of the list begins */
  readonly after: string | undefined;
  readonly next: string | null;
  readonly now: Date;
  readonly batchId: string;
  /** to whom steps could be given */
  readonly officers: readonly Pick<Officer, "id" | "name" | "unit">[];
  readonly typed: { readonly note: string; readonly to: string; readonly chosen: readonly string[] };
  readonly errors: readonly PageError[];
}

export function stepListPage(props: StepListProps): Html {
  const { lang, rows, errors } = props;
  const t = stepListMessages[lang];
  const [title = "", text = ""] = t.nothing;
  return props.shell({
    lang,
    title: t.title,
    viewer: props.viewer,
    path: "/buoc",
    failed: errors.length > 0,
    body: html`<desk-list>${backLink(lang, "/", messages[lang].title)}${errorSummary(lang, errors)}<h1 class="govuk-heading-l desk-title">${t.title}</h1><p class="govuk-body">${t.lead}</p>
${rows.length === 0 ? emptyState({ title, text }) : list(props)}
${pagination(lang, { next: props.next ? `/buoc?sau=${encodeURIComponent(props.next)}` : undefined })}</desk-list>`,
  });
}

function list(props: StepListProps): Html {
  const { lang, rows } = props;
  const t = stepListMessages[lang];
  return html`<form id="danh-sach" method="post" action="/buoc/hang-loat" novalidate><input type="hidden" name="sau" value="${props.after ?? ""}">${saidOf(props, "danh-sach")}<div class="inbox">${table(
    {
      caption: t.title,
      hideCaption: true,
      rows,
      columns: [
        { label: t.select, cell: (row) => selectBox(row, props) },
        { label: t.columns.dossier, head: true, cell: (row) => dossierCell(row, lang) },
        { label: t.columns.step, cell: (row) => stepCell(row, lang) },
        { label: t.columns.unit, cell: ({ unit }) => placeName(unit, lang) },
        { label: t.columns.due, cell: (row) => dueCell(row, props.now, lang) },
        { label: t.columns.who, cell: ({ mine }) => (mine ? t.mine : html`<span class="muted">${t.free}</span>`) },
      ],
    },
  )}</div>${stepBar(props)}</form>`;
}

/** The text above the buttons is what was done in every step that is finished, or the message to who gets them. */
function stepBar(props: StepListProps): Html {
  const { lang, batchId, officers, typed, errors } = props;
  const t = stepListMessages[lang].bulk;
  const wrong = errorOf(errors, "can-bo");
  const act = (action: keyof typeof t.actions) =>
    button({ label: t.actions[action], kind: "secondary", small: true, name: "viec", value: action, once: true });
  return html`${textField({ id: "note", lang, label: t.note, required: false, value: typed.note, maxLength: 4000, error: errorOf(errors, "note") })}<fieldset class="bulk"><legend class="govuk-visually-hidden">${t.title}</legend><input type="hidden" name="lo" value="${batchId}"><label class="pick pick--word bulk__all" hidden><input type="checkbox" data-all>${messages[lang].bulk.selectAll}</label>${act("claim-step")}${act("complete-step")}${saidOf(props, "can-bo")}<span class="bulk__to"><label class="govuk-visually-hidden" for="can-bo">${t.to}</label><select class="govuk-select" id="can-bo" name="can-bo"${attributes({ "aria-invalid": wrong ? "true" : undefined, "aria-describedby": wrong ? "can-bo-error" : undefined })}><option value="">${t.choose}</option>${officers.map(({ id, name, unit }) => html`<option value="${id}"${attributes({ selected: id === typed.to })}>${name} · ${placeText(unit, lang)}</option>`)}</select>${act("assign-step")}</span></fieldset>`;
}

/** An error at its place; the summary says it too. */
function saidOf({ errors }: StepListProps, field: string): Html | null {
  const message = errorOf(errors, field);
  return message ? html`<p class="govuk-error-message" id="${field}-error">${message}</p>` : null;
}

function nameOf(row: WaitingStep, lang: Lang): string {
  return row.code ?? `${stepListMessages[lang].number} ${row.number}`;
}

function selectBox(row: WaitingStep, { lang, typed }: StepListProps): Html {
  const value = `${row.dossierId}:${row.taskId}:${row.revision}`;
  return html`<label class="pick"><input type="checkbox" name="d"${attributes({ value, checked: typed.chosen.includes(value) })}><span class="govuk-visually-hidden">${stepListMessages[lang].selectRow(drawnText({ name: row.step, english: row.english }, lang), nameOf(row, lang))}</span></label>`;
}

function dossierCell(row: WaitingStep, lang: Lang): Html {
  return html`<a class="govuk-link tabular" href="/ho-so/${row.dossierId}#steps-title">${nameOf(row, lang)}</a><br><span class="muted">${pick(row.procedure, lang)} · ${row.applicant}</span>`;
}

function stepCell(row: WaitingStep, lang: Lang): Html {
  const t = stepListMessages[lang];
  const act = row.act === "none" ? null : t.byAct(stepMessages[lang].acts[row.act]);
  return html`${drawnName({ name: row.step, english: row.english }, lang)}${row.opinion ? html` <span class="muted">(${t.opinion})</span>` : null}${act ? html`<br><span class="muted">${act}</span>` : null}`;
}

function dueCell(row: WaitingStep, now: Date, lang: Lang): Html {
  const t = stepListMessages[lang];
  if (row.paused) return html`<span class="muted">${t.paused}</span>`;
  const late = row.dueAt <= now;
  return html`<time class="tabular" datetime="${row.dueAt.toISOString()}">${formatDateTime(row.dueAt)}</time>${late ? html`<br>${statusTag({ tone: "danger", icon: "warning", label: t.late })}` : null}`;
}
