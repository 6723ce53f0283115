import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import { button, emptyState, errorOf, fileField, notice, type PageError, table, textField } from "#kit/ui/index.ts";
import { type AdminFramed, adminFrame } from "#province/admin/index.ts";
import { messages } from "../messages.ts";
import type { CopyRow } from "../working-copy-view.ts";
import { DESIGNER_HOME, designerPaths } from "./designer-paths.ts";

export interface CopiesPageProps extends AdminFramed {
  readonly copies: readonly CopyRow[];
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: readonly PageError[];
  /** Why an imported file was refused, place by place. */
  readonly problems: readonly string[];
}

/** `/quan-tri/soan`: what is being edited, and three ways to begin. */
export function copiesPage(props: CopiesPageProps): Html {
  const { lang, copies, errors, problems } = props;
  const t = messages[lang];
  return adminFrame(props, {
    current: "designer",
    title: t.title,
    errors,
    ...(errors.length === 0 ? { path: DESIGNER_HOME } : {}),
    body: html`<p class="lead">${t.lead}</p>${
      problems.length > 0
        ? notice({
            tone: "danger",
            body: html`<ul class="govuk-list govuk-list--bullet">${problems.map((one) => html`<li>${one}</li>`)}</ul>`,
          })
        : null
    }<h2 class="govuk-heading-m">${t.copies}</h2>${
      copies.length === 0
        ? emptyState({ title: t.none, text: t.noneText })
        : table({
            caption: t.copies,
            hideCaption: true,
            rows: copies,
            columns: [
              {
                label: t.procedure,
                head: true,
                cell: (row) =>
                  html`<a class="govuk-link" href="${designerPaths.copy(row.code)}">${row.name}</a> <span class="muted small tabular">${row.code}</span>`,
              },
              { label: t.base, cell: (row) => (row.baseVersion === null ? t.newOne : String(row.baseVersion)) },
              { label: t.revision, cell: (row) => String(row.revision) },
              { label: t.changedBy, cell: (row) => row.changedName },
              {
                label: t.changedAt,
                cell: (row) => html`<span class="tabular">${formatDateTime(row.changedAt)}</span>`,
              },
            ],
          })
    }<div class="designer-begin">${freshForm(props)}${importForm(props)}</div>`,
  });
}

function freshForm({ lang, typed, errors }: CopiesPageProps): Html {
  const t = messages[lang].fresh;
  const field = (id: string, label: string, hint?: string): Html =>
    textField({
      id,
      lang,
      label,
      value: typed[id] ?? "",
      error: errorOf(errors, id),
      maxLength: 1_000,
      ...(hint ? { hint } : {}),
    });
  return html`<section><h2 class="govuk-heading-m">${t.title}</h2><form method="post" action="${DESIGNER_HOME}" class="admin-form" novalidate>${field("ma", t.code, t.codeHint)}${field("tenVi", t.nameVi)}${field("tenEn", t.nameEn)}${field("tu", t.from, t.fromHint)}${button({ label: t.button, once: true })}</form></section>`;
}

function importForm({ lang, errors }: CopiesPageProps): Html {
  const t = messages[lang].importing;
  return html`<section><h2 class="govuk-heading-m">${t.title}</h2><p class="govuk-body">${t.text}</p><form method="post" action="${DESIGNER_HOME}/nhap" enctype="multipart/form-data" class="admin-form" novalidate>${fileField({ id: "tep", lang, label: t.file, accept: ".zip,application/zip", error: errorOf(errors, "tep") })}${button({ label: t.button, kind: "secondary", once: true })}</form></section>`;
}
