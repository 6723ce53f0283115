/** The rows of a list: with boxes to select them when something can be done to many. */
import { formatDate, formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import { type Lang, pick } from "#kit/i18n.ts";
import { type Column, icon, statusTag, table, type Tone } from "#kit/ui/index.ts";
import { dossierMessages, stateText } from "#province/dossiers/index.ts";
import { placeName } from "#province/tenants/index.ts";
import type { ColumnName } from "../desk-columns.ts";
import type { InboxRow, Urgency } from "../inbox.ts";
import { messages } from "../messages.ts";

export interface ListedRow {
  readonly row: InboxRow;
  readonly urgency: Urgency;
  /** Where the row's link leads. */
  readonly href: string;
}

type Words = (typeof messages)["vi"];

export function listTable(props: {
  readonly lang: Lang;
  readonly caption: string;
  readonly rows: readonly ListedRow[];
  readonly columns: readonly ColumnName[];
  readonly selectable: boolean;
}): Html {
  const { lang } = props;
  const t = messages[lang];
  const boxes: Column<ListedRow> = { label: t.columns.select, cell: ({ row }) => selectBox(row, t) };
  return html`<div class="inbox">${table({
    caption: props.caption,
    hideCaption: true,
    rows: props.rows,
    columns: [
      ...(props.selectable ? [boxes] : []),
      { label: t.columns.code, head: true, cell: (one) => codeCell(one, t) },
      ...props.columns.map((name) => ({ label: t.columns[name], cell: (one: ListedRow) => CELLS[name](one, lang, t) })),
    ],
  })}</div>`;
}

const CELLS: Readonly<Record<ColumnName, (one: ListedRow, lang: Lang, t: Words) => Html | string | null>> = {
  procedure: ({ row }, lang, t) =>
    html`<span class="inbox__procedure">${pick(row.procedure, lang)}</span><span class="muted">${placeName(row.agency, lang)}</span>${row.linked ? html`<br><span class="small"><strong>${t.linked}</strong></span>` : null}`,
  field: ({ row }, lang) => (row.field ? pick(row.field, lang) : null),
  agency: ({ row }, lang) => html`${placeName(row.agency, lang)}`,
  channel: ({ row }, lang) => dossierMessages[lang].dossier.channels[row.channel],
  applicant: ({ row }) => row.applicant,
  filed: ({ row }) => html`<time datetime="${row.filedAt.toISOString()}">${formatDate(row.filedAt)}</time>`,
  due: ({ urgency }, _lang, t) => dueCell(urgency, t),
  officer: ({ row }, _lang, t) => row.officer ?? html`<span class="muted">${t.nobody}</span>`,
  state: ({ row }, lang, t) => stateCell(row, lang, t),
};

function selectBox(row: InboxRow, t: Words): Html {
  return html`<label class="pick"><input type="checkbox" name="d" value="${row.id}:${row.version}"><span class="govuk-visually-hidden">${t.selectRow(row.code ?? `${t.number} ${row.number}`)}</span></label>`;
}

function codeCell({ row, href }: ListedRow, t: Words): Html {
  const number = `${t.number} ${row.number}`;
  return row.code
    ? html`<a class="govuk-link tabular" href="${href}">${row.code}</a><br><span class="muted inbox__number">${number}</span>`
    : html`<a class="govuk-link tabular" href="${href}">${number}</a><br><span class="muted inbox__number">${t.noCode}</span>`;
}

const LIGHT_ICONS = { green: "check", amber: "clock", red: "warning" } as const;

function dueCell(urgency: Urgency, t: Words): Html | null {
  if (urgency.what === "paused") return html`<span class="muted">${t.paused}</span>`;
  if (!urgency.until) return null;
  const when = html`<time datetime="${urgency.until.toISOString()}">${formatDateTime(urgency.until)}</time>`;
  if (urgency.what === "over" || urgency.light === "none") return when;
  const label = urgency.what === "receive" ? t.receiveBy : t.answerBy;
  return html`<span class="light light--${urgency.light}">${icon(LIGHT_ICONS[urgency.light], 16)}<span>${t.lights[urgency.light]}</span></span><br><span class="muted">${label}</span> ${when}`;
}

const TONES: Partial<Record<InboxRow["state"], Tone>> = {
  filed: "info",
  received: "info",
  processing: "info",
  "supplement-requested": "warning",
  "fee-due": "warning",
  "result-ready": "success",
  returned: "success",
  declined: "danger",
};

const ICONS = {
  filed: "inbox",
  received: "stamp",
  processing: "pen",
  "supplement-requested": "clock",
  "fee-due": "money",
  "result-ready": "check",
  returned: "check",
  declined: "stop",
  stopped: "stop",
  withdrawn: "stop",
  draft: "pen",
} as const;

/** A dossier's state as a tag; the dossier's own page uses it too. */
export function dossierStateTag(
  row: Pick<InboxRow, "state" | "ending"> & { readonly substate?: Parameters<typeof stateText>[0]["substate"] },
  lang: Lang,
): Html {
  return statusTag({ tone: TONES[row.state] ?? "quiet", icon: ICONS[row.state], label: stateText(row, lang) });
}

function stateCell(row: InboxRow, lang: Lang, t: Words): Html {
  return html`${dossierStateTag(row, lang)}${row.awaitsSignature ? html`<br><strong class="small">${t.awaitsSignature}</strong>` : null}${row.officer ? html`<br><span class="muted">${t.with} ${row.officer}</span>` : null}`;
}
