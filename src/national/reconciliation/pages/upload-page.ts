import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  backLink,
  button,
  dateField,
  details,
  errorOf,
  errorSummary,
  fileField,
  type PageError,
  selectField,
  table,
} from "#kit/ui/index.ts";
import { operatorPaths } from "#national/operators/index.ts";
import type { FileProblem } from "../line-scanner.ts";
import { messages } from "../messages.ts";
import { LAYOUTS } from "../provider-layouts.ts";

export interface UploadPageProps {
  readonly lang: Lang;
  readonly providers: readonly { readonly id: string; readonly name: string }[];
  readonly provider: string;
  readonly day: string;
  readonly errors: readonly PageError[];
  /** Wrong lines of the file that was sent. */
  readonly lines: readonly FileProblem[];
}

/** An operator brings a settlement file; a refused one comes back with its wrong lines and what to do. */
export function uploadPage(props: UploadPageProps): Html {
  const { lang, providers, errors, lines } = props;
  const t = messages[lang].upload;
  return html`${backLink(lang, operatorPaths.reconciliation, messages[lang].back)}${errorSummary(lang, errors)}<h1 class="govuk-heading-l">${t.title}</h1>
<p class="govuk-body">${t.lead}</p>
${lines.length === 0 ? null : wrongLines(lang, lines)}
<form class="recon-form" method="post" action="${operatorPaths.reconciliation}/tep" enctype="multipart/form-data" novalidate>
${selectField({ id: "provider", lang, label: t.provider, value: props.provider, error: errorOf(errors, "provider"), required: true, placeholder: t.choose, options: providers.map(({ id, name }) => ({ value: id, label: name })) })}
${dateField({ id: "day", lang, label: t.day, hint: t.dayHint, value: props.day, error: errorOf(errors, "day"), required: false })}
${fileField({ id: "file", lang, label: t.file, hint: t.fileHint, error: errorOf(errors, "file"), accept: ".csv,text/csv", required: true })}
${button({ label: t.send, once: true })}</form>
${details(
  t.formats,
  html`<p class="govuk-body">${t.formatsLead}</p><dl class="recon-formats"><dt>${t.common}</dt><dd><code>provider,reference,provider_transaction,type,status,amount,fee,currency,occurred_at,settled_on</code></dd>${providers.map(
    ({ id, name }) => {
      const layout = LAYOUTS[id];
      return layout
        ? html`<dt>${name}</dt><dd><code>${layout.header}</code><br><code class="muted">${layout.example}</code></dd>`
        : null;
    },
  )}</dl>`,
)}`;
}

function wrongLines(lang: Lang, lines: readonly FileProblem[]): Html {
  const t = messages[lang].upload;
  return html`<section aria-labelledby="wrong"><h2 class="govuk-heading-m" id="wrong">${t.wrongTitle}</h2><p class="govuk-body">${t.wrongLead}</p>${table(
    {
      caption: t.wrongTitle,
      hideCaption: true,
      rows: lines,
      columns: [
        { label: t.lineNumber, head: true, cell: (row) => String(row.line) },
        { label: t.column, cell: (row) => t.columns[row.column] },
        {
          label: t.value,
          cell: (row) =>
            row.value === ""
              ? html`<span class="muted">${t.empty}</span>`
              : html`<code class="break">${row.value}</code>`,
        },
        { label: t.whatToDo, cell: (row) => t.mend[row.column] },
      ],
    },
  )}</section>`;
}
