import type { Text } from "#kit/i18n.ts";

/** MoMo's published result codes that the stand-in can give (developers.momo.vn, result handling), with its message. */
export const MOMO_MESSAGES: Readonly<Record<number, Text>> = {
  0: { vi: "Thành công.", en: "Successful." },
  10: { vi: "Hệ thống đang được bảo trì.", en: "System is under maintenance." },
  11: { vi: "Truy cập bị từ chối.", en: "Access denied." },
  13: { vi: "Xác thực doanh nghiệp thất bại.", en: "Merchant authentication failed." },
  20: { vi: "Yêu cầu sai định dạng.", en: "Bad format request." },
  21: { vi: "Số tiền giao dịch không hợp lệ.", en: "Request rejected because of invalid amount." },
  40: { vi: "RequestId bị trùng.", en: "Duplicated requestId." },
  41: { vi: "OrderId bị trùng.", en: "Duplicated orderId." },
  42: { vi: "OrderId không hợp lệ hoặc không được tìm thấy.", en: "Invalid orderId or orderId is not found." },
  99: { vi: "Lỗi không xác định.", en: "Unknown error." },
  1000: {
    vi: "Giao dịch đã được khởi tạo, chờ người dùng xác nhận thanh toán.",
    en: "Transaction is initiated, waiting for user confirmation.",
  },
  1001: {
    vi: "Giao dịch thanh toán thất bại do tài khoản người dùng không đủ tiền.",
    en: "Transaction failed due to insufficient funds.",
  },
  1002: {
    vi: "Giao dịch bị từ chối do nhà phát hành tài khoản thanh toán.",
    en: "Transaction rejected by the issuers of the payment methods.",
  },
  1003: { vi: "Giao dịch bị đã bị hủy.", en: "Transaction cancelled." },
  1004: {
    vi: "Giao dịch thất bại do số tiền thanh toán vượt quá hạn mức thanh toán của người dùng.",
    en: "Transaction failed because the amount exceeds daily/monthly payment limit.",
  },
  1005: {
    vi: "Giao dịch thất bại do url hoặc QR code đã hết hạn.",
    en: "Transaction failed because the url or QR code expired.",
  },
  1006: {
    vi: "Giao dịch thất bại do người dùng đã từ chối xác nhận thanh toán.",
    en: "Transaction failed because user has denied to confirm the payment.",
  },
  1007: {
    vi: "Giao dịch bị từ chối vì tài khoản không tồn tại hoặc đang ở trạng thái ngưng hoạt động.",
    en: "Transaction rejected due to inactive or nonexistent user's account.",
  },
  1080: { vi: "Giao dịch hoàn tiền bị từ chối.", en: "The transaction refund attempt failed during processing." },
  1081: {
    vi: "Giao dịch hoàn tiền bị từ chối. Giao dịch thanh toán ban đầu có thể đã được hoàn.",
    en: "The transaction refund attempt was rejected. The original transaction might have been refunded.",
  },
  4100: {
    vi: "Giao dịch thất bại do người dùng không đăng nhập thành công.",
    en: "Transaction failed because user failed to login.",
  },
  7000: { vi: "Giao dịch đang được xử lý.", en: "Transaction is being processed." },
  9000: { vi: "Giao dịch đã được xác nhận thành công.", en: "Transaction is authorized successfully." },
};

export function momoMessage(resultCode: number, lang: "vi" | "en"): string {
  return (MOMO_MESSAGES[resultCode] ?? MOMO_MESSAGES[99] ?? { vi: "", en: "" })[lang];
}
