import { html, type Html } from "#kit/html.ts";
import {
  backLink,
  button,
  errorOf,
  hiddenField,
  type PageError,
  selectField,
  statusTag,
  table,
} from "#kit/ui/index.ts";
import { type AdminFramed, adminFrame } from "#province/admin/index.ts";
import type { MoveReport } from "#province/steps/index.ts";
import { messages } from "../messages.ts";
import { processPaths } from "./step-designer-paths.ts";

export interface MovePageProps extends AdminFramed {
  readonly process: { readonly id: string; readonly name: string };
  /** Published ones, newest first. */
  readonly versions: readonly number[];
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Undefined until two versions are chosen. */
  readonly plan: readonly (MoveReport & { readonly label: string })[] | undefined;
  readonly most: number;
  readonly errors: readonly PageError[];
}

/** `/quan-tri/quy-trinh/:id/chuyen`: which dossiers would stand where; nothing moves before somebody saw it. */
export function movePage(props: MovePageProps): Html {
  const { lang, process, versions, errors } = props;
  const t = messages[lang];
  const options = versions.map((version) => ({ value: String(version), label: t.version(version) }));
  const path = processPaths.part(process.id, "chuyen");
  const field = (id: string, label: string, value: number | undefined): Html =>
    selectField({
      id,
      lang,
      label,
      value: value === undefined ? "" : String(value),
      error: errorOf(errors, id),
      options,
    });
  return adminFrame(props, {
    current: "processes",
    title: `${process.name}: ${t.move.title.toLowerCase()}`,
    errors,
    ...(errors.length === 0 ? { path } : {}),
    body: html`${backLink(lang, processPaths.one(process.id), t.toProcess)}<p class="lead">${t.move.lead}</p>${
      versions.length < 2
        ? html`<p class="govuk-body">${t.move.noOther}</p>`
        : html`<form method="get" action="${path}" class="admin-search">${field("tu", t.move.from, props.from)}${field("den", t.move.to, props.to)}${button({ label: t.move.show, kind: "secondary" })}</form>`
    }${plan(props)}`,
  });
}

function plan(props: MovePageProps): Html | null {
  const { lang, process, from, to } = props;
  const t = messages[lang].move;
  if (!props.plan || from === undefined || to === undefined) return null;
  if (props.plan.length === 0) return html`<p class="govuk-body">${t.noRunning}</p>`;
  const fitting = props.plan.filter(({ fits }) => fits).length;
  return html`<p class="govuk-body">${t.most(props.most)}</p>${table({
    caption: t.title,
    hideCaption: true,
    rows: props.plan,
    columns: [
      { label: t.dossier, head: true, cell: ({ label }) => html`<span class="tabular">${label}</span>` },
      { label: t.open, cell: ({ steps }) => steps.map(({ name }) => html`<div>${name}</div>`) },
      { label: t.will, cell: ({ steps }) => steps.map((step) => html`<div>${step.to ?? t.elsewhere}</div>`) },
      {
        label: messages[lang].editor.state,
        cell: ({ fits }) =>
          statusTag({
            tone: fits ? "success" : "warning",
            icon: fits ? "check" : "warning",
            label: fits ? t.fits : t.notFit,
          }),
      },
    ],
  })}${
    fitting === 0
      ? html`<p class="govuk-body">${t.none}</p>`
      : html`<form method="post" action="${processPaths.part(process.id, "chuyen")}">${hiddenField("tu", String(from))}${hiddenField("den", String(to))}${button({ label: t.all(fitting), once: true })}</form>`
  }`;
}
