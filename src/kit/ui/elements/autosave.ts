/**
 * `<live-form>` around a form that keeps a draft: saves a moment after the last key, shows questions as answers ask for
 * them, adds and removes rows in place. It posts the very form that the buttons post; without it everything works by hand.
 */
import { syncQuestions } from "./conditional.ts";
import { focusAfterRowAction, rowAction } from "./repeat-rows.ts";

const AFTER_TYPING_MS = 1_500;
const AFTER_CHOOSING_MS = 120;
const RETRY_MS = [3_000, 10_000, 30_000];

const words = {
  vi: {
    saving: "Đang lưu…",
    offline: "Chưa lưu được vì mất kết nối. Nội dung vẫn còn trên trang này; hệ thống sẽ thử lại.",
    expired: "Phiên làm việc đã hết. Bấm Lưu để đăng nhập lại; những gì đã nhập được giữ nguyên.",
  },
  en: {
    saving: "Saving…",
    offline: "Not saved: no connection. Everything is still on this page; saving will be tried again.",
    expired: "Your session has ended. Press Save to sign in again; what you typed is kept.",
  },
};

class LiveForm extends HTMLElement {
  #timer: number | undefined;
  /** When the next save is due, by the clock of the page. */
  #due = Number.POSITIVE_INFINITY;
  #busy = false;
  /** Something changed while a save was on its way. */
  #again = false;
  #failures = 0;
  #left = false;

  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form) return;
    this.#suggestAreas(form);
    form.addEventListener("input", () => this.#schedule(form, AFTER_TYPING_MS));
    form.addEventListener("change", (event) => {
      const chosen =
        event.target instanceof HTMLSelectElement ||
        (event.target instanceof HTMLInputElement && /^(?:radio|checkbox)$/.test(event.target.type));
      this.#schedule(form, chosen ? AFTER_CHOOSING_MS : AFTER_TYPING_MS / 3);
    });
    form.addEventListener("click", (event) => {
      const action = rowAction(event);
      if (!action || this.#busy) return;
      event.preventDefault();
      void this.#save(form, action);
    });
    form.addEventListener("submit", () => {
      this.#left = true;
      window.clearTimeout(this.#timer);
    });
    // A phone that turns to another app, or a tab that is closed: what waits for its moment is saved at once.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.#due !== Number.POSITIVE_INFINITY)
        void this.#save(form, "update");
    });
    window.addEventListener("pageshow", () => {
      this.#left = false;
    });
  }

  disconnectedCallback(): void {
    window.clearTimeout(this.#timer);
  }

  /** Typing on puts a save off; a chosen answer, which may bring questions, is not put off by typing. */
  #schedule(form: HTMLFormElement, delay: number): void {
    const due = performance.now() + delay;
    if (this.#due <= performance.now() + AFTER_CHOOSING_MS && due > this.#due) return;
    window.clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = window.setTimeout(() => void this.#save(form, "update"), delay);
  }

  async #save(form: HTMLFormElement, action: string): Promise<void> {
    if (this.#left) return;
    if (this.#busy) {
      this.#again = true;
      return;
    }
    this.#busy = true;
    this.#due = Number.POSITIVE_INFINITY;
    window.clearTimeout(this.#timer);
    try {
      const body = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
      body.set("_action", action);
      const answer = await fetch(form.action, {
        method: "POST",
        // Arrives although the page is gone.
        keepalive: true,
        body,
        headers: { "x-live": "1", accept: "text/html" },
      });
      if (this.#left) return;
      if (answer.status === 401) this.#say("expired");
      else if (answer.ok) this.#take(form, await answer.text(), action);
      else throw new Error(`saving answered ${answer.status}`);
      this.#failures = 0;
    } catch {
      this.#failed(form);
    } finally {
      this.#busy = false;
      if (this.#again && !this.#left) {
        this.#again = false;
        this.#schedule(form, AFTER_TYPING_MS / 3);
      }
    }
  }

  #take(form: HTMLFormElement, page: string, action: string): void {
    const document = new DOMParser().parseFromString(page, "text/html");
    const fresh = document.querySelector("live-form form");
    if (!fresh) return;
    syncQuestions(form, fresh);
    this.#renewSummary(document.querySelector(".govuk-error-summary"));
    this.#suggestAreas(form);
    const [status, saved] = [
      form.querySelector("[data-saved]"),
      fresh.querySelector("[data-saved]")?.textContent ?? "",
    ];
    if (status && status.textContent !== saved) status.textContent = saved;
    if (action !== "update") focusAfterRowAction(form, action);
  }

  /** A summary that stands gets shorter as things are put right; none appears while somebody is typing. */
  #renewSummary(fresh: Element | null): void {
    const own = document.querySelector(".govuk-error-summary");
    if (!own) return;
    if (!fresh) return own.remove();
    const [list, lines] = [
      own.querySelector(".govuk-error-summary__list"),
      fresh.querySelector(".govuk-error-summary__list"),
    ];
    if (list && lines && list.innerHTML !== lines.innerHTML) list.innerHTML = lines.innerHTML;
  }

  #failed(form: HTMLFormElement): void {
    this.#say("offline");
    const delay = RETRY_MS[this.#failures];
    this.#failures += 1;
    if (delay !== undefined) this.#schedule(form, delay);
  }

  #say(what: "offline" | "expired"): void {
    const status = this.querySelector("[data-saved]");
    if (status) status.textContent = words[document.documentElement.lang === "en" ? "en" : "vi"][what];
  }

  /** Suggestions of communes while an area is typed; without this the field is a plain one. */
  #suggestAreas(form: HTMLFormElement): void {
    for (const input of form.querySelectorAll("input[data-areas]:not([list])")) input.setAttribute("list", "areas");
  }
}

customElements.define("live-form", LiveForm);
