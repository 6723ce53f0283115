import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong, formatInteger } from "#kit/money.ts";
import { emptyState, notice, table } from "#kit/ui/index.ts";
import type { AccountBalance, LedgerCheck } from "../ledger-view.ts";
import { accountName, type AccountOwners } from "../account-names.ts";
import { messages } from "../messages.ts";

export interface BalancePageProps {
  readonly lang: Lang;
  readonly balances: readonly AccountBalance[];
  readonly check: LedgerCheck;
  readonly owners: AccountOwners;
}

export function balancePage({ lang, balances, check, owners }: BalancePageProps): Html {
  const t = messages[lang];
  const whole = check.total === 0 && check.unbalanced === 0 && check.unbooked === 0 && check.unexplained === 0;
  const sum = (pick: (row: AccountBalance) => number) => balances.reduce((total, row) => total + pick(row), 0);
  const foot = html`<tr><th scope="row">${t.sum}</th><td class="money" data-label="${t.debit}">${formatDong(sum((row) => row.debit))}</td><td class="money" data-label="${t.credit}">${formatDong(sum((row) => row.credit))}</td><td class="money" data-label="${t.balance}">${formatDong(sum((row) => row.balance))}</td><td class="money" data-label="${t.entries}">${formatInteger(sum((row) => row.entries))}</td></tr>`;
  return html`<h1 class="govuk-heading-l">${t.balanceTitle}</h1><p class="govuk-body">${t.balanceLead}</p>
${notice({ tone: whole ? "success" : "danger", body: html`<p>${whole ? t.whole : t.broken(formatDong(check.total), check.unbalanced, check.unbooked, check.unexplained)}</p>` })}
${
  balances.length === 0
    ? emptyState({ title: t.empty })
    : table({
        caption: t.balanceTitle,
        hideCaption: true,
        rows: balances,
        columns: [
          { label: t.account, head: true, cell: (row) => accountCell(lang, row.account, owners) },
          { label: t.debit, money: true, cell: (row) => formatDong(row.debit) },
          { label: t.credit, money: true, cell: (row) => formatDong(row.credit) },
          { label: t.balance, money: true, cell: (row) => formatDong(row.balance) },
          { label: t.entries, money: true, cell: (row) => formatInteger(row.entries) },
        ],
        foot,
      })
}`;
}

/** What the account is for in words, and its name in the export. */
function accountCell(lang: Lang, account: string, owners: AccountOwners): Html {
  return html`${accountName(lang, account, owners)}<br><code class="muted small">${account}</code>`;
}
