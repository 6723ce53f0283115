import { formatDate, formatDateTime, type PlainDate } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong, formatInteger } from "#kit/money.ts";
import {
  backLink,
  button,
  emptyState,
  errorOf,
  type PageError,
  summaryList,
  table,
  textareaField,
  textField,
} from "#kit/ui/index.ts";
import type { ReceiptRow, SeriesRow } from "../accounting-view.ts";
import { messages } from "../messages.ts";
import { dayForm } from "./day-page.ts";
import { accountingFrame, type Framed } from "./frame.ts";

export interface ReceiptsPageProps extends Framed {
  readonly day: PlainDate;
  readonly rows: readonly ReceiptRow[];
  /** The day has more receipts than these. */
  readonly cut: boolean;
  readonly series: readonly SeriesRow[];
  readonly mayReplace: boolean;
}

/** The day's receipts (01/TH-BLĐT) and the series with their numbers. */
export function receiptsPage(props: ReceiptsPageProps): Html {
  const { lang, day, rows, series } = props;
  const t = messages[lang];
  const total = rows.filter((row) => row.oldSeries === null).reduce((sum, row) => sum + row.amount, 0);
  const list =
    rows.length === 0
      ? emptyState({ title: t.receiptsNone, text: t.receiptsNoneText })
      : html`<p><a class="govuk-link" href="/ke-toan/bien-lai/01-th-bldt.csv?ngay=${day}">${t.csv}</a></p>${table({
          caption: t.receiptsTitle,
          hideCaption: true,
          rows,
          columns: [
            {
              label: t.number,
              head: true,
              cell: (row) =>
                html`<span class="tabular">${row.series} ${numberOf(row.number)}</span><span class="pay-more">${row.form}</span>`,
            },
            { label: t.issuedAt, cell: (row) => html`<span class="tabular">${formatDateTime(row.createdAt)}</span>` },
            {
              label: t.dossier,
              cell: (row) => html`<a class="govuk-link tabular" href="/ho-so/${row.dossierId}/phi">${row.dossier}</a>`,
            },
            { label: t.payer, cell: (row) => row.payer },
            { label: t.kind, cell: (row) => html`${t.kinds[row.kind]}<span class="pay-more">${row.what}</span>` },
            { label: t.amount, money: true, cell: (row) => formatDong(row.amount) },
            { label: t.state, cell: (row) => stateOf(props, row) },
          ],
          // The sum of a part would be taken for the day's.
          foot: props.cut
            ? html`<tr><td colspan="7">${t.receiptsCut(formatInteger(rows.length))}</td></tr>`
            : html`<tr><th scope="row" colspan="5">${t.total}</th><td class="money" data-label="${t.total}"><strong>${formatDong(total)}</strong></td><td></td></tr>`,
        })}`;
  const seriesTable =
    series.length === 0
      ? null
      : html`<h2 class="govuk-heading-m">${t.seriesTitle}</h2>${table({
          caption: t.seriesTitle,
          hideCaption: true,
          rows: series,
          columns: [
            {
              label: t.series,
              head: true,
              cell: (row) => html`<span class="tabular">${row.form} ${row.series}</span>`,
            },
            { label: t.last, money: true, cell: (row) => numberOf(row.last) },
            { label: t.issued, money: true, cell: (row) => formatInteger(row.issued) },
            { label: t.replacements, money: true, cell: (row) => formatInteger(row.replacements) },
            { label: t.missing, money: true, cell: (row) => formatInteger(row.missing) },
          ],
        })}`;
  return accountingFrame(props, {
    current: "receipts",
    title: `${t.receiptsTitle} ${formatDate(day)}`,
    path: `/ke-toan/bien-lai?ngay=${day}`,
    body: html`<p class="govuk-body">${t.receiptsLead}</p>${dayForm(lang, "/ke-toan/bien-lai", day)}${list}${seriesTable}`,
  });
}

function numberOf(number: number): string {
  return String(number).padStart(8, "0");
}

