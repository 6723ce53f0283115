import { formatDate, formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import {
  backLink,
  button,
  dateField,
  errorOf,
  type PageError,
  selectField,
  statusTag,
  table,
  textareaField,
} from "#kit/ui/index.ts";
import { type AdminFramed, adminFrame } from "#province/admin/index.ts";
import type { ProcedureDefinition } from "#province/procedure/index.ts";
import type { Difference } from "../../definition-differences.ts";
import { messages } from "../messages.ts";
import type { VersionRow } from "../versions-view.ts";
import { differenceTable } from "./difference-table.ts";

export interface VersionsPageProps extends AdminFramed {
  readonly procedure: ProcedureDefinition;
  readonly versions: readonly VersionRow[];
  readonly today: string;
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: readonly PageError[];
}

/** `/quan-tri/thu-tuc/:code`: versions of a procedure, and the proposal to end one. */
export function versionsPage(props: VersionsPageProps): Html {
  const { lang, procedure, versions, errors } = props;
  const t = messages[lang];
  const at = `/quan-tri/thu-tuc/${procedure.code}`;
  return adminFrame(props, {
    current: "procedures",
    title: procedure.shortName[lang],
    errors,
    ...(errors.length === 0 ? { path: at } : {}),
    body: html`${backLink(lang, "/quan-tri/thu-tuc", t.list)}<p class="govuk-body"><span class="tabular">${procedure.code}</span> · ${procedure.field.name[lang]} · ${procedure.decision}</p>${button({ label: t.edit, kind: "secondary", href: `${at}/soan` })}${table(
      {
        caption: t.versions,
        rows: versions,
        columns: [
          { label: t.version, head: true, cell: (row) => String(row.version) },
          { label: t.state, cell: (row) => standing(props, row) },
          { label: t.origin, cell: (row) => t.origins[row.origin] },
          { label: t.effective, cell: (row) => html`<span class="tabular">${formatDate(row.effectiveFrom)}</span>` },
          { label: t.published, cell: (row) => html`<span class="tabular">${formatDateTime(row.publishedAt)}</span>` },
          { label: t.fileable, cell: (row) => (row.hasForm ? t.yes : t.no) },
          {
            label: t.compare,
            cell: (row) =>
              versions.some((one) => one.version === row.version - 1)
                ? html`<a class="govuk-link" href="${at}/so-sanh?tu=${row.version - 1}&den=${row.version}">${t.compareTitle(row.version - 1, row.version)}</a>`
                : "",
          },
        ],
      },
    )}${withdrawForm(props, at)}`,
  });
}

function standing({ lang, today }: VersionsPageProps, row: VersionRow): Html {
  const t = messages[lang];
  if (row.withdrawnFrom !== null)
    return html`${statusTag({ tone: "danger", icon: "cross", label: t.withdrawn(formatDate(row.withdrawnFrom)) })}<span class="cell-note">${row.withdrawnReason}</span>`;
  if (row.inForce) return statusTag({ tone: "success", icon: "check", label: t.inForce });
  return row.effectiveFrom > today
    ? statusTag({ tone: "info", icon: "clock", label: t.future(formatDate(row.effectiveFrom)) })
    : statusTag({ tone: "quiet", icon: "file", label: t.older });
}

function withdrawForm({ lang, versions, typed, errors }: VersionsPageProps, at: string): Html | null {
  const t = messages[lang];
  const open = versions.filter((row) => row.withdrawnFrom === null);
  if (open.length === 0) return null;
  return html`<h2 class="govuk-heading-m">${t.withdrawTitle}</h2><p class="govuk-body">${t.withdrawText} ${t.filedKeep}</p><form method="post" action="${at}/bai-bo" class="admin-form" novalidate>${selectField(
    {
      id: "phien-ban",
      lang,
      placeholder: false,
      label: t.withdrawVersion,
      value: typed["phien-ban"] ?? String(open.find((row) => row.inForce)?.version ?? open[0]?.version ?? ""),
      options: open.map(({ version }) => ({ value: String(version), label: String(version) })),
      error: errorOf(errors, "phien-ban"),
    },
  )}${dateField({ id: "ngay", lang, label: t.withdrawDay, value: typed["ngay"] ?? "", error: errorOf(errors, "ngay") })}${textareaField(
    {
      id: "ly-do",
      lang,
      label: t.withdrawReason,
      value: typed["ly-do"] ?? "",
      error: errorOf(errors, "ly-do"),
      rows: 3,
      maxLength: 1_000,
    },
  )}${button({ label: t.withdrawButton, kind: "warning", once: true })}</form>`;
}

export interface ComparePageProps extends AdminFramed {
  readonly procedure: ProcedureDefinition;
  readonly from: number;
  readonly to: number;
  readonly differences: readonly Difference[];
}

/** `/quan-tri/thu-tuc/:code/so-sanh?tu=1&den=2`. */
export function comparePage(props: ComparePageProps): Html {
  const { lang, procedure, from, to } = props;
  const t = messages[lang];
  return adminFrame(props, {
    current: "procedures",
    title: t.compareTitle(from, to),
    path: `/quan-tri/thu-tuc/${procedure.code}/so-sanh?tu=${from}&den=${to}`,
    body: html`${backLink(lang, `/quan-tri/thu-tuc/${procedure.code}`, procedure.shortName[lang])}${differenceTable(lang, props.differences)}`,
  });
}
