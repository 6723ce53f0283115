import type { Captcha } from "#kit/captcha.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import {
  backLink,
  button,
  captchaField,
  details,
  errorOf,
  errorSummary,
  fileField,
  hiddenField,
  type IconName,
  notice,
  type PageError,
  pagination,
  statusTag,
  table,
  type Tone,
} from "#kit/ui/index.ts";
import { dossierPaths, UPLOAD_ACCEPT } from "#province/dossiers/index.ts";
import { placeName } from "#province/tenants/index.ts";
import { type Batch, type BatchCounts, type BatchRow, cellAddress, type RowError, type RowState } from "../batch.ts";
import type { BatchDue } from "../batch-view.ts";
import { SHEET } from "../bulk-post.ts";
import { messages } from "../messages.ts";
import { bulkPaths } from "../paths.ts";
import { NOTE_COLUMN, type SheetColumn } from "../sheet-columns.ts";

/** Control of papers and archives. */
export const PAPERS = "giayTo";

export interface BulkBatchProps {
  readonly lang: Lang;
  readonly batch: Batch;
  readonly counts: BatchCounts;
  readonly only: "tat-ca" | "loi";
  readonly rows: readonly BatchRow[];
  readonly next: string | undefined;
  readonly columns: ReadonlyMap<string, SheetColumn>;
  readonly papers: number;
  readonly dues: readonly BatchDue[];
  readonly requestId: string;
  readonly payLabel: string;
  readonly captcha: Captcha | undefined;
  /** What the page waits to change while rows are being filed. */
  readonly watched: string;
  /** The procedure still takes sheets. */
  readonly open: boolean;
  readonly said: string | undefined;
  readonly errors: readonly PageError[];
}

export function bulkBatchPage(props: BulkBatchProps): Html {
  const { lang, batch, counts, errors } = props;
  const t = messages[lang];
  return html`${backLink(lang, bulkPaths.start(batch.procedureCode), t.title)}${errorSummary(lang, errors)}${
    props.said ? notice({ tone: "success", body: html`<p>${props.said}</p>`, live: true }) : null
  }<p class="filing__caption">${batch.procedureName[lang]} · ${placeName(batch.agency.name, lang)}</p><h1 class="govuk-heading-l">${batch.sheetName}</h1>${countsHtml(props)}${progress(props)}${payForm(props)}${counts.faulty > 0 ? [rowsTable(props), steps(props)] : [steps(props), rowsTable(props)]}${discardForm(props)}`;
}

function steps(props: BulkBatchProps): Html | null {
  if (!props.open || props.counts.faulty + props.counts.ready === 0) return null;
  return html`<div class="sheets__steps">${fixForm(props)}${papersForm(props)}${sendForm(props)}</div>`;
}

const STATES: readonly RowState[] = ["faulty", "ready", "filing", "filed"];

function countsHtml({ lang, counts }: BulkBatchProps): Html {
  const t = messages[lang];
  return html`<ul class="sheets__counts">${STATES.filter((state) => counts[state] > 0).map(
    (state) => html`<li class="sheets__count"><strong>${counts[state]}</strong> ${t.counts[state]}</li>`,
  )}</ul>`;
}

function progress(props: BulkBatchProps): Html | null {
  const { lang, batch, counts } = props;
  const t = messages[lang];
  if (counts.filing === 0) {
    return counts.filed > 0 && counts.ready + counts.faulty === 0
      ? notice({ tone: "success", title: t.doneTitle, body: html`<p>${t.doneText(counts.filed)}</p>` })
      : null;
  }
  const all = counts.filing + counts.filed;
  return notice({
    tone: "info",
    title: t.filingTitle,
    live: true,
    body: html`<p>${t.filingText}</p><p><progress class="sheets__progress" max="${all}" value="${counts.filed}" aria-label="${t.filingTitle}">${t.of(counts.filed, all)}</progress> ${t.of(counts.filed, all)}</p><status-watch data-url="${bulkPaths.state(batch.id)}" data-state="${props.watched}"></status-watch><p><a class="govuk-link" href="${bulkPaths.batch(batch.id)}">${t.refresh}</a></p>`,
  });
}

/** Only when everything is filed that was to be filed: one payment, not several. */
function payForm({ lang, batch, counts, dues, requestId, payLabel }: BulkBatchProps): Html | null {
  const t = messages[lang];
  if (dues.length === 0 || counts.filing > 0) return null;
  const total = dues.reduce((sum, due) => sum + due.total, 0);
  return html`<section class="sheets panel-box"><h2 class="govuk-heading-m">${t.payTitle}</h2><p>${t.payText(dues.length, formatDong(total))} ${t.payAll}</p><form method="post" action="${bulkPaths.pay(batch.id)}">${hiddenField("yeu-cau", requestId)}${button({ label: payLabel, once: true })}</form></section>`;
}

const TAGS: Readonly<Record<RowState, { readonly tone: Tone; readonly icon: IconName }>> = {
  faulty: { tone: "danger", icon: "warning" },
  ready: { tone: "info", icon: "check" },
  filing: { tone: "warning", icon: "clock" },
  filed: { tone: "success", icon: "check" },
};

