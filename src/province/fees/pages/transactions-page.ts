import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { backLink, emptyState, pagination } from "#kit/ui/index.ts";
import type { Transaction } from "../fee.ts";
import { messages } from "../messages.ts";
import { feePaths } from "../paths.ts";
import { transactionTable } from "./transaction-table.ts";

export interface TransactionsPageProps {
  readonly lang: Lang;
  /** The owner's label: "Lịch sử giao dịch". */
  readonly title: string;
  readonly rows: readonly Transaction[];
  readonly next: string | undefined;
  /** What is to be paid, above what was paid. */
  readonly owed?: Html | null;
}

export function transactionsPage({ lang, title, rows, next, owed }: TransactionsPageProps): Html {
  const t = messages[lang];
  const list =
    rows.length > 0
      ? html`${owed ? html`<h2 class="govuk-heading-m">${t.transactionsTitle}</h2>` : null}${transactionTable(lang, title, rows, true)}${pagination(lang, { next })}`
      : owed
        ? null
        : emptyState({ title: t.none, text: t.noneText });
  return html`${backLink(lang, feePaths.account(), t.toAccount)}<h1 class="govuk-heading-l">${title}</h1>${owed ?? null}${list}`;
}
