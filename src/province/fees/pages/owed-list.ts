import { formatDate } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import { type Lang, pick } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import { button, errorSummary, hiddenField, table } from "#kit/ui/index.ts";
import type { PayeeAccount } from "../fee.ts";
import type { OwedRow } from "../fee-view.ts";
import { messages } from "../messages.ts";
import { payMessages } from "../pay-messages.ts";
import { feePaths } from "../paths.ts";

export interface OwedListProps {
  readonly lang: Lang;
  readonly rows: readonly (OwedRow & { readonly payee: PayeeAccount })[];
  readonly chosen: readonly string[];
  readonly error: string | undefined;
  readonly requestId: string;
}

/** "Thanh toán phí/lệ phí": everything the person owes in this province, to be paid at once or one by one. */
export function owedList({ lang, rows, chosen, error, requestId }: OwedListProps): Html | null {
  const t = payMessages[lang];
  if (rows.length === 0) return null;
  const payees = [...new Map(rows.map((row) => [row.payee.account, row.payee])).values()];
  const first = rows.find((row) => row.unfinished !== "verifying")?.obligationId;
  const body = table({
    caption: t.owedTitle,
    hideCaption: true,
    rows,
    columns: [
      {
        label: t.choose,
        cell: (row) =>
          row.unfinished === "verifying"
            ? html`<span class="muted">${t.underWay}</span>`
            : html`<span class="govuk-checkboxes pay-owed__box"><span class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" name="khoan" value="${row.obligationId}" id="${row.obligationId === first ? "khoan" : `khoan-${row.obligationId}`}"${chosen.includes(row.obligationId) ? html` checked` : null}><label class="govuk-label govuk-checkboxes__label" for="${row.obligationId === first ? "khoan" : `khoan-${row.obligationId}`}"><span class="govuk-visually-hidden">${t.chooseOf(nameOf(row))}</span></label></span></span>`,
      },
      {
        label: t.dossier,
        head: true,
        cell: (row) =>
          html`<a class="govuk-link tabular" href="${feePaths.payment(row.dossierId)}">${nameOf(row)}</a><span class="pay-more">${pick(row.procedureName, lang)}</span>`,
      },
      { label: t.why, cell: (row) => row.reason ?? t.occasions[row.occasion] },
      { label: t.dueBefore, cell: (row) => html`<span class="tabular">${formatDate(row.dueAt)}</span>` },
      { label: t.amount, money: true, cell: (row) => formatDong(row.total) },
    ],
  });
  return html`${errorSummary(lang, error ? [{ field: first ? "khoan" : "owed", message: error }] : [])}<section aria-labelledby="owed"><h2 class="govuk-heading-m" id="owed">${t.owedTitle}</h2><p class="govuk-body">${t.owedLead}</p>
<form method="post" action="${feePaths.payTogether()}">${hiddenField("yeu-cau", requestId)}${body}
<p class="govuk-body"><strong>${messages[lang].payeeTitle}:</strong> ${payees.map((payee, index) => html`${index > 0 ? "; " : null}<span class="tabular">${t.account(pick(payee.holderName, lang), payee.account, payee.bankName)}</span>`)}</p>
${first ? button({ label: t.payChosen, once: true }) : null}</form></section>`;
}

function nameOf(row: OwedRow): string {
  return row.code ?? String(row.number ?? "");
}
