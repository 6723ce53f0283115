/** What a page of a draft says while it saves itself, and its error summary. */
const words = {
  vi: {
    error: "Lỗi: ",
    choose: "Xem và chọn",
    saved: (time: string) => `Đã lưu lúc ${time}`,
    restored: () => "Đã khôi phục những gì bạn nhập lần trước, đang lưu…",
    conflict: () => "Chưa lưu: bản nháp vừa được sửa ở nơi khác. Không có gì bị mất.",
    offline: () => "Chưa lưu: mất mạng. Nội dung được giữ trên máy này và tự gửi khi có mạng lại.",
    offlineHere: () => "Chưa lưu: mất mạng. Giữ trang này mở; hệ thống sẽ tự gửi khi có mạng lại.",
    expired: () => "Phiên làm việc đã hết. Bấm Lưu để đăng nhập lại; những gì đã nhập được giữ nguyên.",
  },
  en: {
    error: "Error: ",
    choose: "See both and choose",
    saved: (time: string) => `Saved at ${time}`,
    restored: () => "What you entered last time is back and is being saved…",
    conflict: () => "Not saved: the draft was just changed elsewhere. Nothing is lost.",
    offline: () => "Not saved: no network. Your answers are kept on this device and sent when it is back.",
    offlineHere: () => "Not saved: no network. Leave this page open; it is sent when the network is back.",
    expired: () => "Your session has ended. Press Save to sign in again; what you typed is kept.",
  },
};

export function draftWords(): (typeof words)["vi"] {
  return words[document.documentElement.lang === "en" ? "en" : "vi"];
}

/** A summary that stands gets shorter as things are put right; none appears while somebody is typing. */
export function renewSummary(markup: string): void {
  const own = document.querySelector(".govuk-error-summary");
  if (!own) return;
  const fresh = new DOMParser().parseFromString(markup, "text/html").querySelector(".govuk-error-summary__list");
  if (!fresh) return own.remove();
  const list = own.querySelector(".govuk-error-summary__list");
  if (list && list.innerHTML !== fresh.innerHTML) list.innerHTML = fresh.innerHTML;
}

/** The summary at the head of the page, with focus. */
export function showSummary(place: Element, markup: string): void {
  document.querySelector(".govuk-error-summary")?.remove();
  const summary = new DOMParser()
    .parseFromString(markup, "text/html")
    .querySelector<HTMLElement>(".govuk-error-summary");
  if (!summary) return;
  const placed = document.importNode(summary, true);
  place.prepend(placed);
  placed.focus();
  placed.scrollIntoView({ block: "start" });
}

/** Said first in the title, so that a screen reader says it first. */
export function markFailed(): void {
  const { error } = draftWords();
  if (!document.title.startsWith(error)) document.title = error + document.title;
}
