/** Words of messages between provinces that are not done. `vi` defines the set, `en` satisfies it in full. */
import type { MessageFailure } from "./message-store.ts";
import type { Unfinished } from "./unfinished.ts";

const vi = {
  title: "Liên thông tỉnh khác",
  lead: (minutes: number, hours: number, times: number) =>
    `Tin của hồ sơ liên thông gửi đi hoặc nhận về quá ${minutes} phút mà chưa xong, cũ nhất ở trên. Tin không gửi được thì hệ thống tự gửi lại; khi đã thôi, cứ ${hours} giờ lại thử một lần, nhiều nhất ${times} lần. Bấm “Gửi lại” để thử ngay.`,
  none: "Mọi tin đã xong",
  noneText: "Khi một tin không đến được tỉnh khác hoặc không xử lý được, tin hiện ở đây kèm nguyên nhân.",
  province: "Tỉnh",
  message: "Tin",
  since: "Từ lúc",
  why: "Nguyên nhân",
  state: "Đang",
  act: "Việc cần làm",
  directions: { out: "Gửi đi", in: "Nhận về" } satisfies Record<Unfinished["direction"], string>,
  kinds: {
    open: "chuyển một phần hồ sơ",
    withdraw: "người nộp rút hồ sơ",
    release: "cho trả kết quả",
    state: "tình trạng và kết quả của phần",
  } satisfies Record<Unfinished["kind"], string>,
  number: (seq: number) => `tin số ${seq}`,
  failures: {
    silent: "Cổng của tỉnh bên không trả lời, hoặc không nhận chữ ký.",
    refused: "Hệ thống của tỉnh bên từ chối tin này.",
    "no-address": "Chưa cấu hình địa chỉ hoặc khóa chung với tỉnh bên.",
    broken: "Lỗi khi xử lý tại hệ thống của tỉnh.",
  } satisfies Record<MessageFailure, string>,
  untried: "Chưa thử lần nào.",
  waits: {
    number: "Tin trước đó của tỉnh bên chưa đến.",
    files: "Giấy tờ của tin chưa đến đủ.",
    turn: "Chờ tin trước đó xử lý xong.",
  } satisfies Record<NonNullable<Unfinished["waits"]>, string>,
  theirs: {
    number: "Đề nghị tỉnh bên gửi lại.",
    files: "Đề nghị tỉnh bên gửi lại.",
    turn: "Xử lý tin đến trước.",
  } satisfies Record<NonNullable<Unfinished["waits"]>, string>,
  conversation: "Mã trao đổi",
  detail: "Chi tiết kỹ thuật",
  lastTry: (at: string) => `Lần thử gần nhất: ${at}`,
  live: "Tự gửi lại",
  resting: (done: number, most: number) => `Đã thôi; tự thử lại ${done}/${most} lần`,
  stopped: "Không tự gửi lại nữa",
  waiting: "Chờ",
  age: (days: number, hours: number, minutes: number) =>
    days > 0 ? `${days} ngày ${hours} giờ` : hours > 0 ? `${hours} giờ ${minutes} phút` : `${minutes} phút`,
  again: "Gửi lại",
  actAgain: "Xử lý lại",
  aria: (label: string, province: string, seq: number) => `${label}: ${province}, tin số ${seq}`,
  said: {
    again: "Đang gửi lại. Tin xong thì không còn ở danh sách này.",
    waits: "Chưa gửi lại được: đang chờ tin hoặc giấy tờ của tỉnh bên.",
    gone: "Tin này đã xong.",
  },
  more: "Xem tiếp",
  first: "Về đầu danh sách",
  desk: {
    out: (province: string, since: string) =>
      `Tin gửi ${province} chưa đến nơi, từ ${since}. Tỉnh bên chưa biết thay đổi mới nhất của phần này.`,
    in: (province: string, since: string) =>
      `Tin của ${province} nhận lúc ${since} chưa xử lý xong. Tình trạng của phần này có thể chưa mới nhất.`,
    told: "Quản trị viên đã được báo.",
  },
};

const en: typeof vi = {
  title: "Other provinces",
  lead: (minutes, hours, times) =>
    `Messages of linked filings, sent or received more than ${minutes} minutes ago and not done, the oldest first. What could not be sent is tried again by itself; once that is given up, every ${hours} hours, at most ${times} times. “Send again” tries at once.`,
  none: "Every message is done",
  noneText: "A message that does not reach another province, or cannot be acted on, is shown here with the cause.",
  province: "Province",
  message: "Message",
  since: "Since",
  why: "Cause",
  state: "Now",
  act: "What to do",
  directions: { out: "Sent", in: "Received" },
  kinds: {
    open: "passes a part on",
    withdraw: "the applicant withdrew",
    release: "the result may be given",
    state: "state and result of the part",
  },
  number: (seq) => `message ${seq}`,
  failures: {
    silent: "The other province's portal does not answer, or does not accept the signature.",
    refused: "The other province's system refuses this message.",
    "no-address": "The other province's address or the shared key is not configured.",
    broken: "An error in this province's system.",
  },
  untried: "Not tried yet.",
  waits: {
    number: "An earlier message of the other province has not come.",
    files: "Papers of the message have not come.",
    turn: "Waits for the message before it.",
  },
  theirs: {
    number: "Ask that province to send it again.",
    files: "Ask that province to send it again.",
    turn: "See to the message before it.",
  },
  conversation: "Conversation",
  detail: "Technical detail",
  lastTry: (at) => `Last tried: ${at}`,
  live: "Tried again by itself",
  resting: (done, most) => `Given up; tried again ${done} of ${most} times`,
  stopped: "Not tried any more",
  waiting: "Waits",
  age: (days, hours, minutes) =>
    days > 0 ? `${days} d ${hours} h` : hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min`,
  again: "Send again",
  actAgain: "Act on it again",
  aria: (label, province, seq) => `${label}: ${province}, message ${seq}`,
  said: {
    again: "Being sent again. Once it is done it leaves this list.",
    waits: "Not sent again: a message or papers of the other province are waited for.",
    gone: "This message is done.",
  },
  more: "Further",
  first: "Back to the beginning",
  desk: {
    out: (province, since) =>
      `A message to ${province} has not arrived, since ${since}. That province does not know the latest change of this part.`,
    in: (province, since) =>
      `A message of ${province}, received ${since}, is not acted on yet. What is shown of this part may not be the latest.`,
    told: "The administrators were told.",
  },
};

export const unfinishedMessages = { vi, en } as const;
