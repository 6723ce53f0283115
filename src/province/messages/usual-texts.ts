/**
 * The words of every event, in both languages, until a province writes its own. `{…}` stands for a fact; what is in `[…]` is left
 * out when a fact in it is not known.
 */
import type { Lang } from "#kit/i18n.ts";
import type { NoticeEvent } from "./notice.ts";

export interface NoticeWords {
  readonly title: string;
  /** One or two sentences; the number of the dossier stands before them. */
  readonly text: string;
}

const vi: Record<NoticeEvent, NoticeWords> = {
  filed: {
    title: "Hồ sơ đã gửi",
    text: "Hồ sơ đã đến cơ quan giải quyết và đang chờ tiếp nhận.",
  },
  received: {
    title: "Đã tiếp nhận",
    text: "[Mã hồ sơ {ma_ho_so}. ]Cơ quan giải quyết đã tiếp nhận.[ Hẹn trả kết quả {ngay_hen}.]",
  },
  declined: {
    title: "Không được tiếp nhận",
    text: "Hồ sơ không được tiếp nhận. Lý do và cách làm lại có trên cổng dịch vụ công.",
  },
  "supplement-requested": {
    title: "Cần bổ sung hồ sơ",
    text: "Cơ quan giải quyết cần bạn bổ sung. Thời gian xử lý tạm dừng đến khi bạn gửi phần bổ sung[, trước {ngay_hen}].",
  },
  "supplement-reminder": {
    title: "Sắp hết hạn bổ sung",
    text: "Hồ sơ vẫn chờ bạn bổ sung[, trước {ngay_hen}]. Đăng nhập cổng dịch vụ công để gửi.",
  },
  "fee-due": {
    title: "Cần nộp phí, lệ phí",
    text: "Hồ sơ đang chờ bạn nộp phí, lệ phí. Đăng nhập cổng dịch vụ công để xem và thanh toán.",
  },
  paid: {
    title: "Đã nhận phí, lệ phí",
    text: "Đã nhận đủ phí, lệ phí[: {so_tien}]. Biên lai có trên cổng dịch vụ công.",
  },
  refunded: {
    title: "Đã trả lại tiền",
    text: "Đã trả lại tiền[ {so_tien}] cho người nộp.",
  },
  "payment-reversed": {
    title: "Khoản nộp bị thu hồi",
    text: "Ngân hàng hoặc ví đã thu hồi khoản đã nộp. Đăng nhập cổng dịch vụ công để xem cần làm gì.",
  },
  "put-off": {
    title: "Xin lỗi và hẹn lại ngày trả",
    text: "Cơ quan giải quyết xin lỗi vì trả kết quả chậm.[ Ngày hẹn mới: {ngay_hen}.]",
  },
  "date-moved": {
    title: "Ngày hẹn trả được tính lại",
    text: "Ngày hẹn trả đã được tính lại.[ Ngày mới: {ngay_hen}.]",
  },
  "result-ready": {
    title: "Đã có kết quả",
    text: "Kết quả đã được ký và sắp được trả cho bạn.",
  },
  returned: {
    title: "Đã trả kết quả",
    text: "Kết quả đã được trả. Đăng nhập cổng dịch vụ công để xem, tải về và đánh giá.",
  },
  refused: {
    title: "Bị từ chối giải quyết",
    text: "Hồ sơ bị từ chối giải quyết. Lý do có trong phiếu trên cổng dịch vụ công.",
  },
  stopped: {
    title: "Dừng giải quyết",
    text: "Hồ sơ đã dừng giải quyết. Lý do có trong thông báo trên cổng dịch vụ công.",
  },
  withdrawn: { title: "Đã rút hồ sơ", text: "Hồ sơ đã được rút theo yêu cầu của bạn." },
  letter: {
    title: "Lời nhắn của cán bộ",
    text: "Cán bộ giải quyết có lời nhắn về hồ sơ. Đăng nhập cổng dịch vụ công để đọc và trả lời.",
  },
  posted: { title: "Kết quả đã gửi bưu chính", text: "Bưu chính đã nhận kết quả để phát đến địa chỉ của bạn." },
  delivered: { title: "Kết quả đã phát đến nơi", text: "Bưu chính báo đã phát kết quả đến địa chỉ của bạn." },
  "delivery-failed": {
    title: "Bưu chính phát không được",
    text: "Bưu tá đến mà không phát được kết quả và sẽ phát lại. Hãy để ý điện thoại của bạn.",
  },
  "letter-back": {
    title: "Kết quả về lại một cửa",
    text: "Bưu chính không phát được nên đã hoàn lại. Mời bạn đến bộ phận một cửa nhận, hoặc nhờ gửi lại.",
  },
  "letter-lost": {
    title: "Bưu gửi bị thất lạc",
    text: "Bưu chính báo thất lạc bưu gửi của hồ sơ. Bộ phận một cửa sẽ liên hệ với bạn; bạn không phải trả cước lần nữa.",
  },
  "papers-missed": {
    title: "Bưu tá chưa nhận được giấy tờ",
    text: "Bưu tá đến nhà mà chưa nhận được giấy tờ của bạn và sẽ đến lại.",
  },
  "papers-arrived": {
    title: "Giấy tờ đã đến một cửa",
    text: "Bộ phận một cửa đã nhận giấy tờ bạn gửi qua bưu chính.",
  },
  "postage-due": {
    title: "Cần trả cước bưu chính",
    text: "Kết quả điện tử được trả ngay; bản gửi về nhà đi khi bạn trả cước[: {so_tien}].",
  },
  "postage-paid": {
    title: "Đã nhận cước bưu chính",
    text: "Đã nhận cước bưu chính[: {so_tien}]. Kết quả được gửi về nhà bạn.",
  },
  "post-cancelled": {
    title: "Đã hủy đơn bưu chính",
    text: "Đơn bưu chính của hồ sơ đã hủy. Cước đã trả trên mạng mà chưa dùng, nếu có, được hoàn lại.",
  },
  "post-goes-on": {
    title: "Bưu gửi vẫn đi tiếp",
    text: "Bưu chính không hủy được đơn vì bưu gửi đã lên đường; bưu gửi vẫn được phát.",
  },
};

