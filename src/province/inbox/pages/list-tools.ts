/** Around the list: filters and columns, what is done to many, export. Plain forms. */
import { attributes, html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button, selectField, textField } from "#kit/ui/index.ts";
import { formatDate } from "#kit/calendar.ts";
import { dossierMessages, STATES, stateText } from "#province/dossiers/index.ts";
import { placeText } from "#province/tenants/index.ts";
import { BATCH_ACTIONS, type BatchAction } from "../batch.ts";
import { COLUMNS, type ColumnName } from "../desk-columns.ts";
import { LIGHTS, type Tab } from "../inbox.ts";
import { CHANNELS, FILTER_NAMES, type Filters, hasFilters, writeInboxQuery } from "../inbox-query.ts";
import { messages } from "../messages.ts";

export interface Choices {
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
  readonly officers: readonly { readonly id: string; readonly name: string; readonly unit: string }[];
}

export function filterForms(props: {
  readonly lang: Lang;
  readonly tab: Tab;
  readonly filters: Filters;
  readonly columns: readonly ColumnName[];
  readonly choices: Choices;
}): Html {
  const { lang, tab, filters, choices } = props;
  const t = messages[lang].filters;
  const select = (name: keyof Filters, options: readonly { readonly value: string; readonly label: string }[]) =>
    selectField({
      id: FILTER_NAMES[name],
      lang,
      label: t[name],
      required: true,
      placeholder: t.any,
      value: filters[name] ?? "",
      options,
    });
  const text = (name: "procedure" | "field" | "from" | "to", value: string | undefined) =>
    textField({
      id: FILTER_NAMES[name],
      lang,
      label: t[name],
      required: true,
      width: 10,
      maxLength: 40,
      value: value ?? "",
      spellcheck: false,
    });
  return html`<details class="desk-filters"${attributes({ open: hasFilters(filters) })}><summary><span>${t.open}</span>${hasFilters(filters) ? html`<strong>${t.active} ${activeWords(filters, lang, choices)}</strong>` : null}</summary>
<form method="get" action="/" class="desk-filters__form"><input type="hidden" name="nhom" value="${tab}">
${text("procedure", filters.procedure)}${text("field", filters.field)}
${
  choices.agencies.length > 1
    ? select(
        "agency",
        choices.agencies.map(({ id, name }) => ({ value: id, label: name })),
      )
    : null
}
${select(
  "state",
  STATES.filter((one) => one !== "draft").map((one) => ({
    value: one,
    label: stateText({ state: one, ending: null }, lang),
  })),
)}
${select(
  "channel",
  CHANNELS.map((one) => ({ value: one, label: dossierMessages[lang].dossier.channels[one] })),
)}
${select(
  "light",
  LIGHTS.map((one) => ({ value: one, label: messages[lang].lights[one] })),
)}
${select("officer", [{ value: "-", label: messages[lang].nobody }, ...choices.officers.map(({ id, name }) => ({ value: id, label: name }))])}
${text("from", filters.from && formatDate(filters.from))}${text("to", filters.to && formatDate(filters.to))}
<div class="desk-filters__do">${button({ label: t.apply, kind: "secondary", small: true })}${hasFilters(filters) ? html`<a class="govuk-link" href="/?nhom=${tab}">${t.clear}</a>` : null}</div></form>
<form method="post" action="/danh-sach/luu" class="desk-filters__columns"><input type="hidden" name="mo" value="${writeInboxQuery({ tab, filters })}">
<fieldset><legend>${t.columns}</legend>${COLUMNS.map((name) => html`<label class="pick pick--word"><input type="checkbox" name="cot" value="${name}"${attributes({ checked: props.columns.includes(name) })}>${messages[lang].columns[name]}</label>`)}</fieldset>${button({ label: t.save, kind: "secondary", small: true })}</form></details>`;
}

function activeWords(filters: Filters, lang: Lang, choices: Choices): string {
  const t = messages[lang];
  const words = {
    ...filters,
    agency: choices.agencies.find(({ id }) => id === filters.agency)?.name ?? filters.agency,
    officer: filters.officer === "-" ? t.nobody : choices.officers.find(({ id }) => id === filters.officer)?.name,
    state: filters.state && stateText({ state: filters.state, ending: null }, lang),
    channel: filters.channel && dossierMessages[lang].dossier.channels[filters.channel],
    light: filters.light && t.lights[filters.light],
    from: filters.from && `${t.filters.from} ${formatDate(filters.from)}`,
    to: filters.to && `${t.filters.to} ${formatDate(filters.to)}`,
  };
  return Object.values(words).filter(Boolean).join(", ");
}

/** Inside the list's form: what is done to the boxes that are ticked. */
export function bulkBar(props: {
  readonly lang: Lang;
  readonly batchId: string;
  readonly actions: readonly BatchAction[];
  readonly officers: Choices["officers"];
}): Html {
  const { lang, actions } = props;
  const t = messages[lang].bulk;
  const needsTarget = actions.some((one) => one === "forward" || one === "assign");
  return html`<fieldset class="bulk"><legend class="govuk-visually-hidden">${t.title}</legend><input type="hidden" name="lo" value="${props.batchId}"><label class="pick pick--word bulk__all" hidden><input type="checkbox" data-all>${t.selectAll}</label>
${BATCH_ACTIONS.filter((one) => actions.includes(one) && one !== "forward" && one !== "assign").map((one) => button({ label: t.actions[one], kind: "secondary", small: true, name: "viec", value: one, once: true }))}
${
  needsTarget
    ? html`<span class="bulk__to"><label class="govuk-visually-hidden" for="giao-cho">${t.to}</label><select class="govuk-select" id="giao-cho" name="can-bo"><option value="">${t.choose}</option>${props.officers.map(({ id, name, unit }) => html`<option value="${id}">${name} · ${placeText(unit, lang)}</option>`)}</select>${(["forward", "assign"] as const).filter((one) => actions.includes(one)).map((one) => button({ label: t.actions[one], kind: "secondary", small: true, name: "viec", value: one, once: true }))}</span>`
    : null
}</fieldset>`;
}

export function exportLinks(lang: Lang, query: string): Html {
  const t = messages[lang].exporting;
  return html`<span class="desk-export">${t.title}: <a class="govuk-link" href="/danh-sach.csv?${query}">${t.csv}</a> <a class="govuk-link" href="/danh-sach.xlsx?${query}">${t.xlsx}</a></span>`;
}

/** Hidden until asked for by the key "?"; the desk's element shows it. */
export function keyTable(lang: Lang): Html {
  const t = messages[lang].keys;
  return html`<dialog class="desk-keys" aria-labelledby="keys-title"><h2 class="govuk-heading-m" id="keys-title">${t.title}</h2><dl>${t.list.map(([key, what]) => html`<div><dt><kbd>${key ?? ""}</kbd></dt><dd>${what ?? ""}</dd></div>`)}</dl><form method="dialog">${button({ label: t.close, kind: "secondary", small: true })}</form></dialog>`;
}
