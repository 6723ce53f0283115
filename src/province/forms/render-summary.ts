/** The answers as a list to read: check-your-answers, the dossier's page, the desk. */
import type { Html } from "#kit/html.ts";
import { html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { maskIdentity } from "#kit/mask.ts";
import { type SummaryRow, summaryList } from "#kit/ui/parts.ts";
import { answerWords } from "./answer-words.ts";
import type { AnswerSource, VisibleItem } from "./evaluation.ts";
import { evaluate } from "./evaluation.ts";
import type { Answers, FormContext, FormDefinition } from "./form.ts";
import { controlName } from "./form.ts";
import { messages } from "./messages.ts";

export interface SummaryLine {
  /** As the control on the form: `nksHoTen`, `documents.r2.pages`. */
  readonly field: string;
  readonly item: string;
  readonly label: string;
  /** "" when nothing was answered. */
  readonly value: string;
  readonly source: AnswerSource;
}

export interface SummarySection {
  readonly page: string;
  readonly id: string;
  /** A row of a repeat has the row's name and number. */
  readonly title: string;
  readonly lines: readonly SummaryLine[];
}

/** Every visible question with its answer in words, in order. `full`: identity numbers are not masked (the desk). */
export function summarizeAnswers(
  form: FormDefinition,
  answers: Answers,
  context: FormContext,
  options: { readonly lang: Lang; readonly full?: boolean },
): readonly SummarySection[] {
  const { lang } = options;
  const lines = (items: readonly VisibleItem[]): readonly SummaryLine[] =>
    items
      .filter(
        (item) =>
          (item.source === "asked" || item.value !== undefined) &&
          (options.full || item.definition.quiet !== "citizen"),
      )
      .map((item) => {
        const words = answerWords(item.definition, item.value, lang);
        const hide = item.definition.type === "identityNumber" && !options.full && words !== "";
        return {
          field: controlName(item),
          item: item.item,
          label: item.definition.label[lang],
          value: hide ? maskIdentity(words) : words,
          source: item.source,
        };
      });
  return evaluate(form, answers, context).pages.flatMap((page) =>
    page.sections.flatMap((section): readonly SummarySection[] => {
      const base = { page: page.definition.id, id: section.definition.id };
      const { repeat, title } = section.definition;
      if (!repeat) return [{ ...base, title: title[lang], lines: lines(section.items) }];
      return section.rows.map(({ items }, index) => ({
        ...base,
        title: `${title[lang]}: ${repeat.row[lang].toLowerCase()} ${index + 1}`,
        lines: lines(items),
      }));
    }),
  );
}

/** The summary as HTML; with `changeHref` each section leads back to its first question. */
export function renderSummary(
  sections: readonly SummarySection[],
  options: {
    readonly lang: Lang;
    readonly changeHref?: (page: string, field: string) => string;
    readonly heading?: "h2" | "h3";
  },
): Html {
  const t = messages[options.lang];
  return html`${sections
    .filter((section) => section.lines.length > 0)
    .map((section) => {
      const rows = section.lines.map(
        ({ label, value }): SummaryRow => ({
          key: label,
          value: value || html`<span class="muted">${t.notAnswered}</span>`,
        }),
      );
      const title =
        options.heading === "h3"
          ? html`<h3 class="govuk-heading-s">${section.title}</h3>`
          : html`<h2 class="govuk-heading-m">${section.title}</h2>`;
      const first = section.lines.find((line) => line.source === "asked");
      const change =
        options.changeHref && first
          ? html`<a class="govuk-link summary-section__change" href="${options.changeHref(section.page, first.field)}">${t.change}<span class="govuk-visually-hidden"> ${section.title}</span></a>`
          : null;
      return html`<section class="summary-section"><div class="summary-section__head">${title}${change}</div>${summaryList(rows)}</section>`;
    })}`;
}
