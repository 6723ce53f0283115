import { formatDate, plainDateOf } from "#kit/calendar.ts";
import { html, type Html, type HtmlValue } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button, errorOf, errorSummary, fileField, hiddenField, notice, type PageError, table } from "#kit/ui/index.ts";
import { dossierPaths, fileSize, UPLOAD_ACCEPT } from "#province/dossiers/index.ts";
import { messages } from "../messages.ts";
import type { CheckedPaper, OwnPaper, OwnResult } from "../own-paper.ts";
import { storePaths } from "../paths.ts";

export interface OwnPapersProps {
  readonly lang: Lang;
  readonly results: readonly OwnResult[];
  readonly checked: readonly CheckedPaper[];
  readonly own: readonly OwnPaper[];
  readonly errors: readonly PageError[];
  readonly said?: "added" | "removed" | undefined;
}

/** The name of the file control. */
export const FILE = "tep";

export function ownPapersPage(props: OwnPapersProps): Html {
  const t = messages[props.lang];
  return html`${errorSummary(props.lang, props.errors)}${props.said ? notice({ tone: "success", body: html`<p>${t[props.said]}</p>` }) : null}<h1 class="govuk-heading-l">${t.title}</h1><p class="lead">${t.lead}</p>${section(t.results, null, resultsTable(props), t.noResults)}${section(t.checked, t.checkedHint, checkedTable(props), t.noChecked)}${section(t.own, t.ownHint, ownTable(props), t.noOwn)}${uploadForm(props)}`;
}

function section(title: string, hint: string | null, content: Html | null, none: string): Html {
  return html`<section class="own-papers"><h2 class="govuk-heading-m">${title}</h2>${hint ? html`<p class="govuk-hint">${hint}</p>` : null}${content ?? html`<p class="muted">${none}</p>`}</section>`;
}

function resultsTable({ lang, results }: OwnPapersProps): Html | null {
  const t = messages[lang];
  if (results.length === 0) return null;
  return table({
    caption: t.results,
    hideCaption: true,
    rows: results,
    columns: [
      { label: t.file, head: true, cell: (row) => link(dossierPaths.resultFile(row.dossierId), row.fileName) },
      { label: t.ofDossier, cell: (row) => link(dossierPaths.dossier(row.dossierId), row.procedureName[lang]) },
      { label: t.returnedAt, cell: (row) => formatDate(plainDateOf(row.returnedAt)) },
      { label: t.size, cell: (row) => fileSize(row.size) },
    ],
  });
}

function checkedTable({ lang, checked }: OwnPapersProps): Html | null {
  const t = messages[lang];
  if (checked.length === 0) return null;
  return table({
    caption: t.checked,
    hideCaption: true,
    rows: checked,
    columns: [
      { label: t.file, head: true, cell: (row) => link(storePaths.copy(row.fileId), row.fileName) },
      { label: t.ofDossier, cell: (row) => link(dossierPaths.dossier(row.dossierId), row.procedureName[lang]) },
      { label: t.signedAt, cell: (row) => formatDate(plainDateOf(row.signedAt)) },
      { label: t.size, cell: (row) => fileSize(row.size) },
    ],
  });
}

function ownTable({ lang, own }: OwnPapersProps): Html | null {
  const t = messages[lang];
  if (own.length === 0) return null;
  return table({
    caption: t.own,
    hideCaption: true,
    rows: own,
    columns: [
      { label: t.file, head: true, cell: (row) => link(storePaths.paper(row.id), row.name) },
      { label: t.addedAt, cell: (row) => formatDate(plainDateOf(row.addedAt)) },
      { label: t.size, cell: (row) => fileSize(row.size) },
      {
        label: t.act,
        cell: (row) =>
          html`<form method="post" action="${storePaths.all()}" enctype="multipart/form-data">${hiddenField("xoa", row.id)}${button({ label: t.remove, kind: "secondary", small: true, once: true, ariaLabel: `${t.remove}: ${row.name}` })}</form>`,
      },
    ],
  });
}

function uploadForm({ lang, errors }: OwnPapersProps): Html {
  const t = messages[lang];
  const error = errorOf(errors, FILE);
  return html`<form class="own-papers__add" method="post" action="${storePaths.all()}" enctype="multipart/form-data" novalidate>${fileField({ id: FILE, lang, label: t.choose, hint: t.addHint, accept: UPLOAD_ACCEPT, multiple: true, ...(error ? { error } : {}) })}${button({ label: t.add, kind: "secondary", once: true })}</form>`;
}

function link(href: string, label: HtmlValue): Html {
  return html`<a class="govuk-link paper__link" href="${href}">${label}</a>`;
}
