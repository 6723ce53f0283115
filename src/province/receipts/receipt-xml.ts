import { formatIsoLocal } from "#kit/calendar.ts";
import { dongInWords } from "#kit/money.ts";
import { type Receipt, receiptNumber, receiptTitle } from "./receipt.ts";

/**
 * The receipt's data as XML, in two parts as TT 91/2026/TT-BTC Đ18 asks: business data, then the collector's signature.
 * The element names are OURS (namespace `urn:motcua:bien-lai:1`): the tax department publishes its own data components,
 * which were not at hand; `signXml` signs the element `DuLieu`. An adapter to the published names replaces this file.
 *
 *   BienLai / DuLieu[Id] : TenBienLai LoaiThu MauSo KyHieu So NgayThu NgayKy MaXacMinh
 *     ToChucThu(Ten MaSoThue DiaChi) NguoiNop(HoTen DiaChi) HoSo(Ma So ThuTuc)
 *     KhoanThu(Dong(SoThuTu Ma Ten SoLuong DonGia ThanhTien CanCu)…)
 *     BienLaiBiThayThe(MauSo KyHieu So NgayKy LyDo)? TongTien TongTienBangChu DongTien HinhThucThanhToan
 * Amounts are whole đồng without separators; times are ISO 8601 with +07:00.
 */
export const RECEIPT_XML_ELEMENT = "DuLieu";

export function receiptXml(receipt: Receipt): string {
  const { content } = receipt;
  const data = [
    leaf("TenBienLai", receiptTitle(receipt.kind)),
    leaf("LoaiThu", receipt.kind === "fee" ? "PHI" : "LE_PHI"),
    leaf("MauSo", receipt.form),
    leaf("KyHieu", receipt.series),
    leaf("So", receiptNumber(receipt.number)),
    leaf("NgayThu", formatIsoLocal(receipt.paidAt)),
    leaf("NgayKy", formatIsoLocal(receipt.createdAt)),
    leaf("MaXacMinh", receipt.code),
    group(
      "ToChucThu",
      leaf("Ten", content.collector.name),
      leaf("MaSoThue", content.collector.taxCode),
      leaf("DiaChi", content.collector.address),
    ),
    group("NguoiNop", leaf("HoTen", content.payer.name), leaf("DiaChi", content.payer.address)),
    group(
      "HoSo",
      leaf("Ma", content.dossier.code),
      leaf("So", content.dossier.number),
      leaf("ThuTuc", content.dossier.procedureName),
    ),
    group(
      "KhoanThu",
      ...content.lines.map((line, index) =>
        group(
          "Dong",
          leaf("SoThuTu", index + 1),
          leaf("Ma", line.code),
          leaf("Ten", line.name),
          leaf("SoLuong", line.quantity),
          leaf("DonGia", line.unitAmount),
          leaf("ThanhTien", line.amount),
          leaf("CanCu", line.basis),
        ),
      ),
    ),
    ...(content.replaces
      ? [
          group(
            "BienLaiBiThayThe",
            leaf("MauSo", content.replaces.form),
            leaf("KyHieu", content.replaces.series),
            leaf("So", content.replaces.number),
            leaf("NgayKy", formatIsoLocal(new Date(content.replaces.date))),
            leaf("LyDo", content.replaces.reason),
          ),
        ]
      : []),
    leaf("TongTien", receipt.amount),
    leaf("TongTienBangChu", dongInWords(receipt.amount)),
    leaf("DongTien", "VND"),
    leaf("HinhThucThanhToan", content.method),
  ].join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<BienLai xmlns="urn:motcua:bien-lai:1"><${RECEIPT_XML_ELEMENT} Id="du-lieu">${data}</${RECEIPT_XML_ELEMENT}></BienLai>`;
}

function group(name: string, ...children: readonly string[]): string {
  return `<${name}>${children.join("")}</${name}>`;
}

function leaf(name: string, value: string | number | undefined): string {
  return value === undefined || value === "" ? "" : `<${name}>${escapeText(String(value))}</${name}>`;
}

function escapeText(text: string): string {
  // XML 1.0 has no form at all for most control characters: they are dropped, not escaped.
  const printable = text
    .normalize("NFC")
    .replaceAll(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      "",
    );
  return printable.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\r", "&#13;");
}
