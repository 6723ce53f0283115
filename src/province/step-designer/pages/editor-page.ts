import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import {
  assetPath,
  backLink,
  button,
  buttonGroup,
  errorOf,
  fileField,
  hiddenField,
  notice,
  type PageError,
  table,
  textField,
} from "#kit/ui/index.ts";
import { type AdminFramed, adminFrame } from "#province/admin/index.ts";
import type { ProcessVersion } from "#province/steps/index.ts";
import type { Board } from "../browser/board.ts";
import { messages } from "../messages.ts";
import type { PlacedProblem } from "../problem-place.ts";
import type { StepRow } from "../step-rows.ts";
import { dataBlock, problemItems, stepTable } from "./process-parts.ts";
import { PROCESSES_HOME, processPaths } from "./step-designer-paths.ts";

export interface VersionRow {
  readonly version: number;
  readonly published: boolean;
  readonly savedBy: string;
  readonly publishedBy: string | null;
  readonly at: Date;
  /** It can run, so its steps can be compared. */
  readonly comparable: boolean;
}

export interface EditorPageProps extends AdminFramed {
  readonly process: { readonly id: string; readonly name: string };
  /** The version in the editor: the draft, or the newest published one. */
  readonly shown: Pick<ProcessVersion, "version" | "revision" | "savedAt"> & {
    readonly isDraft: boolean;
    readonly savedBy: string;
  };
  readonly xml: string;
  readonly name: string;
  readonly problems: readonly PlacedProblem[];
  /** Null while the drawing cannot run. */
  readonly steps: readonly StepRow[] | null;
  readonly total: { readonly hours: string; readonly days: string } | null;
  readonly board: Board;
  readonly own: boolean;
  readonly inForce: number | null;
  readonly uses: readonly string[];
  readonly versions: readonly VersionRow[];
  readonly errors: readonly PageError[];
  /** Somebody saved in between: what stands here is what was drawn, not what is kept. */
  readonly conflict: boolean;
}

/** `/quan-tri/quy-trinh/:id`: draw, check, publish. */
export function editorPage(props: EditorPageProps): Html {
  const { lang, process, shown, errors } = props;
  const t = messages[lang].editor;
  const path = processPaths.one(process.id);
  return adminFrame(props, {
    current: "processes",
    title: process.name,
    width: "full",
    errors,
    ...(errors.length === 0 ? { path } : {}),
    body: html`${backLink(lang, PROCESSES_HOME, messages[lang].back)}<p class="govuk-body">${
      shown.isDraft
        ? `${t.states.draft}: ${messages[lang].version(shown.version)}. ${t.saved(formatDateTime(shown.savedAt), shown.savedBy)}`
        : t.fromPublished(shown.version)
    }</p>${
      props.conflict
        ? notice({
            tone: "warning",
            body: html`<p>${t.takeOver} <a class="govuk-link" href="${path}" target="_blank" rel="noopener">${t.seeTheirs}</a></p>`,
          })
        : null
    }${boardForm(props)}<div class="process-below"><div>${checks(props)}${stepsSection(props)}</div><div>${publishSection(props)}${fileSection(props)}${usesSection(props)}</div></div>${versionTable(props)}`,
  });
}

function boardForm({ lang, process, shown, xml, name, board, errors }: EditorPageProps): Html {
  const t = messages[lang];
  return html`<process-board data-module="${assetPath("modeller-browser.js")}" data-styles="${assetPath("drawing.css")}">${dataBlock("data-board", board)}<form method="post" action="${processPaths.part(process.id, "ban-ve")}" class="process-form" novalidate>${hiddenField("lan", shown.isDraft ? String(shown.revision) : "")}<textarea name="ban-ve" data-drawing hidden aria-label="${t.picture.label}">
${xml}</textarea><div class="process-form__bar">${textField({ id: "ten", lang, label: t.name, value: name, error: errorOf(errors, "ten"), maxLength: 200 })}${button({ label: t.editor.save, once: true })}</div></form></process-board>`;
}

function checks({ lang, problems, shown }: EditorPageProps): Html {
  const t = messages[lang].editor;
  if (problems.length > 0)
    return html`<section id="can-sua"><h2 class="govuk-heading-m">${t.problems(problems.length)}</h2>${problemItems(lang, problems, true)}</section>`;
  return shown.isDraft ? notice({ tone: "success", body: html`<p>${t.noProblems}</p>` }) : html``;
}

