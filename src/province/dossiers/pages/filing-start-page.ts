import type { Html } from "#kit/html.ts";
import { attributes, html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { backLink, button, buttonGroup, errorSummary, hiddenField, notice } from "#kit/ui/index.ts";
import { placeName, placeText } from "#province/tenants/index.ts";
import type { CasePapers } from "../case-questions.ts";
import { draftMessages } from "../draft-messages.ts";
import { casePapers } from "./case-papers-page.ts";
import { filingMessages } from "../filing-messages.ts";
import type { FilingAgency } from "../filing-procedure.ts";

export interface FilingStartProps {
  readonly lang: Lang;
  readonly action: string;
  /** Its page in the catalogue, which says where it is filed when not here. */
  readonly procedureHref: string;
  readonly name: string;
  readonly agencies: readonly FilingAgency[];
  readonly chosen: string;
  /** Preset in the list, from the person's address. */
  readonly suggested?: string | undefined;
  readonly papers: CasePapers;
  /** Every question that decides about papers is answered. */
  readonly answered: boolean;
  /** Answers given before, to be taken along. */
  readonly answers: readonly (readonly [name: string, value: string])[];
  /** Where a few questions leave only the papers of one case; absent when all cases are alike. */
  readonly questionsHref?: string;
  readonly fileable: boolean;
  /** The person's open draft of this procedure. */
  readonly draft?: { readonly href: string; readonly agency: string; readonly savedAt: string } | undefined;
  readonly agencyMissing?: boolean;
}

export function filingStartPage(props: FilingStartProps): Html {
  const { lang } = props;
  const t = filingMessages[lang].start;
  const errors = props.agencyMissing ? [{ field: "coQuan", message: t.agencyMissing }] : [];
  if (!props.fileable) {
    return html`${backLink(lang, props.procedureHref)}<p class="filing__caption">${props.name}</p><h1 class="govuk-heading-l">${t.title}</h1>${notice({ tone: "info", body: html`<p>${t.notFileable}</p>` })}`;
  }
  return html`${errorSummary(lang, errors)}${backLink(lang, props.procedureHref)}<div class="filing-start"><p class="filing__caption">${props.name}</p><h1 class="govuk-heading-l">${t.title}</h1><p class="lead">${t.lead}</p>${
    props.draft
      ? html`<div class="panel-box"><h2 class="govuk-heading-m">${t.draftTitle}</h2><p>${t.draftText(placeText(props.draft.agency, lang), props.draft.savedAt)}</p>${buttonGroup(button({ label: t.resume, href: props.draft.href }))}</div>`
      : null
  }<form method="post" action="${props.action}" novalidate>${agencyField(props, errors[0]?.message)}<h2 class="govuk-heading-m">${t.papers}</h2>${
    props.papers.needed.length + props.papers.optional.length + props.papers.replaced.length > 0
      ? casePapers(lang, props.papers, props.answered)
      : html`<p>${t.noPapers}</p>`
  }${props.questionsHref ? html`<p><a class="govuk-link" href="${props.questionsHref}">${draftMessages[lang].questions.open}</a></p><p class="govuk-hint">${t.papersLater}</p>` : null}${props.answers.map(([name, value]) => hiddenField(name, value))}${props.draft ? html`<input type="hidden" name="moi" value="1">` : null}${button({ label: props.draft ? t.fresh : t.begin, ...(props.draft ? { kind: "secondary" as const } : {}), once: true })}</form></div>`;
}

/** One office needs no question; many are grouped by district. */
function agencyField(props: FilingStartProps, error: string | undefined): Html {
  const t = filingMessages[props.lang].start;
  const only =
    props.agencies.length === 1 ? props.agencies[0] : props.agencies.find((agency) => agency.id === props.chosen);
  if (only && !error && (props.agencies.length === 1 || props.chosen)) {
    return html`<dl class="known__list known"><div class="known__row"><dt>${t.agency}</dt><dd>${placeName(only.name, props.lang)}</dd></div></dl><input type="hidden" name="coQuan" value="${only.id}">`;
  }
  const groups = [...new Set(props.agencies.map((agency) => agency.group ?? ""))];
  const options = (group: string): readonly Html[] =>
    props.agencies
      .filter((agency) => (agency.group ?? "") === group)
      .map(
        (agency) =>
          html`<option value="${agency.id}"${attributes({ selected: agency.id === props.suggested })}>${placeText(agency.name, props.lang)}</option>`,
      );
  return html`<div class="govuk-form-group${error ? " govuk-form-group--error" : ""}"><label class="govuk-label" for="coQuan">${t.agency}</label><div class="govuk-hint" id="coQuan-hint">${t.agencyHint}</div>${
    error ? html`<p class="govuk-error-message" id="coQuan-error">${error}</p>` : null
  }<select class="govuk-select${error ? " govuk-select--error" : ""}" id="coQuan" name="coQuan" aria-describedby="${error ? "coQuan-hint coQuan-error" : "coQuan-hint"}"><option value="">${t.choose}</option>${groups.map(
    (group) =>
      group ? html`<optgroup label="${placeText(group, props.lang)}">${options(group)}</optgroup>` : options(group),
  )}</select></div>`;
}
