import { formatDate } from "#kit/calendar.ts";
import { csvText } from "#kit/csv.ts";
import type { ReceiptRow } from "./accounting-view.ts";

const HEAD = [
  "STT",
  "Mẫu số",
  "Ký hiệu",
  "Số biên lai",
  "Ngày lập",
  "Tên người nộp",
  "Loại thu",
  "Nội dung thu",
  "Số tiền",
  "Mức thu",
  "Trạng thái",
  "Kỳ",
  "Biên lai liên quan: mẫu số",
  "Biên lai liên quan: ký hiệu",
  "Biên lai liên quan: số",
  "Ghi chú",
];

/** Statements to the tax office are in Vietnamese. */
const GONE_BACK = { "taken-back": "Ngân hàng đã thu hồi tiền", returned: "Đã hoàn trả tiền" } as const;

/**
 * Table 01/TH-BLĐT of one day (NĐ 254/2026/NĐ-CP Đ29.3b: form, series, number, date, kind, amount, rate, state, period,
 * related receipt, note). Pure.
 */
export function summaryCsv(day: string, rows: readonly ReceiptRow[]): string {
  const lines = rows.map((row, index) => [
    String(index + 1),
    row.form,
    row.series,
    String(row.number).padStart(8, "0"),
    formatDate(row.createdAt),
    row.payer,
    row.kind === "fee" ? "Phí" : "Lệ phí",
    row.what,
    String(row.amount),
    row.rate,
    row.oldSeries ? "Thay thế" : "Mới",
    formatDate(day),
    row.oldForm ?? "",
    row.oldSeries ?? "",
    row.oldNumber === null ? "" : String(row.oldNumber).padStart(8, "0"),
    [row.reason, row.goneBack && GONE_BACK[row.goneBack]].filter(Boolean).join("; "),
  ]);
  return csvText([HEAD, ...lines]);
}
