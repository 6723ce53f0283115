import { formatDate } from "#kit/calendar.ts";
import { formatDong } from "#kit/money.ts";
import { qrSvg, renderPdf } from "#kit/pdf/index.ts";
import type { Dossier } from "#province/dossiers/index.ts";
import { code128Svg } from "./code128.ts";
import { messages } from "./messages.ts";
import type { DeliveryOrder, Party } from "./order.ts";

/** The label of a letter (A6) as PDF: bar code and QR code of the post's number, both addresses, what the courier takes. */
export async function renderLabel(order: DeliveryOrder, itemCode: string, dossier: Dossier): Promise<Uint8Array> {
  const t = messages.vi;
  const party = (one: Party) => ({ ...one, phone: one.phone ?? "", addressToday: one.addressToday ?? "" });
  return renderPdf({
    template: new URL("./templates/label.typ", import.meta.url),
    data: {
      itemCode,
      service: t.kinds[order.kind],
      from: party(order.sender),
      to: party(order.receiver),
      dossier: dossier.code ?? String(dossier.number ?? ""),
      grams: t.box.grams(order.grams),
      collect: order.pays === "door" ? `Thu người nhận: ${formatDong(order.postage)}` : "Cước đã trả",
      day: formatDate(order.createdAt),
    },
    title: `Nhãn bưu gửi ${itemCode}`,
    author: order.sender.name,
    date: order.createdAt,
    images: { "/qr.svg": await qrSvg(itemCode), "/bars.svg": code128Svg(itemCode) },
  });
}
