import { attributes, html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button, emptyState, pagination, said, selectField, statusTag, textField } from "#kit/ui/index.ts";
import type { ItemRow } from "../catalogue-view.ts";
import { messages } from "../messages.ts";
import { searchPath } from "../paths.ts";
import type { CataloguesFound } from "../search-catalogues.ts";

export type SearchPageProps = {
  readonly lang: Lang;
  readonly words: string;
  readonly province: string | undefined;
  readonly later: boolean;
  readonly found: CataloguesFound;
  readonly provinces: readonly { readonly code: string; readonly name: string; readonly portal: string }[];
};

export function searchPage(props: SearchPageProps): Html {
  const { lang, words, province, found, provinces } = props;
  const t = messages[lang];
  const total = [...found.counts.values()].reduce((sum, count) => sum + count, 0);
  const shown = province === undefined ? total : (found.counts.get(province) ?? 0);
  return html`<h1 class="govuk-heading-l">${t.title}</h1><form class="filter filter--short" method="get" action="/tim-kiem" role="search">${textField({ id: "q", lang, label: t.label, type: "search", value: words, maxLength: 200, autocomplete: "off" })}${selectField(
    {
      id: "tinh",
      lang,
      label: t.where,
      placeholder: t.everywhere,
      value: province,
      options: provinces.map(({ code, name }) => ({ value: code, label: name })),
    },
  )}<div class="filter__buttons">${button({ label: t.button })}</div></form>${tabs(props, total)}<h2 class="govuk-heading-m" aria-live="polite">${t.found(shown)}</h2>${
    found.corrected === undefined || shown === 0
      ? null
      : html`<p class="govuk-body">${t.meant} <strong>${found.corrected}</strong></p>`
  }${found.near && shown > 0 ? html`<p class="govuk-body">${t.near}</p>` : null}${
    found.rows.length > 0
      ? html`<p class="govuk-body muted">${t.leads}</p><ul class="procedures">${found.rows.map((row) => item(row, props))}</ul>`
      : emptyState({ title: t.none, text: t.noneText })
  }${pagination(lang, { next: found.next ? searchPath({ words, province, after: found.next }) : undefined })}${
    props.later ? html`<p><a class="govuk-link" href="${searchPath({ words, province })}">${t.first}</a></p>` : null
  }`;
}

function tabs({ lang, words, province, found, provinces }: SearchPageProps, total: number): Html {
  const t = messages[lang];
  const tab = (label: string, count: number, code: string | undefined) =>
    html`<li><a class="level-tabs__tab" href="${searchPath({ words, province: code })}"${attributes({ "aria-current": province === code ? "page" : undefined })}>${label} <span class="level-tabs__count">${count}</span></a></li>`;
  return html`<nav class="level-tabs" aria-label="${t.provinces}"><ul class="level-tabs__list">${tab(t.all, total, undefined)}${provinces.map(({ code, name }) => tab(name, found.counts.get(code) ?? 0, code))}</ul></nav>`;
}

function item(row: ItemRow, { lang, provinces }: SearchPageProps): Html | null {
  const t = messages[lang];
  const place = provinces.find(({ code }) => code === row.province);
  if (!place) return null;
  const href = `${place.portal}${row.path}`;
  return html`<li class="procedures__item"><div class="procedures__what"><h3 class="procedures__name"><a class="govuk-link" href="${href}">${said(row.name, lang)}</a></h3><p class="procedures__meta"><span>${place.name}</span><span>${said(row.fieldName, lang)}</span><span class="tabular">${row.code}</span></p></div><div class="procedures__level">${row.fileable ? statusTag({ tone: "success", icon: "check", label: t.file }) : null}</div><div class="procedures__action"><a class="govuk-link procedures__guide" href="${href}">${t.guide}<span class="govuk-visually-hidden">: ${said(row.name, lang)}, ${place.name}</span></a></div></li>`;
}
