import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import { backLink, button, errorOf, type PageError, radiosField, summaryList, textareaField } from "#kit/ui/index.ts";
import { accountingFrame, type Framed } from "#province/accounting/index.ts";
import type { BankLineRow } from "../bank-view.ts";
import { messages } from "../messages.ts";
import { statementPaths } from "../paths.ts";
import { BOOKABLE } from "../reconciliation.ts";
import type { SenderReturn } from "../return-view.ts";
import { returnPart } from "./return-part.ts";
import { amountOf, stateOf } from "./statement-page.ts";

export interface LinePageProps extends Framed {
  readonly row: BankLineRow & { readonly open: boolean };
  /** Its money belongs to whoever sent it. */
  readonly back: SenderReturn | undefined;
  readonly officerId: string;
  readonly mayAnswer: boolean;
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: readonly PageError[];
}

/** One line of the statement, and what an accountant says about it. */
export function linePage(props: LinePageProps): Html {
  const { lang, row, typed, errors } = props;
  const t = messages[lang];
  const field = (id: string) => ({ id, lang, value: typed[id] ?? "", error: errorOf(errors, id), required: true });
  const form = html`<section aria-labelledby="answer"><h2 class="govuk-heading-m" id="answer">${t.answerTitle}</h2>
<form class="accounts-form" method="post" action="${statementPaths.line(row.id)}" novalidate>
${radiosField({
  ...field("thuoc"),
  value: typed["thuoc"] ?? "ghi-chu",
  label: t.belongs,
  options: [
    { value: "ghi-chu", label: t.onlyNote },
    // Senders get their money back by two people only, from the line with which it came.
    ...BOOKABLE.filter((account) => row.direction === "in" || account !== "returns-payable").map((account) => ({
      value: account,
      label: t.accounts[account],
    })),
  ],
})}
${textareaField({ ...field("ly-do"), label: t.note, rows: 3, maxLength: 1000 })}
${button({ label: t.answer, once: true })}</form></section>`;
  return accountingFrame(props, {
    current: "statement",
    title: t.lineTitle,
    errors,
    ...(errors.length === 0 ? { path: statementPaths.line(row.id) } : {}),
    body: html`${backLink(lang, statementPaths.home, t.back)}${summaryList([
      { key: t.line, value: html`<span class="tabular break">${row.line}</span>` },
      { key: t.account, value: html`<span class="tabular">${row.account}</span>` },
      { key: t.bookedAt, value: formatDateTime(row.bookedAt) },
      { key: t.amount, value: html`${amountOf(row)}${row.direction === "out" ? html` (${t.out})` : null}` },
      { key: t.content, value: html`<span class="break">${row.content}</span>` },
      { key: t.kind, value: t.kinds[row.kind] },
      { key: t.state, value: stateOf(lang, row) },
      { key: t.source, value: t.sources[row.source] },
      ...(row.answeredBy ? [{ key: t.answerTitle, value: t.answeredBy(row.answeredBy, row.note ?? "") }] : []),
    ])}${row.open && props.mayAnswer ? form : null}${props.back ? returnPart({ lang, found: props.back, isAccountant: props.mayAnswer, officerId: props.officerId, typed, errors }) : null}`,
  });
}
