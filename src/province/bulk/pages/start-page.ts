import { attributes, html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  backLink,
  button,
  errorOf,
  errorSummary,
  fileField,
  hiddenField,
  type PageError,
  table,
} from "#kit/ui/index.ts";
import type { FilingAgency } from "#province/dossiers/index.ts";
import { placeName, placeText } from "#province/tenants/index.ts";
import type { BatchLine } from "../batch-view.ts";
import { SHEET } from "../bulk-post.ts";
import { messages } from "../messages.ts";
import { bulkPaths } from "../paths.ts";

export interface BulkStartProps {
  readonly lang: Lang;
  readonly code: string;
  readonly name: string;
  readonly agencies: readonly FilingAgency[];
  readonly chosen: string;
  readonly batches: readonly (BatchLine & { readonly sentAt: string })[];
  readonly errors: readonly PageError[];
}

export function bulkStartPage(props: BulkStartProps): Html {
  const { lang, code, errors } = props;
  const t = messages[lang];
  return html`${backLink(lang, `/thu-tuc/${code}`, t.back)}${errorSummary(lang, errors)}<p class="filing__caption">${props.name}</p><h1 class="govuk-heading-l">${t.title}</h1><p class="lead">${t.lead}</p><section class="sheets"><h2 class="govuk-heading-m">${t.step1}</h2><p>${t.step1Text}</p><ul class="sheets__files"><li><a class="govuk-link" href="${bulkPaths.template(code, "xlsx")}">${t.excel}</a></li><li><a class="govuk-link" href="${bulkPaths.template(code, "csv")}">${t.csv}</a></li></ul></section><section class="sheets"><h2 class="govuk-heading-m">${t.step2}</h2><form method="post" action="${bulkPaths.start(code)}" enctype="multipart/form-data" novalidate>${agencyField(props)}${fileField(
    { id: SHEET, lang, label: t.sheet, hint: t.sheetHint, error: errorOf(errors, SHEET), accept: ".xlsx,.csv" },
  )}${button({ label: t.send, once: true })}</form></section>${batchList(props)}`;
}

/** One office needs no question; many are grouped by district. */
function agencyField({ lang, agencies, chosen, errors }: BulkStartProps): Html {
  const t = messages[lang];
  const [only] = agencies;
  if (only && agencies.length === 1) {
    return html`<dl class="known__list known"><div class="known__row"><dt>${t.agency}</dt><dd>${placeName(only.name, lang)}</dd></div></dl>${hiddenField("coQuan", only.id)}`;
  }
  const error = errorOf(errors, "coQuan");
  const groups = [...new Set(agencies.map(({ group }) => group ?? ""))];
  const options = (group: string): readonly Html[] =>
    agencies
      .filter((agency) => (agency.group ?? "") === group)
      .map(
        ({ id, name }) =>
          html`<option value="${id}"${attributes({ selected: id === chosen })}>${placeText(name, lang)}</option>`,
      );
  return html`<div class="govuk-form-group${error ? " govuk-form-group--error" : ""}"><label class="govuk-label" for="coQuan">${t.agency}</label><div class="govuk-hint" id="coQuan-hint">${t.agencyHint}</div>${
    error ? html`<p class="govuk-error-message" id="coQuan-error">${error}</p>` : null
  }<select class="govuk-select${error ? " govuk-select--error" : ""}" id="coQuan" name="coQuan" aria-describedby="${error ? "coQuan-hint coQuan-error" : "coQuan-hint"}"><option value=""></option>${groups.map(
    (group) =>
      group ? html`<optgroup label="${placeText(group, lang)}">${options(group)}</optgroup>` : options(group),
  )}</select></div>`;
}

function batchList({ lang, batches }: BulkStartProps): Html | null {
  const t = messages[lang];
  if (batches.length === 0) return null;
  return html`<section class="sheets"><h2 class="govuk-heading-m">${t.earlier}</h2>${table({
    caption: t.earlier,
    hideCaption: true,
    rows: batches,
    columns: [
      {
        label: t.earlierRow,
        head: true,
        cell: (row) => html`<a class="govuk-link" href="${bulkPaths.batch(row.id)}">${row.sheetName}</a>`,
      },
      { label: t.agency, cell: (row) => placeName(row.agencyName, lang) },
      { label: t.sentAt, cell: (row) => row.sentAt },
      { label: t.earlierFiled, cell: (row) => t.of(row.filed, row.rows) },
    ],
  })}</section>`;
}
