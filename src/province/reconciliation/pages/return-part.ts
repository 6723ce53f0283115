import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import {
  button,
  errorOf,
  type PageError,
  statusTag,
  summaryList,
  table,
  textareaField,
  textField,
} from "#kit/ui/index.ts";
import { messages } from "../messages.ts";
import { statementPaths } from "../paths.ts";
import { returnMessages } from "../return-messages.ts";
import type { SenderReturn } from "../return-view.ts";

export interface ReturnPartProps {
  readonly lang: Lang;
  readonly found: SenderReturn;
  /** Accountants propose and record; whoever has not proposed approves. */
  readonly isAccountant: boolean;
  readonly officerId: string;
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: readonly PageError[];
}

/** On the line's own page: how far the money is on its way back, and the next step of whoever looks. */
export function returnPart(props: ReturnPartProps): Html {
  const { lang, found } = props;
  const t = returnMessages[lang];
  const rows = [
    { key: messages[lang].amount, value: formatDong(found.amount) },
    { key: t.state, value: returnState(lang, found) },
    ...(found.payeeName ? [{ key: t.payee, value: html`<span class="break">${found.payeeName}</span>` }] : []),
    ...(found.payeeAccount ? [{ key: t.account, value: html`<span class="break">${found.payeeAccount}</span>` }] : []),
    ...(found.note ? [{ key: t.note, value: found.note }] : []),
    ...(found.proposedName ? [{ key: t.proposedBy, value: found.proposedName }] : []),
    ...(found.approvedName ? [{ key: t.approvedBy, value: found.approvedName }] : []),
    ...(found.reference
      ? [{ key: t.reference, value: html`<span class="tabular break">${found.reference}</span>` }]
      : []),
  ];
  return html`<section aria-labelledby="return"><h2 class="govuk-heading-m" id="return">${t.title}</h2><p class="govuk-body">${t.lead}</p>${summaryList(rows)}${nextStep(props)}</section>`;
}

function nextStep({ lang, found, isAccountant, officerId, typed, errors }: ReturnPartProps): Html | null {
  const t = returnMessages[lang];
  const field = (id: string) => ({ id, lang, value: typed[id] ?? "", error: errorOf(errors, id), required: true });
  if (found.state === null)
    return isAccountant
      ? html`<form class="accounts-form" method="post" action="${statementPaths.giveBack(found.lineId)}" novalidate>
${textField({ ...field("nguoi-nhan"), label: t.payee, maxLength: 200 })}
${textField({ ...field("tai-khoan-nhan"), label: t.account, maxLength: 100 })}
${textareaField({ ...field("can-cu"), label: t.note, rows: 3, maxLength: 1000 })}
${button({ label: t.propose, once: true })}</form>`
      : null;
  if (found.state === "proposed")
    return found.proposedBy === officerId
      ? html`<p class="govuk-body">${t.approveOwn}</p>`
      : html`<form class="accounts-form" method="post" action="${statementPaths.approveReturn(found.lineId)}" novalidate id="duyet">${button({ label: t.approve, once: true })}</form>`;
  if (found.state === "approved" && isAccountant)
    return html`<form class="accounts-form" method="post" action="${statementPaths.finishReturn(found.lineId)}" novalidate>
${textField({ ...field("so-giao-dich"), label: t.reference, hint: t.referenceHint, maxLength: 64 })}
${button({ label: t.finish, once: true })}</form>`;
  return null;
}

function returnState(lang: Lang, { state, confirmed }: SenderReturn): Html {
  const t = returnMessages[lang].states;
  if (confirmed) return statusTag({ tone: "success", icon: "check", label: t.confirmed });
  return statusTag({ tone: "warning", icon: "clock", label: t[state ?? "owed"] });
}

/** On the statement's page: what has not gone back yet; nothing when there is none. */
export function returnsSection(lang: Lang, rows: readonly SenderReturn[]): Html | null {
  if (rows.length === 0) return null;
  const t = returnMessages[lang];
  const list = table({
    caption: t.title,
    hideCaption: true,
    rows,
    columns: [
      {
        label: messages[lang].line,
        head: true,
        cell: (row) =>
          html`<a class="govuk-link tabular break" href="${statementPaths.line(row.lineId)}">${row.line}</a>`,
      },
      { label: messages[lang].content, cell: (row) => html`<span class="break">${row.content}</span>` },
      { label: t.since, cell: (row) => html`<span class="tabular">${formatDateTime(row.since)}</span>` },
      { label: messages[lang].amount, money: true, cell: (row) => formatDong(row.amount) },
      { label: t.state, cell: (row) => returnState(lang, row) },
    ],
  });
  return html`<section aria-labelledby="returns"><h2 class="govuk-heading-m" id="returns">${t.title}</h2>${list}</section>`;
}
