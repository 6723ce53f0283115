import { html, type Html } from "#kit/html.ts";
import { backLink, button, buttonGroup, table } from "#kit/ui/index.ts";
import { type AdminFramed, adminFrame } from "#province/admin/index.ts";
import type { Mark } from "../browser/picture.ts";
import { messages } from "../messages.ts";
import type { ProcessDifference } from "../process-differences.ts";
import type { PlacedProblem } from "../problem-place.ts";
import type { StepRow } from "../step-rows.ts";
import { problemItems, processPicture, stepTable } from "./process-parts.ts";
import { processPaths } from "./step-designer-paths.ts";

interface Named extends AdminFramed {
  readonly process: { readonly id: string; readonly name: string };
}

export interface VersionPageProps extends Named {
  readonly version: number;
  readonly xml: string;
  readonly steps: readonly StepRow[] | null;
  readonly problems: readonly PlacedProblem[];
  readonly total: { readonly hours: string; readonly days: string } | null;
}

/** `/quan-tri/quy-trinh/:id/phien-ban/:version`: one version as a picture and as a list. */
export function versionPage(props: VersionPageProps): Html {
  const { lang, process, version, steps, total } = props;
  const t = messages[lang];
  const list = steps ? stepTable(lang, steps, t.editor.steps) : problemItems(lang, props.problems, false);
  return adminFrame(props, {
    current: "processes",
    title: `${process.name}: ${t.version(version).toLowerCase()}`,
    path: processPaths.version(process.id, version),
    body: html`${backLink(lang, processPaths.one(process.id), t.toProcess)}${total ? html`<p class="govuk-body">${t.total(total.hours, total.days)}</p>` : null}${processPicture({ lang, xml: props.xml, marks: Object.fromEntries(props.problems.map(({ elementId }) => [elementId, "problem" as const])), list })}${buttonGroup(button({ label: t.editor.download, kind: "secondary", href: `${processPaths.version(process.id, version)}/tep.bpmn` }))}`,
  });
}

export interface ComparePageProps extends Named {
  readonly from: number;
  readonly to: number;
  /** Of the newer one. */
  readonly xml: string;
  readonly differences: readonly ProcessDifference[];
}

/** `/quan-tri/quy-trinh/:id/so-sanh`: what is another in the newer version, in its picture and in words. */
export function compareProcessPage(props: ComparePageProps): Html {
  const { lang, process, from, to, differences } = props;
  const t = messages[lang];
  const marks: Record<string, Mark> = {};
  for (const { element, change } of differences) if (change !== "removed") marks[element] = change;
  const list =
    differences.length === 0
      ? html`<p class="govuk-body">${t.same}</p>`
      : html`<div class="admin-differences">${table({
          caption: t.compareTitle(from, to),
          hideCaption: true,
          rows: differences,
          columns: [
            {
              label: t.diffElement,
              head: true,
              cell: ({ name, change }) =>
                html`<span class="admin-place">${name}</span> <span class="muted">(${t.changes[change].toLowerCase()})</span>`,
            },
            {
              label: t.diffBefore(from),
              cell: ({ before }) => html`<del class="admin-before">${before || t.nothing}</del>`,
            },
            {
              label: t.diffBefore(to),
              cell: ({ after }) => html`<ins class="admin-after">${after || t.nothing}</ins>`,
            },
          ],
        })}</div>`;
  return adminFrame(props, {
    current: "processes",
    title: `${process.name}: ${t.compareTitle(from, to).toLowerCase()}`,
    path: `${processPaths.part(process.id, "so-sanh")}?tu=${from}&den=${to}`,
    body: html`${backLink(lang, processPaths.one(process.id), t.toProcess)}${processPicture({ lang, xml: props.xml, marks, list })}`,
  });
}
