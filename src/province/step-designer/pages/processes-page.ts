import { html, type Html } from "#kit/html.ts";
import {
  button,
  emptyState,
  errorOf,
  fileField,
  hiddenField,
  type PageError,
  selectField,
  table,
  textField,
} from "#kit/ui/index.ts";
import { type AdminFramed, adminFrame } from "#province/admin/index.ts";
import { drawnName, type ProcessSummary } from "#province/steps/index.ts";
import { messages } from "../messages.ts";
import { PROCESSES_HOME, processPaths } from "./step-designer-paths.ts";

export interface UseRow {
  readonly scope: "procedure" | "field";
  readonly code: string;
  readonly name: string;
  readonly processId: string;
  readonly process: string;
}

export interface ProcessesPageProps extends AdminFramed {
  readonly processes: readonly ProcessSummary[];
  readonly uses: readonly UseRow[];
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly templates: readonly { readonly id: string; readonly name: string }[];
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: readonly PageError[];
}

/** `/quan-tri/quy-trinh`: every process, who uses which, and two ways to begin. */
export function processesPage(props: ProcessesPageProps): Html {
  const { lang, processes, errors } = props;
  const t = messages[lang];
  return adminFrame(props, {
    current: "processes",
    title: t.title,
    errors,
    ...(errors.length === 0 ? { path: PROCESSES_HOME } : {}),
    body: html`<p class="lead">${t.lead}</p><h2 class="govuk-heading-m">${t.list}</h2>${
      processes.length === 0 ? emptyState({ title: t.none, text: t.noneText }) : processTable(props)
    }${useSection(props)}<div class="designer-begin">${freshForm(props)}${importForm(props)}</div>`,
  });
}

function processTable({ lang, processes }: ProcessesPageProps): Html {
  const t = messages[lang];
  return table({
    caption: t.list,
    hideCaption: true,
    rows: processes,
    columns: [
      {
        label: t.name,
        head: true,
        cell: (one) => html`<a class="govuk-link" href="${processPaths.one(one.id)}">${drawnName(one, lang)}</a>`,
      },
      { label: t.published, cell: ({ published }) => (published === null ? t.notPublished : t.version(published)) },
      { label: t.draft, cell: ({ draft }) => (draft === null ? t.noDraft : t.draftOf(draft)) },
      { label: t.uses, cell: ({ uses }) => t.usesCount(uses.length) },
      { label: t.running, cell: ({ running }) => html`<span class="tabular">${running}</span>` },
    ],
  });
}

function useSection(props: ProcessesPageProps): Html {
  const { lang, uses, choices, processes, typed, errors } = props;
  const t = messages[lang];
  const published = processes.filter(({ published: version }) => version !== null);
  return html`<section class="process-uses"><h2 class="govuk-heading-m">${t.useTitle}</h2><p class="govuk-body">${t.useText}</p>${
    uses.length === 0
      ? null
      : table({
          caption: t.useTitle,
          hideCaption: true,
          rows: uses,
          columns: [
            { label: t.useRow, head: true, cell: ({ name }) => name },
            {
              label: t.useProcess,
              cell: ({ processId, process }) =>
                html`<a class="govuk-link" href="${processPaths.one(processId)}">${process}</a>`,
            },
            {
              label: t.useStop,
              cell: ({ scope, code, name }) =>
                html`<form method="post" action="${PROCESSES_HOME}/dung">${hiddenField("muc", `${scope}:${code}`)}${hiddenField("quy-trinh", "none")}${button({ label: t.useStop, kind: "secondary", small: true, ariaLabel: `${t.useStop}: ${name}` })}</form>`,
            },
          ],
        })
  }<form method="post" action="${PROCESSES_HOME}/dung" class="admin-form" novalidate>${selectField({
    id: "muc",
    lang,
    label: t.useWhat,
    value: typed["muc"] ?? "",
    error: errorOf(errors, "muc"),
    options: choices,
  })}${selectField({
    id: "quy-trinh",
    lang,
    label: t.useProcess,
    value: typed["quy-trinh"] ?? "",
    error: errorOf(errors, "quy-trinh"),
    options: [...published.map(({ id, name }) => ({ value: id, label: name })), { value: "none", label: t.useNone }],
  })}${button({ label: t.useButton, kind: "secondary", once: true })}</form></section>`;
}

function freshForm({ lang, typed, errors, templates }: ProcessesPageProps): Html {
  const t = messages[lang];
  return html`<section><h2 class="govuk-heading-m">${t.newTitle}</h2><form method="post" action="${PROCESSES_HOME}" class="admin-form" novalidate>${textField(
    {
      id: "ten",
      lang,
      label: t.newName,
      value: typed["ten"] ?? "",
      error: errorOf(errors, "ten"),
      maxLength: 200,
    },
  )}${selectField({
    id: "mau",
    lang,
    label: t.newFrom,
    value: typed["mau"] ?? "blank",
    error: errorOf(errors, "mau"),
    placeholder: false,
    options: [{ value: "blank", label: t.newBlank }, ...templates.map(({ id, name }) => ({ value: id, label: name }))],
  })}${button({ label: t.newButton, kind: "secondary", once: true })}</form></section>`;
}

function importForm({ lang, typed, errors }: ProcessesPageProps): Html {
  const t = messages[lang];
  return html`<section><h2 class="govuk-heading-m">${t.importTitle}</h2><p class="govuk-body">${t.importText}</p><form method="post" action="${PROCESSES_HOME}/nhap" enctype="multipart/form-data" class="admin-form" novalidate>${textField(
    {
      id: "ten-nhap",
      lang,
      label: t.importName,
      required: false,
      value: typed["ten-nhap"] ?? "",
      error: errorOf(errors, "ten-nhap"),
      maxLength: 200,
    },
  )}${fileField({ id: "tep", lang, label: t.importFile, accept: ".bpmn,.xml", error: errorOf(errors, "tep") })}${button({ label: t.importButton, kind: "secondary", once: true })}</form></section>`;
}
