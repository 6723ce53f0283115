import { attributes, html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button, emptyState, notice, pagination, said, selectField, textField } from "#kit/ui/index.ts";
import type { Level } from "#province/procedure/index.ts";
import type { AgencyOption, CatalogueFilter, CatalogueRow } from "../catalogue-view.ts";
import { messages } from "../messages.ts";
import { moreMessages } from "../more-messages.ts";
import { AUDIENCES, cataloguePaths } from "../paths.ts";
import type { CatalogueFound } from "../search-procedures.ts";
import { procedureList, suggesting } from "./parts.ts";
import { withMarks } from "./with-marks.ts";

export type ListPageProps = {
  readonly lang: Lang;
  readonly filter: CatalogueFilter;
  /** Not the first page of the list. */
  readonly later: boolean;
  readonly found: CatalogueFound;
  /** Nobody's of the province, when words were looked for. */
  readonly elsewhere: readonly CatalogueRow[];
  readonly levels: readonly Level[];
  readonly serviceLevels: readonly string[];
  readonly agencies: readonly AgencyOption[];
};

export function listPage(props: ListPageProps): Html {
  const { lang, filter, found } = props;
  const t = messages[lang].list;
  const chosen = props.agencies.find(({ id }) => id === filter.agency);
  const agency = chosen && { id: chosen.id, name: chosen.shortName[lang] };
  return html`<h1 class="govuk-heading-l">${t.title}</h1>${tabs(props)}${filterForm(props)}<div class="catalogue">${fieldsList(props)}<section class="catalogue__results" aria-labelledby="results"><div class="catalogue__head"><h2 class="govuk-heading-m${found.rows.length === 0 ? " govuk-visually-hidden" : ""}" id="results">${
    found.similar ? t.results : t.found(filter.level ? (found.counts.levels[filter.level] ?? 0) : found.counts.total)
  }</h2>${clearLink(props)}</div>${meantLine(props)}${
    // Here nothing has all the words: what has them, although not here, comes before what is only near.
    found.similar ? elsewhereList(props) : null
  }${found.similar ? notice({ body: html`<p>${t.similar(filter.words ?? "")}</p>`, live: true }) : null}${
    found.rows.length > 0
      ? procedureList(found.rows, lang, agency, found.marks)
      : emptyState({
          title: t.none,
          text: t.noneText,
          action: html`<a class="govuk-link" href="${cataloguePaths.list()}">${messages[lang].search.clear}</a>`,
        })
  }${pagination(lang, { next: found.next ? cataloguePaths.list(filter, found.next) : undefined })}${
    props.later ? html`<p><a class="govuk-link" href="${cataloguePaths.list(filter)}">${t.first}</a></p>` : null
  }${found.similar ? null : elsewhereList(props)}</section></div>`;
}

function elsewhereList({ lang, elsewhere }: ListPageProps): Html | null {
  if (elsewhere.length === 0) return null;
  const t = moreMessages[lang];
  return html`<h3 class="govuk-heading-m">${t.elsewhereFound}</h3><p class="govuk-hint">${t.elsewhereFoundText}</p><ul class="govuk-list">${elsewhere.map(
    (row) =>
      html`<li><a class="govuk-link" href="${cataloguePaths.procedure(row.code)}">${said(row.shortName, lang)}</a> <span class="muted small tabular">${row.code}</span></li>`,
  )}</ul>`;
}

/** "Cấp tỉnh (12)": each keeps what else was chosen. */
function tabs({ lang, filter, levels, found }: ListPageProps): Html {
  const t = messages[lang].list;
  const { level: _level, ...rest } = filter;
  const tab = (label: string, count: number, href: string, current: boolean) =>
    html`<li><a class="level-tabs__tab" href="${href}"${attributes({ "aria-current": current ? "page" : undefined })}>${label} <span class="level-tabs__count">${count}</span></a></li>`;
  return html`<nav class="level-tabs" aria-label="${t.tabs}"><ul class="level-tabs__list">${tab(t.all, found.counts.total, cataloguePaths.list(rest), filter.level === undefined)}${levels.map(
    (level) =>
      tab(
        t.levels[level],
        found.counts.levels[level] ?? 0,
        cataloguePaths.list({ ...rest, level }),
        filter.level === level,
      ),
  )}</ul></nav>`;
}

