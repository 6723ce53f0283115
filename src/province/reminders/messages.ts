/** Words of the reminders room. `vi` defines the set, `en` satisfies it in full. */
const vi = {
  title: "Nhắc việc",
  lead: "Hạn sắp đến, hồ sơ quá hạn, ý kiến được hỏi và được trả lời; mới nhất ở trên.",
  none: "Chưa có nhắc việc nào",
  noneText: "Khi một hồ sơ của bạn còn nửa thời gian, còn một phần năm hoặc quá hạn, nhắc việc hiện ở đây.",
  unread: "Chưa đọc",
  open: "Mở",
  readAll: "Đánh dấu tất cả đã đọc",
  older: "Cũ hơn",
  newest: "Về mới nhất",
  noCode: "Hồ sơ",
  kinds: {
    halfLeft: (code: string, due: string) => `${code}: còn một nửa thời gian, hẹn trả ${due}`,
    fifthLeft: (code: string, due: string) => `${code}: chỉ còn một phần năm thời gian, hẹn trả ${due}`,
    late: (code: string, due: string) => `${code}: đã quá hạn từ ${due}`,
    urged: (code: string, name: string, text: string) => `${code}: ${name} đôn đốc${text === "" ? "" : `: “${text}”`}`,
    digest: (late: number, soon: number, unreceived: number) =>
      `Tổng hợp trong ngày: ${late} hồ sơ quá hạn, ${soon} hồ sơ sắp đến hạn, ${unreceived} hồ sơ chậm tiếp nhận`,
    opinionAsked: (code: string, name: string, due: string) => `${code}: ${name} lấy ý kiến, trả lời trước ${due}`,
    opinionAnswered: (code: string, name: string) => `${code}: ${name} đã trả lời ý kiến`,
    opinionTakenBack: (code: string, name: string) => `${code}: ${name} không cần ý kiến nữa`,
    supplementAnswered: (code: string) => `${code}: công dân đã gửi phần bổ sung bạn yêu cầu.`,
    supplementExpired: (code: string) =>
      `${code}: đã quá thời hạn bổ sung mà chưa có phần bổ sung. Đề nghị bạn quyết định.`,
    supplementStopped: (code: string) => `${code}: đã dừng giải quyết vì quá thời hạn bổ sung.`,
    linkedUnfinished: (province: string) =>
      `Một tin của hồ sơ liên thông với ${province} chưa xong. Xem nguyên nhân và gửi lại ở trang quản trị “Liên thông tỉnh khác”.`,
    opinionOverdue: (code: string, name: string, due: string) =>
      `${code}: quá hạn ${due} mà ${name} chưa trả lời ý kiến`,
  },
  mail: {
    subject: (n: number) => `${n} nhắc việc mới`,
    text: (name: string, lines: string, address: string, sender: string) =>
      `Kính gửi ${name},\n\n${lines}\n\nĐăng nhập để xử lý: ${address}\n\n${sender}\nThư này được gửi tự động, không cần trả lời.`,
  },
};

const en: typeof vi = {
  title: "Reminders",
  lead: "Deadlines that come near, dossiers that are late, opinions asked and given; newest first.",
  none: "No reminders yet",
  noneText: "When half or a fifth of a dossier's time is left, or it is late, you are told here.",
  unread: "Unread",
  open: "Open",
  readAll: "Mark all as read",
  older: "Older",
  newest: "Back to the newest",
  noCode: "Dossier",
  kinds: {
    halfLeft: (code, due) => `${code}: half of the time is left, due ${due}`,
    fifthLeft: (code, due) => `${code}: only a fifth of the time is left, due ${due}`,
    late: (code, due) => `${code}: late since ${due}`,
    urged: (code, name, text) => `${code}: ${name} asks you to hurry${text === "" ? "" : `: “${text}”`}`,
    digest: (late, soon, unreceived) => `Today: ${late} late, ${soon} nearly late, ${unreceived} late to be received`,
    opinionAsked: (code, name, due) => `${code}: ${name} asks for an opinion, by ${due}`,
    opinionAnswered: (code, name) => `${code}: ${name} has given the opinion`,
    opinionTakenBack: (code, name) => `${code}: ${name} no longer needs the opinion`,
    supplementAnswered: (code) => `${code}: the citizen has answered your request for more.`,
    supplementExpired: (code) => `${code}: the term of your request has passed without an answer. Please decide.`,
    supplementStopped: (code) => `${code}: stopped, because your request was not answered in time.`,
    linkedUnfinished: (province) =>
      `A message of a linked filing with ${province} is not done. Its cause and “Send again” stand under administration, “Other provinces”.`,
    opinionOverdue: (code, name, due) => `${code}: ${name} has not given the opinion that was due ${due}`,
  },
  mail: {
    subject: (n) => `${n} new reminders`,
    text: (name, lines, address, sender) =>
      `Dear ${name},\n\n${lines}\n\nSign in to act: ${address}\n\n${sender}\nThis message was sent automatically; please do not answer it.`,
  },
};

export const messages = { vi, en } as const;
