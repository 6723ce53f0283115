/** Words of sending papers in the browser; what the server says about a file comes from the server. */
const vi = {
  sending: (name: string) => `Đang tải lên: ${name}`,
  waiting: (name: string) => `Mất kết nối. “${name}” sẽ tự tải tiếp khi có mạng.`,
  retrying: (name: string) => `Máy chủ chưa trả lời. Sẽ thử lại “${name}”.`,
  failed: (name: string) => `Chưa tải lên được “${name}”. Chọn lại đúng tệp này để tải tiếp từ chỗ dừng.`,
  cancel: "Thôi",
  choose: "Chọn tệp",
  camera: "Chụp ảnh",
  heic: (name: string) =>
    `Trình duyệt này không mở được ảnh HEIC “${name}”. Trên iPhone: Cài đặt › Camera › Định dạng › “Tương thích nhất”, hoặc lưu ảnh thành JPG rồi chọn lại.`,
  small: "Ảnh nhỏ, chữ có thể không đọc được. Chụp gần hơn.",
  blurred: "Ảnh có thể bị mờ. Xem lại; nếu khó đọc thì chụp lại.",
  blurredSent: (name: string) => `“${name}” có thể bị mờ hoặc quá nhỏ. Mở xem lại; nếu khó đọc thì xóa và chụp lại.`,
  tray: (count: number) => `${count} trang chưa gửi`,
  trayHint: "Xoay, bỏ hoặc thêm trang, rồi gửi.",
  page: (number: number) => `Trang ${number}`,
  rotate: "Xoay",
  drop: "Bỏ",
  earlier: "Lên trước",
  more: "Thêm trang",
  merge: "Gửi thành một tệp PDF",
  single: "Gửi từng ảnh riêng",
  give: "Gửi ảnh này",
  discard: "Thôi, không gửi",
  unsent: "Còn trang chưa gửi. Gửi hoặc bỏ các trang này rồi tiếp tục.",
  merged: "Giấy tờ",
};

const en: typeof vi = {
  sending: (name) => `Uploading: ${name}`,
  waiting: (name) => `No connection. “${name}” goes on by itself when there is one.`,
  retrying: (name) => `The server does not answer. “${name}” will be tried again.`,
  failed: (name) => `“${name}” was not uploaded. Choose the same file again to go on where it stopped.`,
  cancel: "Cancel",
  choose: "Choose files",
  camera: "Take a photo",
  heic: (name) =>
    `This browser cannot open the HEIC photo “${name}”. On an iPhone: Settings › Camera › Formats › “Most Compatible”, or save it as JPG and choose that.`,
  small: "The picture is small; words may be unreadable. Take it from closer.",
  blurred: "The picture may be blurred. Look at it; if it is hard to read, take it again.",
  blurredSent: (name) => `“${name}” may be blurred or too small. Look at it; if it is hard to read, take it again.`,
  tray: (count) => `${count} ${count === 1 ? "page" : "pages"} not sent yet`,
  trayHint: "Turn, remove or add pages, then send.",
  page: (number) => `Page ${number}`,
  rotate: "Turn",
  drop: "Remove",
  earlier: "Move up",
  more: "Add a page",
  merge: "Send as one PDF",
  single: "Send as separate pictures",
  give: "Send this picture",
  discard: "Do not send",
  unsent: "Some pages are not sent yet. Send or remove them, then continue.",
  merged: "Paper",
};

export type UploadWords = typeof vi;

export function uploadWords(): UploadWords {
  return document.documentElement.lang === "en" ? en : vi;
}
