/** What the parts of a linked filing owe, on the page of the whole: one payment for an account, the amount of each part beside it. */
import { html, type Html } from "#kit/html.ts";
import { type Lang, pick } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import { button, hiddenField, table } from "#kit/ui/index.ts";
import type { PayeeAccount } from "../fee.ts";
import type { OwedRow } from "../fee-view.ts";
import { feePaths } from "../paths.ts";
import { payMessages } from "../pay-messages.ts";

export interface FilingOwedProps {
  readonly lang: Lang;
  /** By the account that the money goes to: one payment reaches one account. */
  readonly groups: readonly {
    readonly payee: PayeeAccount;
    readonly rows: readonly OwedRow[];
    /** Made with the page: pressing twice is one request. */
    readonly requestId: string;
  }[];
}

export function filingOwed({ lang, groups }: FilingOwedProps): Html | null {
  if (groups.length === 0) return null;
  const t = payMessages[lang];
  return html`<section class="linked" aria-labelledby="filing-owed"><h2 class="govuk-heading-m" id="filing-owed">${t.filingOwedTitle}</h2><p>${groups.length > 1 ? t.filingOwedAccounts(groups.length) : t.filingOwedLead}</p>${groups.map((group) => payment(group, lang))}</section>`;
}

function payment({ payee, rows, requestId }: FilingOwedProps["groups"][number], lang: Lang): Html {
  const t = payMessages[lang];
  const payable = rows.filter(({ unfinished }) => unfinished !== "verifying");
  const total = payable.reduce((sum, row) => sum + row.total, 0);
  const nameOf = (row: OwedRow) => row.code ?? String(row.number ?? "");
  const body = table({
    caption: t.filingOwedTitle,
    hideCaption: true,
    rows,
    columns: [
      {
        label: t.part,
        head: true,
        cell: (row) =>
          html`<a class="govuk-link" href="${feePaths.payment(row.dossierId)}">${pick(row.procedureName, lang)}</a><span class="pay-more tabular">${nameOf(row)}</span>`,
      },
      { label: t.why, cell: (row) => row.reason ?? t.occasions[row.occasion] },
      {
        label: t.amount,
        money: true,
        cell: (row) =>
          html`${formatDong(row.total)}${row.unfinished === "verifying" ? html`<span class="pay-more">${t.underWay}</span>` : null}`,
      },
    ],
  });
  return html`<form method="post" action="${feePaths.payTogether()}">${hiddenField("yeu-cau", requestId)}${payable.map(({ obligationId }) => hiddenField("khoan", obligationId))}${body}<p class="govuk-body"><strong>${t.payee}:</strong> <span class="tabular">${t.account(pick(payee.holderName, lang), payee.account, payee.bankName)}</span></p>${payable.length > 0 ? button({ label: t.payFiling(formatDong(total)), once: true }) : null}</form>`;
}
