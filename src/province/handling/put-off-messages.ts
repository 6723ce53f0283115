import { formatDateTime } from "#kit/calendar.ts";

const vi = {
  title: "Xin lỗi và hẹn lại ngày trả kết quả",
  lead: "Chỉ được gia hạn một lần, chậm nhất một ngày trước ngày hẹn trả. Công dân nhận phiếu xin lỗi với lý do và ngày hẹn mới.",
  due: "Hẹn trả",
  days: "Số ngày gia hạn",
  daysHint: "Ngày làm việc, hoặc ngày theo lịch nếu thời hạn của thủ tục tính theo lịch. Từ 1 đến 60.",
  reason: "Lý do",
  reasonHint:
    "Câu này in trên phiếu gửi công dân. Ví dụ: Đoàn kiểm tra chưa vào được kho do mưa lũ từ 29/06 đến 03/07.",
  lateReason: "Vì sao gia hạn muộn",
  lateReasonHint: "Đã quá hạn để gia hạn theo quy định; lãnh đạo ghi lý do để lưu vết. Công dân không thấy câu này.",
  confirm: "Gửi phiếu xin lỗi và hẹn lại",
  tooLate: "Đã quá thời điểm được gia hạn (một ngày trước ngày hẹn trả). Hãy trình lãnh đạo quyết định.",
  done: (due: Date) => `Đã hẹn lại: ${formatDateTime(due)}. Phiếu xin lỗi đã được ký và gửi.`,
};

const en: typeof vi = {
  title: "Apologise and set a new date",
  lead: "An answer is put off once, at the latest one day before it is due. The citizen gets a slip with the reason and the new date.",
  due: "Due",
  days: "Days more",
  daysHint: "Working days, or days of the calendar where the procedure counts those. 1 to 60.",
  reason: "Reason",
  reasonHint: "Printed on the citizen's slip, in Vietnamese.",
  lateReason: "Why so late",
  lateReasonHint:
    "It is past the time at which an answer may be put off; the leader's reason is kept. The citizen does not see it.",
  confirm: "Send the apology and the new date",
  tooLate: "It is too late to put the answer off (one day before it is due). A leader has to decide.",
  done: (due: Date) => `New date: ${formatDateTime(due)}. The apology is signed and sent.`,
};

export const putOffMessages = { vi, en };
