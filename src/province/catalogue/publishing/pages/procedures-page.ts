import { html, type Html } from "#kit/html.ts";
import { button, emptyState, pagination, table, textField } from "#kit/ui/index.ts";
import { type AdminFramed, adminFrame } from "#province/admin/index.ts";
import { messages } from "../messages.ts";
import type { ProcedureRow } from "../versions-view.ts";

export interface ProceduresPageProps extends AdminFramed {
  readonly words: string;
  readonly rows: readonly ProcedureRow[];
  readonly next?: string;
}

/** `/quan-tri/thu-tuc`: every procedure of the catalogue. */
export function proceduresPage(props: ProceduresPageProps): Html {
  const { lang, rows, words } = props;
  const t = messages[lang];
  return adminFrame(props, {
    current: "procedures",
    title: t.list,
    path: "/quan-tri/thu-tuc",
    body: html`<p class="govuk-body">${t.listLead}</p><form method="get" action="/quan-tri/thu-tuc" class="admin-search" role="search">${textField(
      { id: "q", lang, label: t.search, value: words },
    )}${button({ label: t.searchButton, kind: "secondary" })}</form>${
      rows.length === 0
        ? emptyState({ title: t.none })
        : table({
            caption: t.list,
            hideCaption: true,
            rows,
            columns: [
              {
                label: t.procedure,
                head: true,
                cell: (row) => html`<a class="govuk-link" href="/quan-tri/thu-tuc/${row.code}">${row.name[lang]}</a>`,
              },
              { label: t.code, cell: (row) => html`<span class="tabular">${row.code}</span>` },
              { label: t.field, cell: (row) => row.fieldName[lang] },
              { label: t.version, cell: (row) => String(row.version) },
              { label: t.origin, cell: (row) => t.origins[row.origin] },
              { label: t.fileable, cell: (row) => (row.fileable ? t.yes : t.no) },
              { label: t.units, cell: (row) => String(row.agencyCount) },
            ],
          })
    }${pagination(lang, { next: props.next })}`,
  });
}
