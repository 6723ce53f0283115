import type { Text } from "#kit/i18n.ts";

/** vnp_ResponseCode of a payment, as VNPAY publishes them (return URL and IPN). */
export const RESPONSE_TEXTS: Readonly<Record<string, Text>> = {
  "00": { vi: "Giao dịch thành công.", en: "The payment went through." },
  "07": { vi: "Trừ tiền thành công. Giao dịch bị nghi ngờ.", en: "The money was taken; the transaction is suspected of fraud." },
  "09": { vi: "Thẻ chưa đăng ký dịch vụ thanh toán trực tuyến.", en: "The card is not registered for online payment." },
  "10": { vi: "Thông tin thẻ bị nhập sai quá 3 lần.", en: "The card's details were wrong more than 3 times." },
  "11": { vi: "Đã hết thời gian chờ thanh toán.", en: "The time for paying has run out." },
  "12": { vi: "Thẻ hoặc tài khoản bị khóa.", en: "The card or account is locked." },
  "13": { vi: "Mã OTP bị nhập sai.", en: "The OTP was wrong." },
  "24": { vi: "Khách hàng hủy giao dịch.", en: "The customer cancelled." },
  "51": { vi: "Tài khoản không đủ số dư.", en: "The account does not hold enough money." },
  "65": { vi: "Tài khoản vượt quá hạn mức giao dịch trong ngày.", en: "The account is over its daily limit." },
  "75": { vi: "Ngân hàng đang bảo trì.", en: "The bank is under maintenance." },
  "79": { vi: "Nhập sai mật khẩu thanh toán quá số lần quy định.", en: "The payment password was wrong too often." },
  "99": { vi: "Ngân hàng từ chối giao dịch (lỗi khác).", en: "The bank refused the transaction (other error)." },
};

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
