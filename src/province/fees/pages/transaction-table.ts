import { formatDateTimeSeconds } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import { icon, statusTag, table } from "#kit/ui/index.ts";
import { receiptPath } from "#province/receipts/index.ts";
import type { Transaction } from "../fee.ts";
import { messages } from "../messages.ts";
import { payMessages } from "../pay-messages.ts";
import { feePaths } from "../paths.ts";

/** The source's table: Mã hồ sơ, Ngày thanh toán, Số tiền thanh toán, Đã thanh toán, In biên lai. */
export function transactionTable(lang: Lang, caption: string, rows: readonly Transaction[], hideCaption = false): Html {
  const t = messages[lang];
  return table<Transaction>({
    caption,
    hideCaption,
    rows,
    columns: [
      {
        label: t.dossierCode,
        head: true,
        cell: (row) => html`<a class="govuk-link" href="${feePaths.payment(row.dossierId)}">${nameOf(row)}</a>`,
      },
      {
        label: t.payDay,
        cell: (row) =>
          html`<time class="tabular" datetime="${row.at.toISOString()}">${formatDateTimeSeconds(row.at)}</time>`,
      },
      { label: t.paidAmount, money: true, cell: (row) => formatDong(row.amount) },
      { label: t.paid, cell: (row) => stateTag(lang, row) },
      { label: t.receipt, cell: (row) => receiptLinks(lang, row) },
    ],
  });
}

function nameOf(row: Transaction): string {
  return row.dossierCode ?? String(row.dossierNumber ?? "");
}

function stateTag(lang: Lang, row: Transaction): Html {
  const t = messages[lang];
  if (row.state === "failed") return statusTag({ tone: "danger", icon: "cross", label: t.states.failed });
  if (row.state === "verifying") return statusTag({ tone: "info", icon: "clock", label: t.states.verifying });
  if (row.dispute === "lost") return statusTag({ tone: "danger", icon: "warning", label: t.takenBack });
  if (row.kept === false) return statusTag({ tone: "warning", icon: "warning", label: t.toBeReturned });
  const label =
    row.method === "online" ? t.states.succeeded : `${t.states.succeeded} · ${payMessages[lang].methods[row.method]}`;
  const success = statusTag({ tone: "success", icon: "check", label });
  if (row.dispute !== "open") return success;
  return html`${success} ${statusTag({ tone: "warning", icon: "warning", label: t.disputed })}`;
}

/** Only a kept success has receipts: one for phí, one for lệ phí; of one that was taken back they prove nothing. */
function receiptLinks(lang: Lang, row: Transaction): Html | null {
  const t = messages[lang];
  if (row.state !== "succeeded" || row.kept === false || row.dispute === "lost") return null;
  if (row.receipts.length === 0) return html`<span class="muted">${t.receiptSoon}</span>`;
  return html`<ul class="pay-receipts">${row.receipts.map(
    (receipt) =>
      html`<li><a class="govuk-link pay-receipt" href="${receiptPath(receipt.id)}">${icon("print", 18)}<span>${t.receipt}${row.receipts.length > 1 ? html` <span>(${t.receiptOf[receipt.kind]})</span>` : null}<span class="govuk-visually-hidden">, ${t.forDossier(nameOf(row))}</span></span></a> <a class="govuk-link" href="${receiptPath(receipt.id, "xml")}">${t.receiptData}<span class="govuk-visually-hidden">, ${t.receiptOf[receipt.kind]}, ${t.forDossier(nameOf(row))}</span></a></li>`,
  )}</ul>`;
}
