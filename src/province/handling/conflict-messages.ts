/** Of two officers on one dossier: what the second one reads. */
const vi = {
  title: "Hồ sơ đã thay đổi từ khi bạn mở trang",
  nobody: "Bản bạn mở không còn là bản mới nhất.",
  state: "Trạng thái hiện nay",
  note: "Nội dung xử lý hiện nay",
  kept: "Nội dung bạn đã nhập được giữ nguyên bên dưới; chưa có gì được ghi vào hồ sơ.",
  keptHere: "Nội dung bạn đã nhập (chưa được ghi vào hồ sơ)",
  over: "Việc này không còn làm được ở trạng thái hiện nay. Hãy chép lại nội dung bạn cần giữ.",
};

const en: typeof vi = {
  title: "The dossier has changed since you opened the page",
  nobody: "The version you opened is no longer the newest.",
  state: "State now",
  note: "Working note now",
  kept: "What you typed is kept below; nothing has been written to the dossier.",
  keptHere: "What you typed (not written to the dossier)",
  over: "This can no longer be done in the present state. Copy what you want to keep.",
};

export const conflictMessages = { vi, en };