function filterForm(props: ListPageProps): Html {
  const { lang, filter } = props;
  const t = messages[lang].search;
  const fields = props.found.counts.fields.map(({ code, name, count }) => ({
    value: code,
    label: `${name[lang]} (${count})`,
  }));
  return html`<form class="filter" method="get" action="${cataloguePaths.list()}" role="search">${
    filter.level
      ? html`<input type="hidden" name="cap" value="${{ province: "tinh", district: "huyen", commune: "xa" }[filter.level]}">`
      : null
  }${agencyField(props)}${selectField({ id: "linh-vuc", lang, label: t.field, placeholder: t.allFields, value: filter.field, options: fields })}${selectField(
    {
      id: "muc-do",
      lang,
      label: t.serviceLevel,
      placeholder: t.allLevels,
      value: filter.serviceLevel,
      options: props.serviceLevels.map((value) => ({ value, label: messages[lang].levelTag[value] ?? value })),
    },
  )}${selectField({
    id: "doi-tuong",
    lang,
    label: t.audience,
    placeholder: t.allAudiences,
    value: AUDIENCES.find(([audience]) => audience === filter.audience)?.[1],
    options: AUDIENCES.map(([audience, value]) => ({ value, label: t.audiences[audience] })),
  })}${suggesting(lang, textField({ id: "ten", lang, label: t.label, type: "search", value: filter.words, maxLength: 200, autocomplete: "off" }))}<div class="filter__checks">${check("thanh-toan", t.onlinePayment, filter.onlinePayment)}${check("mien-phi", t.feeFree, filter.feeFree)}</div><div class="filter__buttons">${button({ label: t.button })}</div></form>`;
}

function check(id: string, label: string, checked: true | undefined): Html {
  return html`<div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" id="${id}" name="${id}" value="1"${attributes({ checked: checked === true })}><label class="govuk-label govuk-checkboxes__label" for="${id}">${label}</label></div></div>`;
}

/** "Did you mean": what was searched instead of a misspelt word. */
function meantLine({ lang, filter, found }: ListPageProps): Html | null {
  if (found.corrected === undefined || found.rows.length === 0) return null;
  const { words: _words, ...rest } = filter;
  return html`<p class="govuk-body meant">${messages[lang].list.meant} <a class="govuk-link" href="${cataloguePaths.list({ ...rest, words: found.corrected })}"><strong>${withMarks(
    found.corrected,
    found.rows.map(({ name }) => name.vi),
  )}</strong></a></p>`;
}

/** Beside the number of results, when something narrows them; an empty list has its own. */
function clearLink({ lang, filter, found }: ListPageProps): Html | null {
  const active =
    filter.agency ??
    filter.field ??
    filter.serviceLevel ??
    filter.words ??
    filter.audience ??
    filter.onlinePayment ??
    filter.feeFree;
  if (active === undefined || found.rows.length === 0) return null;
  return html`<a class="govuk-link" href="${cataloguePaths.list(filter.level ? { level: filter.level } : {})}">${messages[lang].search.clear}</a>`;
}

/** Units in groups: the province's departments, the districts' committees, then the communes of each district. */
function agencyField({ lang, filter, agencies }: ListPageProps): Html {
  const t = messages[lang].search;
  const option = (agency: AgencyOption) =>
    html`<option value="${agency.id}"${attributes({ selected: agency.id === filter.agency })}>${agency.shortName[lang]}</option>`;
  const group = (label: string, members: readonly AgencyOption[]) =>
    members.length > 0 ? html`<optgroup label="${label}">${members.map(option)}</optgroup>` : null;
  const districts = agencies.filter(({ level }) => level === "district");
  return html`<div class="govuk-form-group"><label class="govuk-label" for="don-vi">${t.agency}</label><select class="govuk-select" id="don-vi" name="don-vi"><option value="">${t.allAgencies}</option>${group(
    t.provincial,
    agencies.filter(({ level }) => level === "province"),
  )}${group(t.districts, districts)}${districts.map((district) =>
    group(
      district.shortName[lang],
      agencies.filter(({ level, parentId }) => level === "commune" && parentId === district.id),
    ),
  )}</select></div>`;
}

/** Fields with their counts beside the list; a phone has them in the form's own list. */
function fieldsList({ lang, filter, found }: ListPageProps): Html | null {
  const t = messages[lang].list;
  const { field: _field, ...rest } = filter;
  if (found.counts.fields.length < 2 && !filter.field) return null;
  return html`<nav class="catalogue__fields" aria-label="${t.fields}"><p class="catalogue__fields-title">${t.fields}</p><ul>${found.counts.fields.map(
    ({ code, name, count }) =>
      html`<li><a href="${cataloguePaths.list({ ...rest, field: code })}"${attributes({ "aria-current": filter.field === code ? "true" : undefined })}><span>${said(name, lang)}</span><span class="tabular">${count}</span></a></li>`,
  )}</ul></nav>`;
}
