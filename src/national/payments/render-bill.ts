import { dateInWords, formatDateTimeSeconds, plainDateOf } from "#kit/calendar.ts";
import { dongInWords, formatInteger } from "#kit/money.ts";
import { renderPdf } from "#kit/pdf/index.ts";
import type { PaymentAttempt, PaymentHub, PaymentOrder } from "./payment.ts";

const TEMPLATE = new URL("./templates/bill.typ", import.meta.url);

/**
 * The PDF that GET_BILL gives for a paid order: what was paid, when, through whom. It is the hub's confirmation of a
 * payment, not a receipt (biên lai): those are the collecting agency's (NĐ 254/2026/NĐ-CP Đ22). Same input, same bytes.
 */
export function renderBill(hub: Pick<PaymentHub, "providers">, order: PaymentOrder, paid: PaymentAttempt): Uint8Array {
  const date = dateInWords(plainDateOf(paid.changedAt));
  return renderPdf({
    template: TEMPLATE,
    title: `Chứng từ thanh toán ${paid.hubTransaction}`,
    author: "Cổng Dịch vụ công quốc gia",
    date: paid.changedAt,
    data: {
      reference: order.reference,
      date: date.charAt(0).toUpperCase() + date.slice(1),
      transaction: paid.hubTransaction,
      information: order.information,
      dossier: order.dossier,
      procedure: order.details.procedure,
      payee: order.details.payeeName,
      channel: hub.providers.findChannel(paid.channel)?.channel.name ?? paid.channel,
      paidAt: formatDateTimeSeconds(paid.changedAt),
      lines: order.details.lines.map((line) => ({ name: line.name, amount: formatInteger(line.amount) })),
      amount: formatInteger(order.amount),
      amountInWords: dongInWords(order.amount),
    },
  });
}
