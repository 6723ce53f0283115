/** Words of the conversation room. `vi` defines the set, `en` satisfies it in full. */
import type { LetterRefusal } from "./letter.ts";

const vi = {
  title: "Trao đổi về hồ sơ",
  leadCitizen:
    "Hỏi và trả lời cán bộ đang giải quyết hồ sơ. Việc cần sửa trong hồ sơ luôn được gửi riêng ở mục “Bổ sung hồ sơ”.",
  leadOfficer: "Nhắn cho người nộp. Nội dung cần sửa hoặc giấy tờ còn thiếu: dùng “Yêu cầu bổ sung hồ sơ”.",
  none: "Chưa có lời nhắn nào.",
  you: "Bạn",
  seen: (when: string) => `Đã xem ${when}`,
  notSeen: "Chưa xem",
  body: "Lời nhắn",
  files: "Tệp đính kèm (không bắt buộc)",
  filesHint: "PDF, ảnh, Word, Excel; nhiều nhất 5 tệp, mỗi tệp 20 MB.",
  kept: "Đã nhận tệp",
  send: "Gửi lời nhắn",
  sent: "Đã gửi lời nhắn.",
  closed: "Hồ sơ đã kết thúc nên không nhắn thêm được. Những lời nhắn cũ vẫn được giữ ở đây.",
  open: "Trao đổi với cán bộ",
  openDesk: "Trao đổi với người nộp",
  unread: (n: number) => `${n} tin chưa đọc`,
  empty: "Nhập lời nhắn hoặc chọn một tệp.",
  tooLong: "Lời nhắn dài nhất 4.000 ký tự. Hãy rút gọn hoặc gửi trong tệp.",
  tooManyFiles: "Mỗi lời nhắn có nhiều nhất 5 tệp.",
  refusals: {
    "not-found": "Không tìm thấy hồ sơ này.",
    closed: "Hồ sơ đã kết thúc nên không nhắn thêm được.",
    "too-many": "Hồ sơ này đã có 100 lời nhắn. Hãy gọi số điện thoại của cơ quan ở cuối trang.",
  } satisfies Record<LetterRefusal, string>,
};

const en: typeof vi = {
  title: "Messages about the dossier",
  leadCitizen:
    "Ask and answer the officers who handle your dossier. What must be corrected is always asked for separately, under “Answer the request”.",
  leadOfficer: "Write to the applicant. For corrections or missing papers ask for a supplement instead.",
  none: "No messages yet.",
  you: "You",
  seen: (when: string) => `Seen ${when}`,
  notSeen: "Not seen yet",
  body: "Message",
  files: "Files (optional)",
  filesHint: "PDF, pictures, Word, Excel; at most 5 files of 20 MB.",
  kept: "File taken",
  send: "Send the message",
  sent: "The message was sent.",
  closed: "The dossier has ended, so nothing more can be written. What was written stays here.",
  open: "Write to the officer",
  openDesk: "Write to the applicant",
  unread: (n: number) => `${n} unread`,
  empty: "Write something or choose a file.",
  tooLong: "A message has at most 4,000 characters. Make it shorter or send it in a file.",
  tooManyFiles: "A message has at most 5 files.",
  refusals: {
    "not-found": "There is no such dossier.",
    closed: "The dossier has ended, so nothing more can be written.",
    "too-many": "This dossier has 100 messages. Please call the agency; the number is below.",
  },
};

export const messages = { vi, en } as const;