function stateOf({ lang, mayReplace }: ReceiptsPageProps, row: ReceiptRow): Html {
  const t = messages[lang];
  const words = row.oldSeries ? t.states.replacement(`${row.oldSeries} ${numberOf(row.oldNumber ?? 0)}`) : t.states.new;
  if (row.goneBack) return html`${words}<span class="pay-more">${t.states[row.goneBack]}</span>`;
  if (row.replacedBy)
    return html`${words}<span class="pay-more">${t.states.replaced(row.replacedBy.replace("/", " "))}</span>`;
  return html`${words}${mayReplace ? html`<br><a class="govuk-link" href="/ke-toan/bien-lai/${row.id}/thay-the">${t.replace}<span class="govuk-visually-hidden">: ${row.series} ${numberOf(row.number)}</span></a>` : null}`;
}

export function replacePage(
  props: Framed & {
    readonly row: ReceiptRow;
    readonly typed: Readonly<Record<string, string>>;
    readonly errors: readonly PageError[];
  },
): Html {
  const { lang, row, typed, errors } = props;
  const t = messages[lang];
  const field = (id: string, value = "") => ({
    id,
    lang,
    value: typed[id] ?? value,
    error: errorOf(errors, id),
    required: true,
  });
  return accountingFrame(props, {
    current: "receipts",
    title: t.replaceTitle,
    errors,
    body: html`${backLink(lang, "/ke-toan/bien-lai", t.back)}<p class="govuk-body">${t.replaceLead}</p>
${summaryList([
  { key: t.number, value: html`<span class="tabular">${row.form} ${row.series} ${numberOf(row.number)}</span>` },
  { key: t.what, value: `${t.kinds[row.kind]} · ${row.what}` },
  { key: t.amount, value: formatDong(row.amount) },
])}
<form class="accounts-form" method="post" action="/ke-toan/bien-lai/${row.id}/thay-the" novalidate>
${textField({ ...field("nguoi-nop", row.payer), label: t.payer, maxLength: 200 })}
${textField({ ...field("dia-chi", row.address ?? ""), required: false, label: t.address, maxLength: 300 })}
${textareaField({ ...field("ly-do"), label: t.reason, rows: 3, maxLength: 1000 })}
${button({ label: t.replace, once: true })}</form>`,
  });
}

export function ledgerPage(
  props: Framed & {
    readonly balances: readonly { readonly account: string; readonly balance: number; readonly entries: number }[];
    readonly whole: boolean;
    /** Name of the unit whose part this is; absent: the whole province's. */
    readonly scope: string | undefined;
  },
): Html {
  const { lang, balances } = props;
  const t = messages[lang];
  const debit = balances.reduce((sum, row) => sum + Math.max(0, row.balance), 0);
  const credit = balances.reduce((sum, row) => sum + Math.max(0, -row.balance), 0);
  return accountingFrame(props, {
    current: "ledger",
    title: t.ledgerTitle,
    path: "/ke-toan/so-cai",
    body: html`<p class="govuk-body">${t.ledgerLead}${props.scope ? html` ${t.ledgerScope(props.scope)}` : null}</p><p class="${props.whole ? "accounts-whole" : "accounts-broken"}"><strong>${props.whole ? t.balanced : t.unbalanced}</strong></p>
${table({
  caption: t.ledgerTitle,
  hideCaption: true,
  rows: balances,
  columns: [
    {
      label: t.account,
      head: true,
      cell: (row) => html`${accountName(lang, row.account)}<span class="pay-more tabular">${row.account}</span>`,
    },
    { label: t.entries, money: true, cell: (row) => formatInteger(row.entries) },
    { label: t.debit, money: true, cell: (row) => (row.balance > 0 ? formatDong(row.balance) : "") },
    { label: t.credit, money: true, cell: (row) => (row.balance < 0 ? formatDong(-row.balance) : "") },
  ],
  foot: html`<tr><th scope="row" colspan="2">${t.total}</th><td class="money" data-label="${t.debit}"><strong>${formatDong(debit)}</strong></td><td class="money" data-label="${t.credit}"><strong>${formatDong(credit)}</strong></td></tr>`,
})}`,
  });
}

function accountName(lang: Lang, account: string): string {
  return messages[lang].accounts[account] ?? account;
}