function rowsTable(props: BulkBatchProps): Html {
  const { lang, batch, rows, counts, only } = props;
  const t = messages[lang];
  const view = (name: "tat-ca" | "loi", label: string): Html =>
    name === only
      ? html`<li><strong aria-current="page">${label}</strong></li>`
      : html`<li><a class="govuk-link" href="${bulkPaths.rows(batch.id, name, 0)}">${label}</a></li>`;
  return html`<section class="sheets"><h2 class="govuk-heading-m">${t.rows}</h2>${
    counts.faulty > 0 || only === "loi"
      ? html`<ul class="sheets__views">${view("tat-ca", t.all)}${view("loi", t.onlyFaulty)}</ul>`
      : null
  }${
    rows.length === 0
      ? html`<p>${only === "loi" ? t.noErrors : t.noRows}</p>`
      : table({
          caption: t.rows,
          hideCaption: true,
          rows,
          columns: [
            { label: t.line, head: true, cell: (row) => html`<span class="tabular">${row.line}</span>` },
            {
              label: t.stand,
              cell: (row) => statusTag({ ...TAGS[row.state], label: t.states[row.state] }),
            },
            { label: t.what, cell: (row) => whatHtml(props, row) },
          ],
        })
  }${pagination(lang, { next: props.next })}</section>`;
}

const ERRORS_SHOWN = 4;

function whatHtml(props: BulkBatchProps, row: BatchRow): Html {
  const { lang, batch } = props;
  const t = messages[lang];
  if (row.state === "filed" && row.dossierId) {
    return html`<a class="govuk-link" href="${dossierPaths.dossier(row.dossierId)}">${t.number(row.number ?? 0)}</a>`;
  }
  const changeable = row.state === "faulty" || row.state === "ready";
  const errors = row.errors.slice(0, ERRORS_SHOWN);
  return html`<span class="sheets__who">${whoIs(props, row)}</span>${
    errors.length > 0
      ? html`<ul class="sheets__errors">${errors.map((error) => html`<li>${errorHtml(props, row, error)}</li>`)}${row.errors.length > ERRORS_SHOWN ? html`<li>${t.moreErrors(row.errors.length - ERRORS_SHOWN)}</li>` : null}</ul>`
      : null
  }${
    changeable && props.open
      ? html`<a class="govuk-link" href="${bulkPaths.row(batch.id, row.seq)}">${t.correct}<span class="govuk-visually-hidden"> ${t.ofLine(row.line)}</span></a>`
      : null
  }`;
}

/** The person's own number for the row and the first name in it: never a paper's number. */
function whoIs({ batch, columns }: BulkBatchProps, { cells }: BatchRow): string {
  const named = batch.columns.find(
    (id) => cells[id] && /^(?:person|organisation)Name$/.test(columns.get(id)?.item?.type ?? ""),
  );
  return [cells[NOTE_COLUMN], named && cells[named]].filter(Boolean).join(". ");
}

function errorHtml({ lang, batch, columns }: BulkBatchProps, row: BatchRow, error: RowError): Html {
  const index = batch.columns.indexOf(error.column);
  const label = columns.get(error.column)?.label[lang];
  return html`${index >= 0 && error.column !== "" ? html`<span class="sheets__cell tabular">${cellAddress(index, row.line)}</span> ` : null}${label ? html`<strong>${label}:</strong> ` : null}${error.message[lang]}`;
}

function fixForm({ lang, batch, counts, errors }: BulkBatchProps): Html | null {
  const t = messages[lang];
  if (counts.faulty === 0 && !errorOf(errors, SHEET)) return null;
  return html`<section class="sheets"><h2 class="govuk-heading-m">${t.fixTitle}</h2><p>${t.fixText}</p><ul class="sheets__files"><li><a class="govuk-link" href="${bulkPaths.errors(batch.id, "xlsx")}">${t.errorsXlsx}</a></li><li><a class="govuk-link" href="${bulkPaths.errors(batch.id, "csv")}">${t.errorsCsv}</a></li></ul><form method="post" action="${bulkPaths.sheet(batch.id)}" enctype="multipart/form-data" novalidate>${fileField(
    { id: SHEET, lang, label: t.again, error: errorOf(errors, SHEET), accept: ".xlsx,.csv" },
  )}${button({ label: t.againSend, kind: "secondary", once: true })}</form></section>`;
}

function papersForm({ lang, batch, papers, columns, errors }: BulkBatchProps): Html | null {
  const t = messages[lang];
  if (![...columns.values()].some(({ component }) => component)) return null;
  return html`<section class="sheets"><h2 class="govuk-heading-m">${t.papersTitle}</h2><p>${t.papersText}</p>${papers > 0 ? html`<p><strong>${t.papersHave(papers)}</strong></p>` : null}<form method="post" action="${bulkPaths.papers(batch.id)}" enctype="multipart/form-data" novalidate>${fileField(
    {
      id: PAPERS,
      lang,
      label: t.papers,
      error: errorOf(errors, PAPERS),
      accept: `${UPLOAD_ACCEPT},.zip`,
      multiple: true,
    },
  )}${button({ label: t.papersSend, kind: "secondary", once: true })}</form></section>`;
}

function sendForm({ lang, batch, counts, captcha, errors }: BulkBatchProps): Html {
  const t = messages[lang];
  if (counts.ready === 0)
    return html`<section class="sheets"><h2 class="govuk-heading-m">${t.fileTitle}</h2><p>${t.nothingReady}</p></section>`;
  return html`<section class="sheets"><h2 class="govuk-heading-m">${t.fileTitle}</h2><p>${t.fileText(counts.ready)}</p><form method="post" action="${bulkPaths.file(batch.id)}" novalidate>${
    captcha ? captchaField({ lang, captcha, error: errorOf(errors, "captcha") }) : null
  }<p>${t.promise}</p>${button({ label: t.file(counts.ready), once: true })}</form></section>`;
}

function discardForm({ lang, batch, counts }: BulkBatchProps): Html | null {
  if (counts.filing > 0 || counts.faulty + counts.ready === 0) return null;
  const { discard, discardSure } = messages[lang];
  return details(
    discard,
    html`<form method="post" action="${bulkPaths.discard(batch.id)}"><p>${discardSure(counts.faulty + counts.ready)}</p>${button({ label: discard, kind: "warning", once: true })}</form>`,
  );
}
