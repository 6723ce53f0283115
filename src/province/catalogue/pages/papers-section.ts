import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { table } from "#kit/ui/index.ts";
import type { Component, ProcedureDefinition } from "#province/procedure/index.ts";
import { messages } from "../messages.ts";

/** The papers as a table: what, how many, when, by which way of filing; remarks of the law stand apart below. */
export function papersSection(procedure: ProcedureDefinition, lang: Lang): Html {
  const t = messages[lang].page;
  const { components } = procedure;
  return html`<section class="procedure__section" aria-labelledby="papers"><h2 class="govuk-heading-l" id="papers">${t.papers}</h2>${
    components.length === 0
      ? html`<p class="govuk-body">${t.papersNone}</p>`
      : table({
          caption: t.papers,
          hideCaption: true,
          columns: [
            { label: t.paper, head: true, cell: (component) => paperCell(component, lang) },
            { label: t.copies, cell: (component) => copiesWords(component, lang) },
            { label: t.when, cell: (component) => whenWords(component, procedure, lang) },
            { label: t.how, cell: ({ ways }) => (ways ?? []).map((way) => t.ways[way]).join(", ") || t.allWays },
          ],
          rows: components,
        })
  }${
    procedure.notes.length > 0
      ? html`<h3 class="govuk-heading-m">${t.notes}</h3><ul class="govuk-list govuk-list--bullet prose">${procedure.notes.map((note) => html`<li>${note[lang]}</li>`)}</ul>`
      : null
  }</section>`;
}

function paperCell({ name, hint, form }: Component, lang: Lang): Html {
  return html`${name[lang]}${form ? html`<span class="cell-note">${form[lang]}</span>` : null}${hint ? html`<span class="cell-note">${hint[lang]}</span>` : null}`;
}

function copiesWords({ kind, presentOnly, originals, copies }: Component, lang: Lang): string {
  const t = messages[lang].page;
  if (kind === "e-form") return t.inForm;
  const counts = [...(originals > 0 ? [t.originals(originals)] : []), ...(copies > 0 ? [t.copy(copies)] : [])].join(", ");
  return presentOnly ? `${t.shown} (${counts})` : counts;
}

/** A case has its own name; a paper that is always asked is required; anything else "if there is one". */
function whenWords(component: Component, { cases }: ProcedureDefinition, lang: Lang): string {
  const t = messages[lang].page;
  const named = cases?.find(({ code }) => code === component.case);
  if (named) return t.byCase(named.name[lang]);
  return component.required === false ? t.optional : t.required;
}
