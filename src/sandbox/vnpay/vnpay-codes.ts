import type { Text } from "#kit/i18n.ts";

/** Codes of VNPAY's error page, before a payment exists. */
export const ERROR_PAGE_TEXTS: Readonly<Record<string, Text>> = {
  "03": { vi: "Dữ liệu gửi sang không đúng định dạng.", en: "The data sent is not in the right format." },
  "15": { vi: "Giao dịch đã quá thời gian chờ thanh toán.", en: "The time for paying this transaction has run out." },
  "70": { vi: "Sai chữ ký.", en: "Wrong signature." },
  "72": { vi: "Không tìm thấy website (mã TmnCode).", en: "The website (TmnCode) is not known." },
  "76": { vi: "Ngân hàng thanh toán không được hỗ trợ.", en: "The bank is not supported." },
  "94": { vi: "Mã giao dịch đã được sử dụng.", en: "This transaction reference has been used." },
};

export const BANKS: readonly { readonly code: string; readonly name: string }[] = [
  { code: "NCB", name: "NCB" },
  { code: "VIETINBANK", name: "VietinBank" },
  { code: "VIETCOMBANK", name: "Vietcombank" },
  { code: "BIDV", name: "BIDV" },
  { code: "AGRIBANK", name: "Agribank" },
  { code: "TECHCOMBANK", name: "Techcombank" },
  { code: "MBBANK", name: "MB" },
  { code: "SACOMBANK", name: "Sacombank" },
];
