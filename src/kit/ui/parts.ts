/** Parts of pages that are not form controls. Pure functions of props. */
import { attributes, html, type Html, type HtmlValue } from "../html.ts";
import type { Lang } from "../i18n.ts";
import { emptyDrawing, icon, type IconName } from "./icon.ts";

export interface PageError {
  /** Id of the control. */
  readonly field: string;
  readonly message: string;
}

const words = {
  vi: { summary: "Có mục cần sửa", back: "Quay lại", next: "Trang sau", previous: "Trang trước", pages: "Phân trang" },
  en: {
    summary: "There is something to correct",
    back: "Back",
    next: "Next page",
    previous: "Previous page",
    pages: "Pages",
  },
} as const;

/** List of what to correct; takes focus when the page opens, each line leads to its control. Nothing without errors. */
export function errorSummary(lang: Lang, errors: readonly PageError[]): Html | null {
  if (errors.length === 0) return null;
  return html`<div class="govuk-error-summary" tabindex="-1" autofocus data-focus aria-labelledby="error-summary-title" role="alert"><h2 class="govuk-error-summary__title" id="error-summary-title">${words[lang].summary}</h2><div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">${errors.map(
    (error) => html`<li><a href="#${error.field}">${error.message}</a></li>`,
  )}</ul></div></div>`;
}

/** The message of one control, for its `error` prop. */
export function errorOf(errors: readonly PageError[], field: string): string | undefined {
  return errors.find((error) => error.field === field)?.message;
}

export interface ButtonProps {
  readonly label: string;
  readonly kind?: "main" | "secondary" | "warning";
  readonly name?: string;
  readonly value?: string;
  readonly href?: string;
  readonly small?: boolean;
  /** Where the form goes instead of its own action. */
  readonly formAction?: string;
  /** Sent without the browser's own checks: "Lưu", "Thêm dòng". */
  readonly noValidate?: boolean;
  /** Id of the form it belongs to, when it stands outside of it. */
  readonly form?: string;
  readonly id?: string;
  /** Refuses a second click while the first is on its way. */
  readonly once?: boolean;
  readonly disabled?: boolean;
  readonly ariaLabel?: string;
}

export function button(props: ButtonProps): Html {
  const kind =
    props.kind === "secondary" ? " govuk-button--secondary" : props.kind === "warning" ? " govuk-button--warning" : "";
  const name = `govuk-button${kind}${props.small ? " govuk-button--small" : ""}`;
  if (props.href !== undefined) {
    return html`<a class="${name}" href="${props.href}" draggable="false"${attributes({ id: props.id, "aria-label": props.ariaLabel })}>${props.label}</a>`;
  }
  return html`<button class="${name}" type="submit"${attributes({ name: props.name, value: props.value, formaction: props.formAction, formnovalidate: props.noValidate, form: props.form, id: props.id, "data-once": props.once, disabled: props.disabled, "aria-label": props.ariaLabel })}>${props.label}</button>`;
}

export function buttonGroup(...buttons: readonly (Html | null | false)[]): Html {
  return html`<div class="govuk-button-group">${buttons}</div>`;
}

export function backLink(lang: Lang, href: string, label?: string): Html {
  return html`<a class="govuk-back-link" href="${href}">${label ?? words[lang].back}</a>`;
}

export type Tone = "success" | "warning" | "danger" | "info" | "quiet";

/** State as icon + words: never colour alone. */
export function statusTag(props: { readonly tone: Tone; readonly icon: IconName; readonly label: string }): Html {
  return html`<span class="tag tag--${props.tone}">${icon(props.icon, 16)}${props.label}</span>`;
}

export function notice(props: {
  readonly tone?: "info" | "success" | "warning" | "danger";
  readonly title?: string;
  readonly body?: HtmlValue;
  readonly live?: boolean;
}): Html {
  return html`<div class="notice notice--${props.tone ?? "info"}"${attributes({ role: props.live ? "status" : undefined })}>${props.title ? html`<p class="notice__title">${props.title}</p>` : null}${props.body ?? null}</div>`;
}

