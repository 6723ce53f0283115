import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import { formatDong } from "#kit/money.ts";
import {
  button,
  errorOf,
  hiddenField,
  type PageError,
  selectField,
  table,
  textareaField,
  textField,
} from "#kit/ui/index.ts";
import { accountingFrame, type Framed } from "#province/accounting/index.ts";
import type { ClosingRow } from "../bank-view.ts";
import { messages } from "../messages.ts";
import { statementPaths } from "../paths.ts";

export interface CashPageProps extends Framed {
  readonly till: { readonly payments: number; readonly amount: number };
  readonly toHandOver: number;
  readonly closings: readonly ClosingRow[];
  readonly accounts: readonly { readonly account: string; readonly name: string }[];
  /** Leaders look on. */
  readonly mayHandle: boolean;
  /** Made with the page: pressing twice is one. */
  readonly closeId: string;
  readonly handoverId: string;
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: readonly PageError[];
}

/** A cashier's own till: count, close, bring to the bank. */
export function cashPage(props: CashPageProps): Html {
  const { lang, closings, errors } = props;
  const t = messages[lang].cash;
  const history = table({
    caption: t.history,
    hideCaption: true,
    rows: closings,
    columns: [
      {
        label: t.closedAt,
        head: true,
        cell: (row) => html`<span class="tabular">${formatDateTime(row.closedAt)}</span>`,
      },
      { label: messages[lang].officer, cell: (row) => row.officerName },
      { label: t.expected, money: true, cell: (row) => formatDong(row.expected) },
      {
        label: t.countedShort,
        money: true,
        cell: (row) =>
          html`${formatDong(row.counted)}${row.reason === "" ? null : html`<span class="pay-more">${row.reason}</span>`}`,
      },
      { label: t.state, cell: (row) => (row.slip ? (row.confirmed ? t.confirmed : t.waiting)(row.slip) : t.notHanded) },
    ],
  });
  return accountingFrame(props, {
    current: "cash",
    title: t.title,
    errors,
    ...(errors.length === 0 ? { path: statementPaths.cash } : {}),
    body: html`<p class="govuk-body">${t.lead}</p>${props.mayHandle ? html`${tillForm(props)}${handForm(props)}` : null}
<section aria-labelledby="closings"><h2 class="govuk-heading-m" id="closings">${t.history}</h2>${closings.length === 0 ? html`<p class="govuk-body">${t.historyNone}</p>` : history}</section>`,
  });
}

function tillForm({ lang, till, closeId, typed, errors }: CashPageProps): Html {
  const t = messages[lang].cash;
  const heading = html`<h2 class="govuk-heading-m" id="till">${t.till}</h2>`;
  if (till.payments === 0)
    return html`<section aria-labelledby="till">${heading}<p class="govuk-body">${t.tillNone}</p></section>`;
  return html`<section aria-labelledby="till">${heading}<p class="govuk-body"><strong>${formatDong(till.amount)}</strong> · ${t.payments(till.payments)}</p>
<form class="accounts-form" method="post" action="${statementPaths.close}" novalidate>${hiddenField("id", closeId)}${hiddenField("theo-so", String(till.amount))}
${textField({ id: "dem-duoc", lang, label: t.counted, value: typed["dem-duoc"] ?? "", error: errorOf(errors, "dem-duoc"), required: true, inputMode: "numeric", width: 10, maxLength: 20 })}
${textareaField({ id: "ly-do", lang, label: t.reason, hint: t.reasonHint, value: typed["ly-do"] ?? "", error: errorOf(errors, "ly-do"), required: false, rows: 2, maxLength: 1000 })}
${button({ label: t.close, once: true })}</form></section>`;
}

function handForm({ lang, toHandOver, handoverId, accounts, typed, errors }: CashPageProps): Html {
  const t = messages[lang].cash;
  const heading = html`<h2 class="govuk-heading-m" id="hand">${t.handTitle}</h2>`;
  if (toHandOver === 0)
    return html`<section aria-labelledby="hand">${heading}<p class="govuk-body">${t.handNone}</p></section>`;
  const only = accounts.length === 1 ? accounts[0]?.account : undefined;
  return html`<section aria-labelledby="hand">${heading}<p class="govuk-body">${t.handLead(formatDong(toHandOver))}</p>
<form class="accounts-form" method="post" action="${statementPaths.handOver}" novalidate>${hiddenField("id", handoverId)}
${textField({ id: "so-giay", lang, label: t.slip, value: typed["so-giay"] ?? "", error: errorOf(errors, "so-giay"), required: true, maxLength: 40 })}
${selectField({ id: "tai-khoan", lang, label: t.account, value: typed["tai-khoan"] ?? only ?? "", error: errorOf(errors, "tai-khoan"), required: true, ...(only ? { placeholder: false as const } : {}), options: accounts.map(({ account, name }) => ({ value: account, label: `${account} · ${name}` })) })}
${button({ label: t.hand, once: true })}</form></section>`;
}
