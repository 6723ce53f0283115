/** Tree left, one thing right; on a phone below each other. */
import { html, type Html } from "#kit/html.ts";
import { backLink, type PageError } from "#kit/ui/index.ts";
import { type AdminFramed, adminFrame } from "#province/admin/index.ts";
import type { Finding } from "../lint-copy.ts";
import { messages } from "../messages.ts";
import type { WorkingCopy } from "../working-copy-view.ts";
import type { Place } from "../content.ts";
import { copyTree } from "./copy-tree.ts";
import { designerPaths } from "./designer-paths.ts";

export interface CopyFramed extends AdminFramed {
  readonly copy: WorkingCopy;
  readonly findings: readonly Finding[];
}

export function designerFrame(
  props: CopyFramed,
  page: {
    readonly title: string;
    readonly body: Html;
    readonly path?: string;
    readonly current?: Place;
    /** Without the tree: pages that need the whole width. */
    readonly wide?: boolean;
    readonly errors?: readonly PageError[];
  },
): Html {
  const { lang, copy, findings } = props;
  const { code } = copy;
  const name = copy.definition.shortName?.[lang] || copy.definition.name?.[lang] || code;
  const tree = copyTree({ lang, code, content: copy, findings, ...(page.current ? { current: page.current } : {}) });
  return adminFrame(props, {
    current: "designer",
    title: page.title,
    width: "full",
    ...(page.path ? { path: page.path } : {}),
    ...(page.errors ? { errors: page.errors } : {}),
    body: html`${backLink(lang, page.current || page.title !== name ? designerPaths.copy(code) : "/quan-tri/soan", page.current || page.title !== name ? name : messages[lang].title)}${page.wide ? page.body : html`<div class="designer"><div class="designer__page">${page.body}</div>${tree}</div>`}`,
  });
}

/** Where to mend what: each finding leads to its place. */
export function findingList(lang: "vi" | "en", code: string, findings: readonly Finding[]): Html {
  const t = messages[lang].findings;
  if (findings.length === 0) return html`<p class="govuk-body">${t.clean}</p>`;
  return html`<ul class="designer-findings">${findings.map(
    ({ severity, place, message }) =>
      html`<li class="designer-findings__one designer-findings__one--${severity}"><strong>${t.severity[severity]}</strong> ${
        place
          ? html`<a class="govuk-link" href="${designerPaths.thing(code, place)}">${messages[lang].kinds[place.kind]}${place.id === "-" ? "" : html` <span class="tabular">${place.id}</span>`}</a>`
          : t.whole
      }: ${message[lang]}</li>`,
  )}</ul>`;
}
