import { html, type Html, type HtmlValue } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { details, said, table } from "#kit/ui/index.ts";
import { type Component, isForWay, type ProcedureDefinition } from "#province/procedure/index.ts";
import { messages } from "../messages.ts";
import { cataloguePaths } from "../paths.ts";

/**
 * The papers: what, how many, when. Those for filing online stand open; those for the counter and the post, often the same
 * ones on paper, are one tap away. Remarks of the law stand apart below.
 */
export function papersSection(procedure: ProcedureDefinition, lang: Lang): Html {
  const t = messages[lang].page;
  const { components } = procedure;
  const online = components.filter((component) => isForWay(component, "online"));
  const other = components.filter((component) => isForWay(component, "counter") || isForWay(component, "post"));
  return html`<section class="procedure__section" aria-labelledby="papers"><h2 class="govuk-heading-l" id="papers">${t.papers}</h2>${
    components.length === 0 ? html`<p class="govuk-body">${t.papersNone}</p>` : null
  }${procedure.fileable && online.some(depends) ? html`<p><a class="govuk-link" href="${cataloguePaths.casePapers(procedure.code)}">${t.caseQuestions}</a></p>` : null}${online.length > 0 ? papersTable(t.papersOnline, online, procedure, lang) : null}${
    other.length > 0 ? details(t.papersOther, papersTable(t.papersOther, other, procedure, lang)) : null
  }${
    procedure.notes.length > 0
      ? html`<h3 class="govuk-heading-m">${t.notes}</h3><ul class="govuk-list govuk-list--bullet prose">${procedure.notes.map((note) => html`<li>${said(note, lang)}</li>`)}</ul>`
      : null
  }</section>`;
}

/** Needed in some cases only. */
function depends({ kind, asked, required, replacedBy }: Component): boolean {
  const conditional = (condition: Component["asked"]): boolean => typeof condition === "object";
  const replaced = replacedBy?.some(({ when }) => conditional(when)) ?? false;
  return kind === "paper" && (conditional(asked) || conditional(required) || replaced);
}

function papersTable(
  caption: string,
  components: readonly Component[],
  procedure: ProcedureDefinition,
  lang: Lang,
): Html {
  const t = messages[lang].page;
  return table({
    caption,
    columns: [
      { label: t.paper, head: true, cell: (component) => paperCell(component, lang) },
      { label: t.copies, cell: (component) => copiesWords(component, lang) },
      { label: t.when, cell: (component) => whenWords(component, procedure, lang) },
    ],
    rows: components,
  });
}

function paperCell({ name, hint, form, replacedBy }: Component, lang: Lang): Html {
  const t = messages[lang].page;
  return html`${said(name, lang)}${form ? html`<span class="cell-note">${said(form, lang)}</span>` : null}${hint ? html`<span class="cell-note">${said(hint, lang)}</span>` : null}${(replacedBy ?? []).map(({ source, basis }) => html`<span class="cell-note">${t.replaced(source[lang], basis[lang])}</span>`)}`;
}

function copiesWords({ kind, presentOnly, originals, copies }: Component, lang: Lang): string {
  const t = messages[lang].page;
  if (kind === "e-form") return t.inForm;
  const counts = [...(originals > 0 ? [t.originals(originals)] : []), ...(copies > 0 ? [t.copy(copies)] : [])].join(
    ", ",
  );
  return presentOnly ? `${t.shown} (${counts})` : counts;
}

/** A case has its own name; a paper that is always asked is required; anything else "if there is one". */
function whenWords(component: Component, { cases }: ProcedureDefinition, lang: Lang): HtmlValue {
  const t = messages[lang].page;
  const named = cases?.find(({ code }) => code === component.case);
  if (named) return [t.byCase(""), said(named.name, lang)];
  return component.required === false ? t.optional : t.required;
}
