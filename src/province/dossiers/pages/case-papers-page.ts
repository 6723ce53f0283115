import type { Html } from "#kit/html.ts";
import { html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { backLink, button, buttonGroup } from "#kit/ui/index.ts";
import { type Answers, type FormContext, type FormDefinition, renderFormPage } from "#province/forms/index.ts";
import type { Component } from "#province/procedure/index.ts";
import type { CasePapers } from "../case-questions.ts";
import { draftMessages } from "../draft-messages.ts";

export interface CasePapersProps {
  readonly lang: Lang;
  readonly name: string;
  readonly action: string;
  readonly procedureHref: string;
  readonly fileHref: string;
  /** The deciding questions; undefined when every case needs the same papers. */
  readonly form: FormDefinition | undefined;
  readonly answers: Answers;
  readonly context: FormContext;
  /** Something was answered. */
  readonly asked: boolean;
  /** Questions without an answer. */
  readonly open: number;
  readonly papers: CasePapers;
}

export function casePapersPage(props: CasePapersProps): Html {
  const { lang, form, papers } = props;
  const t = draftMessages[lang].questions;
  const page = form?.pages[0];
  const count = page?.sections[0]?.items.filter(({ when }) => when === undefined).length ?? 0;
  const list = props.asked || !page;
  return html`${backLink(lang, props.procedureHref)}<p class="filing__caption">${props.name}</p><h1 class="govuk-heading-l">${t.title}</h1>${
    form && page
      ? html`<p class="lead">${t.lead(count)}</p><form class="case-questions" method="get" action="${props.action}" novalidate>${renderFormPage({ form, page, answers: props.answers, context: props.context, lang })}${button({ label: t.show })}</form>`
      : html`<p class="lead">${t.none}</p>`
  }${
    list
      ? html`<div class="case-papers">${props.open > 0 && form ? html`<p class="govuk-hint">${t.unanswered}</p>` : null}${casePapers(lang, papers, props.open === 0)}${buttonGroup(
          button({ label: t.file, href: props.fileHref }),
        )}</div>`
      : null
  }`;
}

/** The papers of a case in groups; also before filing begins. Until all is answered nothing is called needless. */
export function casePapers(lang: Lang, papers: CasePapers, answered: boolean): Html {
  const t = draftMessages[lang].questions;
  const nothing = papers.needed.length + papers.optional.length + papers.shown.length === 0;
  return html`${nothing ? html`<p><strong>${t.nothing}</strong></p>` : null}${group(lang, t.needed, papers.needed)}${group(lang, t.optional, papers.optional)}${group(lang, t.shown, papers.shown)}${replacedPapersHtml(lang, papers.replaced)}${
    papers.otherwise.length > 0 && !answered ? group(lang, t.depends, papers.otherwise) : null
  }${
    papers.otherwise.length > 0 && answered
      ? html`<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${t.otherwise}</span></summary><div class="govuk-details__text"><ul class="govuk-list govuk-list--bullet">${papers.otherwise.map((component) => html`<li>${component.name[lang]}</li>`)}</ul></div></details>`
      : null
  }`;
}

/** "Không phải nộp": what a national database already says, with the rule that lets it. */
export function replacedPapersHtml(lang: Lang, replaced: CasePapers["replaced"]): Html | null {
  const t = draftMessages[lang].questions;
  if (replaced.length === 0) return null;
  return html`<section class="case-papers__group"><h2 class="govuk-heading-s">${t.replaced}</h2><ul class="govuk-list govuk-list--bullet">${replaced.map(
    ({ component, by }) =>
      html`<li>${component.name[lang]}<span class="case-papers__why">${t.replacedBy} ${by.source[lang]}. ${t.basis} ${by.basis[lang]}.</span></li>`,
  )}</ul></section>`;
}

function group(lang: Lang, title: string, components: readonly Component[]): Html | null {
  if (components.length === 0) return null;
  return html`<section class="case-papers__group"><h2 class="govuk-heading-s">${title}</h2><ul class="govuk-list govuk-list--bullet">${components.map(
    (component) =>
      html`<li>${component.name[lang]}${component.hint ? html`<span class="case-papers__why">${component.hint[lang]}</span>` : null}</li>`,
  )}</ul></section>`;
}
