/** Pieces that the catalogue's pages have in common. */
import { attributes, html, type Html, type HtmlValue } from "#kit/html.ts";
import type { Lang, Text } from "#kit/i18n.ts";
import { fold } from "#kit/vietnamese.ts";
import { button, type IconName, isOnlyVietnamese, said, statusTag } from "#kit/ui/index.ts";
import type { CatalogueRow } from "../catalogue-view.ts";
import { messages } from "../messages.ts";
import { cataloguePaths } from "../paths.ts";

/** "Mức độ 4": the level of online service, as the province's years call it. */
export function levelTag(level: string, lang: Lang): Html {
  const online = level === "4" || level === "full";
  const partly = level === "3" || level === "partial";
  const icon: IconName = online ? "check" : partly ? "pen" : "file";
  return statusTag({
    tone: online ? "success" : partly ? "info" : "quiet",
    icon,
    label: messages[lang].levelTag[level] ?? level,
  });
}

/** A procedure in a list: what it is, where, and the one thing to do. */
export function procedureItem(
  row: CatalogueRow,
  lang: Lang,
  agency?: { readonly id: string; readonly name: string },
  marks: readonly string[] = [],
): Html {
  const t = messages[lang].list;
  const where = agency?.name ?? (row.agencyCount === 1 ? row.agencyName[lang] : t.agencies(row.agencyCount));
  const href = cataloguePaths.procedure(row.code);
  const words = marked(titleOf(row, lang), marks);
  const title = isOnlyVietnamese(titleText(row), lang) ? html`<span lang="vi">${words}</span>` : words;
  return html`<li class="procedures__item"><div class="procedures__what"><h3 class="procedures__name"><a class="govuk-link" href="${href}">${title}</a></h3><p class="procedures__meta"><span>${said(row.fieldName, lang)}</span><span>${where}</span><span class="tabular">${row.code}</span></p></div><div class="procedures__level">${levelTag(row.serviceLevel, lang)}</div><div class="procedures__action">${
    row.fileable
      ? button({
          label: t.file,
          href: cataloguePaths.file(row.code, agency?.id),
          small: true,
          ariaLabel: `${t.file}${t.about(titleOf(row, lang))}`,
        })
      : html`<a class="govuk-link procedures__guide" href="${href}">${t.guide}<span class="govuk-visually-hidden">${t.about(titleOf(row, lang))}</span></a>`
  }</div></li>`;
}

export function procedureList(
  rows: readonly CatalogueRow[],
  lang: Lang,
  agency?: { readonly id: string; readonly name: string },
  marks?: readonly string[],
): Html {
  return html`<ul class="procedures">${rows.map((row) => procedureItem(row, lang, agency, marks))}</ul>`;
}

/** The words that were looked for, marked: each whole word whose folded letters are one of them, or begin with the last. */
export function marked(text: string, marks: readonly string[]): HtmlValue {
  if (marks.length === 0) return text;
  const last = marks.at(-1) ?? "";
  const hit = (word: string): boolean => {
    const folded = fold(word);
    return marks.includes(folded) || (last.length > 1 && folded.startsWith(last));
  };
  return text
    .split(/([\p{L}\p{M}\d]+)/u)
    .map((part, index) => (index % 2 === 1 && hit(part) ? html`<mark>${part}</mark>` : part));
}

/** One field and its button; the whole catalogue is searched. */
export function searchBox(lang: Lang, value = ""): Html {
  const t = messages[lang].search;
  return html`<form class="search-box" method="get" action="${cataloguePaths.list()}" role="search"><label class="govuk-label" for="ten">${t.label}</label><div class="search-box__row">${suggesting(lang, html`<input class="govuk-input" type="search" id="ten" name="ten" maxlength="200" autocomplete="off"${attributes({ value: value === "" ? undefined : value })}>`)}${button({ label: t.button })}</div></form>`;
}

/** Around a search field: a browser with JavaScript shows suggestions while somebody types. */
export function suggesting(lang: Lang, field: Html): Html {
  const t = messages[lang].search;
  return html`<search-suggest${attributes({ "data-from": cataloguePaths.suggest(), "data-label": t.suggestions, "data-count": t.suggestionCount, "data-none": t.suggestionNone })}>${field}</search-suggest>`;
}

const TITLE_MAX = 110;

/** People know procedures by their official names; only those of several lines are shown by their short ones. */
export function titleOf(row: Pick<CatalogueRow, "name" | "shortName">, lang: Lang): string {
  return row.name[lang].length <= TITLE_MAX ? row.name[lang] : row.shortName[lang];
}

function titleText(row: Pick<CatalogueRow, "name" | "shortName">): Text {
  return row.name.en.length <= TITLE_MAX ? row.name : row.shortName;
}
