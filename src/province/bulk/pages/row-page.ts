import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  backLink,
  button,
  details,
  errorOf,
  errorSummary,
  fileField,
  type PageError,
  selectField,
  textareaField,
  textField,
} from "#kit/ui/index.ts";
import { UPLOAD_ACCEPT } from "#province/dossiers/index.ts";
import type { Batch, BatchRow } from "../batch.ts";
import { messages } from "../messages.ts";
import { bulkPaths } from "../paths.ts";
import { choiceValue } from "../sheet-cells.ts";
import type { SheetColumn } from "../sheet-columns.ts";
import { hintOf } from "../sheet-template.ts";

export interface BulkRowProps {
  readonly lang: Lang;
  readonly batch: Batch;
  readonly row: BatchRow;
  /** Those of the sheet, and those that something is missing in. */
  readonly columns: readonly SheetColumn[];
  readonly address: (column: SheetColumn) => string | undefined;
  readonly errors: readonly PageError[];
}

/** The control that takes a paper for a component. */
export function fileControl(component: string): string {
  return `tep.${component}`;
}

export function bulkRowPage(props: BulkRowProps): Html {
  const { lang, batch, row, columns, errors } = props;
  const t = messages[lang];
  const faulty = columns.filter(({ id }) => errorOf(errors, id));
  const rest = columns.filter(({ id }) => !errorOf(errors, id));
  const others = html`${rest.map((column) => cellField(props, column))}`;
  return html`${backLink(lang, bulkPaths.batch(batch.id), t.rowBack)}${errorSummary(lang, errors)}<p class="filing__caption">${batch.sheetName}</p><h1 class="govuk-heading-l">${t.rowTitle(row.line)}</h1><p class="lead">${t.rowLead}</p><form method="post" action="${bulkPaths.row(batch.id, row.seq)}" enctype="multipart/form-data" novalidate>${faulty.map((column) => cellField(props, column))}${
    faulty.length > 0 && rest.length > 0 ? details(t.rowMore(rest.length), others) : others
  }${button({ label: t.rowSave, once: true })}</form>`;
}

function cellField(props: BulkRowProps, column: SheetColumn): Html {
  const { lang, row, errors } = props;
  const { id, choices, component, item } = column;
  const t = messages[lang];
  const address = props.address(column);
  const hint = [address ? t.cell(address) : "", hintOf(column, lang)].filter(Boolean).join(". ");
  const value = row.cells[id] ?? "";
  const field = { id, lang, label: column.label[lang], hint, error: errorOf(errors, id), value };
  if (component) {
    const control = fileControl(component.code);
    return html`${textField(field)}${fileField({
      id: control,
      lang,
      label: `${t.rowPapers}: ${component.name[lang]}`,
      hint: t.rowPapersHint,
      error: errorOf(errors, control),
      accept: UPLOAD_ACCEPT,
      multiple: true,
    })}`;
  }
  if (choices.length > 0 && item?.type !== "choices") {
    const options = choices.map((choice) => ({ value: choice.value, label: choice.label[lang] }));
    return selectField({ ...field, value: choiceValue(choices, value), options });
  }
  return item?.type === "longText" ? textareaField(field) : textField(field);
}
