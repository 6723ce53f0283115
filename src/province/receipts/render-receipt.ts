import { dateInWords, formatDate, plainDateOf } from "#kit/calendar.ts";
import { dongInWords, formatInteger } from "#kit/money.ts";
import { qrSvg, renderPdf } from "#kit/pdf/index.ts";
import { groupCode, verificationPath, verificationPaths } from "#province/verification/index.ts";
import { type Receipt, receiptNumber, receiptTitle } from "./receipt.ts";

const TEMPLATE = new URL("./templates/receipt.typ", import.meta.url);

/** The receipt as PDF/A-3b with its signed XML attached, not yet signed itself. The same input gives the same bytes. */
export async function renderReceipt(receipt: Receipt, signedXml: string, portalOrigin: string): Promise<Uint8Array> {
  const { content } = receipt;
  const date = dateInWords(plainDateOf(receipt.paidAt));
  return renderPdf({
    template: TEMPLATE,
    title: `${receiptTitle(receipt.kind)} ${receipt.series} ${receiptNumber(receipt.number)}`,
    author: content.collector.name,
    date: receipt.createdAt,
    data: {
      title: receiptTitle(receipt.kind),
      form: receipt.form,
      series: receipt.series,
      number: receiptNumber(receipt.number),
      superior: content.collector.superior?.toUpperCase() ?? null,
      collector: content.collector.name.toUpperCase(),
      taxCode: content.collector.taxCode,
      address: content.collector.address,
      date: date.charAt(0).toUpperCase() + date.slice(1),
      payer: content.payer.name,
      payerAddress: content.payer.address ?? "",
      dossierLabel: content.dossier.code ? "Mã hồ sơ" : "Số hồ sơ",
      dossierCode: content.dossier.code ?? String(content.dossier.number ?? ""),
      procedure: content.dossier.procedureName,
      method: content.method,
      replaces: content.replaces
        ? `Thay thế biên lai mẫu số ${content.replaces.form}, ký hiệu ${content.replaces.series}, số ${content.replaces.number} ngày ${formatDate(new Date(content.replaces.date))}. Lý do: ${content.replaces.reason}`
        : "",
      lines: content.lines.map((line) => ({
        name: line.name,
        basis: line.basis,
        quantity: formatInteger(line.quantity),
        unitAmount: formatInteger(line.unitAmount),
        amount: formatInteger(line.amount),
      })),
      amount: formatInteger(receipt.amount),
      amountInWords: dongInWords(receipt.amount),
      codeGroups: groupCode(receipt.code),
      verifyAddress: portalOrigin + verificationPaths.start,
    },
    images: { "/qr.svg": await qrSvg(portalOrigin + verificationPath(receipt.code)) },
    attachments: [
      {
        name: "bien-lai.xml",
        mimeType: "application/xml",
        description: "Dữ liệu biên lai đã ký số",
        relationship: "source",
        content: Buffer.from(signedXml, "utf8"),
      },
    ],
  });
}