const en: Record<NoticeEvent, NoticeWords> = {
  filed: { title: "Dossier sent", text: "It is with the agency and waits to be received." },
  received: {
    title: "Received",
    text: "[Code {ma_ho_so}. ]The agency has received it.[ The result is due {ngay_hen}.]",
  },
  declined: {
    title: "Not accepted",
    text: "It was not accepted. The reason, and how to file again, are on the portal.",
  },
  "supplement-requested": {
    title: "More is needed from you",
    text: "The agency needs something more. The clock is stopped until you send it[, before {ngay_hen}].",
  },
  "supplement-reminder": {
    title: "The term to answer is ending",
    text: "It still waits for your answer[, before {ngay_hen}]. Sign in at the portal to send it.",
  },
  "fee-due": {
    title: "A fee is due",
    text: "It waits for your payment. Sign in at the portal to see and pay it.",
  },
  paid: {
    title: "Payment received",
    text: "The fee was received[: {so_tien}]. The receipt is on the portal.",
  },
  refunded: {
    title: "Money given back",
    text: "The money was given back to the payer[: {so_tien}].",
  },
  "payment-reversed": {
    title: "Payment taken back",
    text: "The bank or wallet took the payment back. Sign in at the portal to see what to do.",
  },
  "put-off": {
    title: "Apology and new date",
    text: "The agency apologises for the delay.[ The new date is {ngay_hen}.]",
  },
  "date-moved": { title: "New due date", text: "The due date was worked out anew[: {ngay_hen}]." },
  "result-ready": { title: "Decided", text: "The result is signed and about to be returned to you." },
  returned: {
    title: "Result returned",
    text: "The result was returned. Sign in at the portal to read, download and rate it.",
  },
  refused: { title: "Refused", text: "It was refused. The reason is in the slip on the portal." },
  stopped: { title: "Stopped", text: "It was stopped. The reason is in the notice on the portal." },
  withdrawn: { title: "Withdrawn", text: "It was withdrawn as you asked." },
  letter: {
    title: "A message from the officer",
    text: "The officer wrote to you about it. Sign in at the portal to read and answer.",
  },
  posted: { title: "Result given to the post", text: "The post has the result and brings it to your address." },
  delivered: { title: "Result delivered", text: "The post says that the result was delivered to your address." },
  "delivery-failed": {
    title: "The post could not deliver",
    text: "The courier came and could not hand the result over; another try follows. Please watch your phone.",
  },
  "letter-back": {
    title: "Result back at the one-stop unit",
    text: "The post could not deliver and brought it back. Collect it at the one-stop unit, or ask for it to be sent again.",
  },
  "letter-lost": {
    title: "The post lost the letter",
    text: "The post says that the letter is lost. The one-stop unit will call you; you do not pay postage twice.",
  },
  "papers-missed": {
    title: "Papers not collected yet",
    text: "The courier came and could not collect your papers; another try follows.",
  },
  "papers-arrived": {
    title: "Your papers have arrived",
    text: "The one-stop unit has the papers that you sent by post.",
  },
  "postage-due": {
    title: "Postage is due",
    text: "The electronic result is given at once; the letter goes when you pay the postage[: {so_tien}].",
  },
  "postage-paid": {
    title: "Postage received",
    text: "The postage was received[: {so_tien}]. The letter goes to your home.",
  },
  "post-cancelled": {
    title: "The post's order is cancelled",
    text: "What was ordered from the post is cancelled. Postage that was paid online and not used, if any, is given back.",
  },
  "post-goes-on": {
    title: "The letter goes on",
    text: "The post could not cancel the order because the letter is under way; it will be delivered.",
  },
};

export const USUAL_TEXTS: Readonly<Record<Lang, Readonly<Record<NoticeEvent, NoticeWords>>>> = { vi, en };
