import type { Lang } from "#kit/i18n.ts";
import type { ResultRefusal } from "./result.ts";

type Messages = Readonly<Record<ResultRefusal, string>>;

const vi: Messages = {
  "number-missing": "Nhập số, ký hiệu của kết quả, ví dụ 1635/GCN-SNN.",
  "number-too-long": "Số, ký hiệu có nhiều nhất 100 ký tự.",
  "summary-missing": "Nhập trích yếu: kết quả này cấp cho ai, về việc gì.",
  "summary-too-long": "Trích yếu có nhiều nhất 2.000 ký tự.",
  "effective-on-wrong": "Nhập ngày hiệu lực có thật, ví dụ 22/07/2020.",
  "expires-on-wrong": "Nhập ngày hết hạn có thật, ví dụ 22/07/2025, hoặc để trống nếu không có thời hạn.",
  "expires-before-effective": "Ngày hết hạn phải từ ngày hiệu lực trở đi.",
  "file-not-pdf": "Tệp kết quả phải là PDF. Hãy xuất văn bản ra PDF rồi tải lên lại.",
  "file-encrypted": "Tệp PDF đang đặt mật khẩu nên không ký được. Hãy bỏ mật khẩu rồi tải lên lại.",
  "file-active-content":
    "Tệp PDF có nội dung có thể tự thay đổi (tập lệnh, biểu mẫu, lớp ẩn, tệp nhúng) nên không được ký. Hãy in lại ra PDF rồi tải lên.",
  "file-broken": "Tệp PDF bị hỏng cấu trúc nên không ký được. Hãy xuất lại ra PDF rồi tải lên.",
};

const en: Messages = {
  "number-missing": "Enter the number and symbol of the result, for example 1635/GCN-SNN.",
  "number-too-long": "Number and symbol have at most 100 characters.",
  "summary-missing": "Enter the summary: to whom this result is given and about what.",
  "summary-too-long": "The summary has at most 2,000 characters.",
  "effective-on-wrong": "Enter a real effective date, for example 22/07/2020.",
  "expires-on-wrong": "Enter a real expiry date, for example 22/07/2025, or leave it empty when there is none.",
  "expires-before-effective": "The expiry date must not be before the effective date.",
  "file-not-pdf": "The result must be a PDF. Export the document as PDF and upload it again.",
  "file-encrypted": "The PDF has a password and cannot be signed. Remove the password and upload it again.",
  "file-active-content":
    "The PDF holds content that can change by itself (scripts, form fields, hidden layers, embedded files), so it must not be signed. Print it to PDF again and upload that.",
  "file-broken": "The PDF's structure is broken and it cannot be signed. Export it as PDF again and upload it.",
};

export const messages = { vi, en };

export function resultRefusalText(reason: ResultRefusal, lang: Lang): string {
  return messages[lang][reason];
}
