import { formatDate, formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import {
  button,
  checkboxesField,
  dateField,
  errorOf,
  hiddenField,
  pagination,
  type PageError,
  table,
  textareaField,
} from "#kit/ui/index.ts";
import { type Difference, differenceTable } from "#province/catalogue/index.ts";
import { isKind } from "../content.ts";
import { messages } from "../messages.ts";
import type { RevisionRow } from "../working-copy-view.ts";
import { type CopyFramed, designerFrame, findingList } from "./designer-frame.ts";
import { designerPaths } from "./designer-paths.ts";

export interface CopyDifferenceProps extends CopyFramed {
  readonly against: string;
  readonly differences: readonly Difference[];
}

/** `/soan/so-sanh`: field by field, against what is published or an earlier revision. */
export function copyDifferencePage(props: CopyDifferenceProps): Html {
  const { lang, copy, against, differences } = props;
  const t = messages[lang];
  return designerFrame(props, {
    title: t.compareTitle,
    path: designerPaths.part(copy.code, "so-sanh"),
    wide: true,
    body: html`<p class="govuk-body">${t.compareWith(against)}</p>${differenceTable(lang, differences)}`,
  });
}

export interface HistoryPageProps extends CopyFramed {
  readonly revisions: readonly RevisionRow[];
  readonly next?: string;
}

/** `/soan/lich-su`: every revision; each can be looked at against the one before, and gone back to. */
export function historyPage(props: HistoryPageProps): Html {
  const { lang, copy, revisions } = props;
  const t = messages[lang];
  const at = (name: string): string => designerPaths.part(copy.code, name);
  return designerFrame(props, {
    title: t.historyTitle,
    path: at("lich-su"),
    wide: true,
    body: html`${table({
      caption: t.historyTitle,
      hideCaption: true,
      rows: revisions,
      columns: [
        { label: t.revision, head: true, cell: (row) => String(row.revision) },
        { label: t.place, cell: (row) => placeWords(lang, row.place) },
        { label: t.changedBy, cell: (row) => row.changedName },
        { label: t.changedAt, cell: (row) => html`<span class="tabular">${formatDateTime(row.changedAt)}</span>` },
        {
          label: t.compareTitle,
          cell: (row) =>
            row.revision === 1
              ? ""
              : html`<a class="govuk-link" href="${at("so-sanh")}?tu=${row.revision - 1}&den=${row.revision}">${t.propose.changes}</a>`,
        },
        {
          label: t.restore,
          cell: (row) =>
            row.revision === copy.revision
              ? ""
              : html`<form method="post" action="${at("tra-ve")}">${hiddenField("lan", String(row.revision))}${button({ label: t.restore, kind: "secondary", small: true, ariaLabel: `${t.restore}: ${t.revisionName(row.revision)}` })}</form>`,
        },
      ],
    })}${pagination(lang, { next: props.next })}`,
  });
}

/** "fee:extract-copy" → "Mức thu extract-copy". */
function placeWords(lang: "vi" | "en", place: string): string {
  const t = messages[lang];
  const [kind = "", ...rest] = place.split(":");
  if (isKind(kind)) return `${t.kinds[kind]} ${rest.join(":") === "-" ? "" : rest.join(":")}`.trim();
  return Object.hasOwn(t.places, kind) ? t.places[kind as keyof typeof t.places] : place;
}

export interface ProposePageProps extends CopyFramed {
  readonly differences: readonly Difference[];
  readonly typed: { readonly day: string; readonly note: string; readonly acknowledged: readonly string[] };
  readonly errors: readonly PageError[];
  readonly problems: readonly string[];
}

/** `/soan/de-xuat`: what changes, what to look at, from which day. */
export function proposePage(props: ProposePageProps): Html {
  const { lang, copy, findings, typed, errors } = props;
  const t = messages[lang];
  const wrong = findings.filter(({ severity }) => severity === "error");
  const warnings = findings.filter(({ severity }) => severity === "warning");
  return designerFrame(props, {
    title: t.propose.title,
    wide: true,
    errors,
    ...(errors.length === 0 ? { path: designerPaths.part(copy.code, "de-xuat") } : {}),
    body: html`<p class="govuk-body">${t.propose.lead}</p>${
      wrong.length > 0
        ? html`<h2 class="govuk-heading-m">${t.findings.errors(wrong.length)}</h2>${findingList(lang, copy.code, wrong)}`
        : html`${props.problems.length > 0 ? html`<ul class="govuk-list govuk-list--bullet">${props.problems.map((one) => html`<li>${one}</li>`)}</ul>` : null}<form method="post" action="${designerPaths.part(copy.code, "de-xuat")}" class="designer-form" novalidate>${hiddenField("revision", String(copy.revision))}${
            warnings.length === 0
              ? null
              : checkboxesField({
                  id: "luu-y",
                  lang,
                  label: `${t.findings.warnings(warnings.length)}: ${t.propose.acknowledge.toLowerCase()}`,
                  error: errorOf(errors, "luu-y"),
                  values: typed.acknowledged,
                  options: warnings.map(({ key, place, message }) => ({
                    value: key,
                    label: `${place ? `${t.kinds[place.kind]} ${place.id === "-" ? "" : place.id}`.trim() : t.findings.whole}: ${message[lang]}`,
                  })),
                })
          }${dateField({ id: "ngay", lang, label: t.propose.day, value: typed.day, error: errorOf(errors, "ngay") })}${textareaField({ id: "ly-do", lang, label: t.propose.note, hint: t.propose.noteHint, value: typed.note, error: errorOf(errors, "ly-do"), rows: 3, maxLength: 1_000 })}${button({ label: t.propose.button, once: true })}</form>`
    }<h2 class="govuk-heading-m">${t.propose.changes}</h2>${differenceTable(lang, props.differences)}`,
  });
}

/** The day as it is typed. */
export const typedDay = (day: string): string => formatDate(day);
