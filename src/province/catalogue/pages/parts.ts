/** Pieces that the catalogue's pages have in common. */
import { attributes, html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button, type IconName, statusTag } from "#kit/ui/index.ts";
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
): Html {
  const t = messages[lang].list;
  const where = agency?.name ?? (row.agencyCount === 1 ? row.agencyName[lang] : t.agencies(row.agencyCount));
  const href = cataloguePaths.procedure(row.code);
  return html`<li class="procedures__item"><div class="procedures__what"><h3 class="procedures__name"><a class="govuk-link" href="${href}">${titleOf(row, lang)}</a></h3><p class="procedures__meta"><span>${row.fieldName[lang]}</span><span>${where}</span><span class="tabular">${row.code}</span></p></div><div class="procedures__level">${levelTag(row.serviceLevel, lang)}</div><div class="procedures__action">${
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
): Html {
  return html`<ul class="procedures">${rows.map((row) => procedureItem(row, lang, agency))}</ul>`;
}

/** One field and its button; the whole catalogue is searched. */
export function searchBox(lang: Lang, value = ""): Html {
  const t = messages[lang].search;
  return html`<form class="search-box" method="get" action="${cataloguePaths.list()}" role="search"><label class="govuk-label" for="ten">${t.label}</label><div class="search-box__row"><input class="govuk-input" type="search" id="ten" name="ten" maxlength="200" autocomplete="off"${attributes({ value: value === "" ? undefined : value })}>${button({ label: t.button })}</div></form>`;
}

const TITLE_MAX = 110;

/** People know procedures by their official names; only those of several lines are shown by their short ones. */
function titleOf(row: Pick<CatalogueRow, "name" | "shortName">, lang: Lang): string {
  const official = row.name[lang];
  return official.length <= TITLE_MAX ? official : row.shortName[lang];
}
