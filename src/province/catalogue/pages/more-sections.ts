/** Sections of a procedure's page about what stands beside it: other procedures, and where an imported one comes from. */
import { html, type Html, type HtmlValue } from "#kit/html.ts";
import type { Lang, Text } from "#kit/i18n.ts";
import { notice, said } from "#kit/ui/index.ts";
import type { ProcedureDefinition } from "#province/procedure/index.ts";
import { moreMessages } from "../more-messages.ts";
import type { Neighbour } from "../neighbours-view.ts";
import { cataloguePaths } from "../paths.ts";

/** Procedures carried out together from one dossier, and those that people need before or after. */
export function neighboursSection(
  { linked = [], related = [] }: ProcedureDefinition,
  neighbours: readonly Neighbour[],
  lang: Lang,
): Html | null {
  const t = moreMessages[lang];
  const list = (title: string, text: string, codes: readonly string[]): Html | null => {
    const found = neighbours.filter(({ code }) => codes.includes(code));
    if (found.length === 0) return null;
    return html`<h3 class="govuk-heading-m">${title}</h3><p class="govuk-body">${text}</p><ul class="govuk-list govuk-list--bullet">${found.map(
      ({ code, name }) =>
        html`<li><a class="govuk-link" href="${cataloguePaths.procedure(code)}">${said(name, lang)}</a> <span class="muted small tabular">${code}</span></li>`,
    )}</ul>`;
  };
  const lists = [list(t.linked, t.linkedText, linked), list(t.related, t.relatedText, related)];
  if (lists.every((one) => one === null)) return null;
  return html`<section class="procedure__section" aria-labelledby="neighbours"><h2 class="govuk-heading-l" id="neighbours">${t.neighbours}</h2>${lists}</section>`;
}

/** For what was imported: the catalogue's own words on money and on who carries it out. */
export function sourceSection({ source, feeText }: ProcedureDefinition, lang: Lang): Html | null {
  if (!source) return null;
  const t = moreMessages[lang];
  return html`<section class="procedure__section" aria-labelledby="source"><h2 class="govuk-heading-l" id="source">${t.source}</h2><p class="govuk-body">${t.sourceText}</p>${
    source.bodies.length > 0
      ? html`<p class="govuk-body"><strong>${t.bodies}:</strong> ${listed(source.bodies, lang)}.</p>`
      : null
  }${feeText ? html`<p class="govuk-body"><strong>${t.feeText}:</strong></p><p class="govuk-body procedure__said">${said(feeText, lang)}</p>` : null}</section>`;
}

function listed(texts: readonly Text[], lang: Lang): HtmlValue {
  return texts.map((text, index) => [index > 0 ? "; " : null, said(text, lang)]);
}

/** Who carries it out, for what no office of the province does: the bodies of the catalogue, else who published it. */
export function elsewhereBodies({ source, issuer }: ProcedureDefinition, lang: Lang): HtmlValue {
  return source && source.bodies.length > 0 ? listed(source.bodies, lang) : said(issuer, lang);
}

const NATIONAL_PORTAL = "https://dichvucong.gov.vn";

/** A ministry's own procedure is described here and filed there; of some the catalogue does not say who takes them. */
export function elsewhereNotice(procedure: ProcedureDefinition, lang: Lang): Html {
  const t = moreMessages[lang];
  const isCentral = procedure.source?.central === true;
  return notice({
    title: isCentral ? t.elsewhere : t.levelUnknown,
    body: html`<p>${isCentral ? t.elsewhereText : t.levelUnknownText} ${elsewhereBodies(procedure, lang)}.</p><p><a class="govuk-link" href="${procedure.source?.url ?? NATIONAL_PORTAL}">${t.elsewhereLink}</a></p>`,
  });
}