export function emptyState(props: { readonly title: string; readonly text?: string; readonly action?: Html }): Html {
  return html`<div class="empty">${emptyDrawing()}<p class="empty__title">${props.title}</p>${props.text ? html`<p>${props.text}</p>` : null}${props.action ?? null}</div>`;
}

export interface Column<Row> {
  readonly label: string;
  readonly cell: (row: Row) => HtmlValue;
  readonly money?: boolean;
  /** The cell that names the row. */
  readonly head?: boolean;
}

/** A table that becomes cards with labels on a phone. */
export function table<Row>(props: {
  readonly caption: string;
  readonly hideCaption?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly foot?: Html;
}): Html {
  return html`<table class="grid grid--cards"><caption${attributes({ class: props.hideCaption ? "visually-hidden" : undefined })}>${props.caption}</caption><thead><tr>${props.columns.map(
    (column) => html`<th scope="col"${attributes({ class: column.money ? "money" : undefined })}>${column.label}</th>`,
  )}</tr></thead><tbody>${props.rows.map(
    (row) =>
      html`<tr>${props.columns.map((column) =>
        column.head
          ? html`<th scope="row">${column.cell(row)}</th>`
          : html`<td data-label="${column.label}"${attributes({ class: column.money ? "money" : undefined })}>${column.cell(row)}</td>`,
      )}</tr>`,
  )}</tbody>${props.foot ? html`<tfoot>${props.foot}</tfoot>` : null}</table>`;
}

export interface SummaryRow {
  readonly key: string;
  readonly value: HtmlValue;
  readonly action?: { readonly href: string; readonly label: string; readonly about: string };
}

export function summaryList(rows: readonly SummaryRow[]): Html {
  // A list without any action gives its values the whole width; otherwise rows without one keep the column free.
  const someAction = rows.some((row) => row.action);
  return html`<dl class="govuk-summary-list">${rows.map(
    (row) =>
      html`<div class="govuk-summary-list__row${row.action || !someAction ? "" : " govuk-summary-list__row--no-actions"}"><dt class="govuk-summary-list__key">${row.key}</dt><dd class="govuk-summary-list__value">${row.value}</dd>${row.action ? html`<dd class="govuk-summary-list__actions"><a class="govuk-link" href="${row.action.href}">${row.action.label}<span class="govuk-visually-hidden"> ${row.action.about}</span></a></dd>` : null}</div>`,
  )}</dl>`;
}

/** Previous and next of a keyset list. */
export function pagination(
  lang: Lang,
  links: { readonly previous?: string | undefined; readonly next?: string | undefined },
): Html | null {
  if (!links.previous && !links.next) return null;
  return html`<nav class="cluster" aria-label="${words[lang].pages}">${links.previous ? html`<a class="govuk-link" rel="prev" href="${links.previous}">← ${words[lang].previous}</a>` : null}${links.next ? html`<a class="govuk-link" rel="next" href="${links.next}">${words[lang].next} →</a>` : null}</nav>`;
}

/** Progress through the pages of a long form. */
export function steps(
  label: string,
  items: readonly { readonly label: string; readonly state: "done" | "now" | "next"; readonly href?: string }[],
): Html {
  return html`<nav aria-label="${label}"><ol class="steps">${items.map(
    (item) =>
      html`<li class="steps__item steps__item--${item.state}"${attributes({ "aria-current": item.state === "now" ? "step" : undefined })}>${item.href && item.state === "done" ? html`<a href="${item.href}">${item.label}</a>` : item.label}</li>`,
  )}</ol></nav>`;
}

export function timeline(
  items: readonly {
    readonly what: HtmlValue;
    readonly when: HtmlValue;
    readonly more?: HtmlValue;
    readonly now?: boolean;
  }[],
): Html {
  return html`<ol class="timeline">${items.map(
    (item) =>
      html`<li class="timeline__item${item.now ? " timeline__item--now" : ""}"><p class="timeline__what">${item.what}</p><p class="timeline__when">${item.when}</p>${item.more ?? null}</li>`,
  )}</ol>`;
}

export function details(summary: string, body: HtmlValue): Html {
  return html`<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${summary}</span></summary><div class="govuk-details__text">${body}</div></details>`;
}