function stepsSection({ lang, steps, total, problems }: EditorPageProps): Html {
  const t = messages[lang];
  // The links of problems must lead somewhere on a page without the drawing too.
  const places = steps
    ? stepTable(lang, steps, t.editor.steps)
    : html`<ul class="process-places">${[...new Map(problems.filter(({ elementId }) => elementId !== "").map((one) => [one.elementId, one.place])).entries()].map(([id, name]) => html`<li id="buoc-${id}" tabindex="-1">${name}</li>`)}</ul>`;
  return html`<section><h2 class="govuk-heading-m">${t.editor.steps}</h2><p class="govuk-body">${t.editor.stepsText}${total ? ` ${t.total(total.hours, total.days)}` : ""}</p>${places}</section>`;
}

function publishSection({ lang, process, shown, problems, own, inForce }: EditorPageProps): Html | null {
  if (!shown.isDraft) return null;
  const t = messages[lang].editor;
  const at = (part: string): string => processPaths.part(process.id, part);
  const compare =
    inForce === null || problems.length > 0
      ? null
      : html`<p class="govuk-body"><a class="govuk-link" href="${at("so-sanh")}?tu=${inForce}&den=${shown.version}">${t.compare}</a></p>`;
  const act =
    problems.length > 0
      ? html`<p class="govuk-body">${t.publishNot}</p>`
      : own
        ? html`<p class="govuk-body">${t.publishOwn}</p>`
        : html`<p class="govuk-body">${t.publishText(shown.version)}</p><form method="post" action="${at("cong-bo")}">${hiddenField("phien-ban", String(shown.version))}${hiddenField("lan", String(shown.revision))}${button({ label: t.publish(shown.version), once: true })}</form>`;
  return html`<section id="cong-bo" tabindex="-1"><h2 class="govuk-heading-m">${t.publishTitle}</h2>${compare}${act}</section>`;
}

function fileSection({ lang, process, shown, errors }: EditorPageProps): Html {
  const t = messages[lang].editor;
  return html`<section><h2 class="govuk-heading-m">${t.file}</h2><p class="govuk-body">${t.fileText}</p>${buttonGroup(button({ label: t.download, kind: "secondary", href: `${processPaths.version(process.id, shown.version)}/tep.bpmn` }))}<form method="post" action="${processPaths.part(process.id, "tep")}" enctype="multipart/form-data" novalidate>${hiddenField("lan", shown.isDraft ? String(shown.revision) : "")}${fileField({ id: "tep", lang, label: messages[lang].importFile, accept: ".bpmn,.xml", error: errorOf(errors, "tep") })}${button({ label: t.upload, kind: "secondary", once: true })}</form></section>`;
}

function usesSection({ lang, uses }: EditorPageProps): Html {
  const t = messages[lang];
  return html`<section><h2 class="govuk-heading-m">${t.uses}</h2>${
    uses.length === 0
      ? html`<p class="govuk-body">${t.noUses}</p>`
      : html`<ul class="govuk-list govuk-list--bullet">${uses.map((use) => html`<li>${use}</li>`)}</ul>`
  }<p class="govuk-body"><a class="govuk-link" href="${PROCESSES_HOME}#muc">${t.useTitle}</a></p></section>`;
}

function versionTable({ lang, process, versions }: EditorPageProps): Html {
  const t = messages[lang].editor;
  const published = versions.filter((row) => row.published).length;
  return html`<section><h2 class="govuk-heading-m">${t.versions}</h2>${table({
    caption: t.versions,
    hideCaption: true,
    rows: versions,
    columns: [
      { label: t.versions, head: true, cell: ({ version }) => messages[lang].version(version) },
      { label: t.state, cell: (row) => (row.published ? t.states.published : t.states.draft) },
      { label: t.byWhom, cell: ({ savedBy, publishedBy }) => [savedBy, publishedBy].filter(Boolean).join(", ") },
      { label: t.at, cell: ({ at }) => html`<span class="tabular">${formatDateTime(at)}</span>` },
      {
        label: t.look,
        cell: ({ version }) =>
          html`<a class="govuk-link" href="${processPaths.version(process.id, version)}">${t.look}<span class="govuk-visually-hidden"> ${messages[lang].version(version)}</span></a>`,
      },
      {
        label: t.difference,
        cell: ({ version, comparable }) =>
          version === 1 || !comparable
            ? ""
            : html`<a class="govuk-link" href="${processPaths.part(process.id, "so-sanh")}?tu=${version - 1}&den=${version}">${t.difference}<span class="govuk-visually-hidden"> (${messages[lang].version(version)})</span></a>`,
      },
    ],
  })}${published > 1 ? buttonGroup(button({ label: t.move, kind: "secondary", href: processPaths.part(process.id, "chuyen") })) : null}</section>`;
}
