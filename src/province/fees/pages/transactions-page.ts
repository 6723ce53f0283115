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
}

export function transactionsPage({ lang, title, rows, next }: TransactionsPageProps): Html {
  const t = messages[lang];
  const list =
    rows.length > 0
      ? html`${transactionTable(lang, title, rows, true)}${pagination(lang, { next })}`
      : emptyState({ title: t.none, text: t.noneText });
  return html`${backLink(lang, feePaths.account(), t.toAccount)}<h1 class="govuk-heading-l">${title}</h1>${list}`;
}
