/**
 * `<live-form>` around a form that keeps a draft. The form's own engine, loaded here, shows and hides questions, works
 * out figures and says what is wrong while somebody types; the server hears of it a moment after the last key, and what
 * it has not heard yet is kept in the browser. Without the engine the server answers with the questions; without any of
 * this everything works by hand.
 */
import { syncQuestions } from "./conditional.ts";
import {
  bodyOf,
  encode,
  type FormBody,
  type FormEngine,
  type Island,
  type LivePage,
  PAPERS_CAME,
} from "./form-engine.ts";
import { forgetPage, keepPage, keptPage } from "./kept-page.ts";
import { draftWords, markFailed, renewSummary, showSummary } from "./draft-words.ts";
import { focusAfterRowAction, rowAction } from "./repeat-rows.ts";

const AFTER_TYPING_MS = 1_500;
const AFTER_CHOOSING_MS = 120;
const RETRY_MS = [3_000, 10_000, 30_000, 60_000];
/** A request that outlives its page may carry 64 KB at most (Fetch standard). */
const KEEPALIVE_MAX = 60_000;
const SENT_KEY = "motcua.sent";

interface Saved {
  readonly savedAt: string;
  readonly shown: string;
  readonly taken: readonly string[];
  readonly answers: Readonly<Record<string, unknown>>;
}

class LiveForm extends HTMLElement {
  #engine: FormEngine | undefined;
  #island: Island | undefined;
  #timer: number | undefined;
  /** When the next save is due, by the clock of the page. */
  #due = Number.POSITIVE_INFINITY;
  #busy = false;
  /** Something changed while a save was on its way. */
  #again = false;
  #failures = 0;
  #left = false;
  /** A mouse button or a finger is down somewhere on the page. */
  #pressing = false;

  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form) return;
    this.#suggestAreas(form);
    form.addEventListener("input", () => this.#schedule(form, AFTER_TYPING_MS));
    form.addEventListener("change", (event) => {
      const { target } = event;
      const chosen =
        target instanceof HTMLSelectElement ||
        (target instanceof HTMLInputElement && /^(?:radio|checkbox)$/.test(target.type));
      if (chosen) this.#refresh(form);
      else this.#refreshAfterPress(form);
      this.#schedule(form, chosen ? AFTER_CHOOSING_MS : AFTER_TYPING_MS / 3);
    });
    form.addEventListener("click", (event) => {
      const action = rowAction(event);
      if (!action || (this.#busy && !this.#engine)) return;
      event.preventDefault();
      this.#pressRow(form, action);
    });
    form.addEventListener("submit", (event) => {
      // A paper is still on its way: the press comes again when it has arrived.
      if (!event.defaultPrevented) this.#submit(form, event);
    });
    form.addEventListener(PAPERS_CAME, (event) => this.#papersCame(form, event));
    // A phone that turns to another app, or a tab that is closed: what waits for its moment is saved at once.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.#due !== Number.POSITIVE_INFINITY) void this.#save(form);
    });
    window.addEventListener("online", () => {
      if (this.#failures > 0) void this.#save(form);
    });
    window.addEventListener("pageshow", () => {
      this.#left = false;
    });
    document.addEventListener("pointerdown", () => (this.#pressing = true), true);
    for (const over of ["pointerup", "pointercancel"])
      document.addEventListener(over, () => (this.#pressing = false), true);
    void this.#load(form);
  }

  disconnectedCallback(): void {
    window.clearTimeout(this.#timer);
  }

  get #key(): string {
    return `${this.dataset["draft"] ?? ""}.${this.dataset["step"] ?? ""}`;
  }

  async #load(form: HTMLFormElement): Promise<void> {
    const json = this.querySelector("script[data-island]")?.textContent;
    const address = this.dataset["engine"];
    if (!json || !address) return;
    try {
      const engine = (await import(address)) as FormEngine;
      this.#island = engine.openIsland(json);
      this.#engine = engine;
    } catch {
      return;
    }
    this.#restore(form);
  }

  /** What an earlier visit could not send stands on the page again, and is sent. */
  #restore(form: HTMLFormElement): void {
    const kept = keptPage(this.#key);
    if (!kept || !this.#engine || !this.#island) return;
    const typed = (body: FormBody): string =>
      encode(Object.fromEntries(Object.entries(body).filter(([name]) => !name.startsWith("_")))).toString();
    if (typed(kept.body) === typed(bodyOf(form))) return forgetPage(this.#key);
    const fresh = freshQuestions(this.#engine.readPage(this.#island, kept.body, false));
    for (const section of fresh.querySelectorAll("[data-section]")) {
      const name = CSS.escape(section.getAttribute("data-section") ?? "");
      form.querySelector(`[data-section="${name}"]`)?.replaceWith(document.importNode(section, true));
    }
    syncQuestions(form, fresh);
    const shown = form.querySelector<HTMLInputElement>("[data-shown]");
    if (shown) shown.value = kept.body["_shown"]?.[0] ?? shown.value;
    this.#setSent(form, kept.body["_sent"]?.[0] ?? "");
    this.#say("restored");
    void this.#save(form);
  }

  /** The questions as they are now, by the same rules as the server's. */
  #refresh(form: HTMLFormElement, body = bodyOf(form)): LivePage | undefined {
    if (!this.#engine || !this.#island) return undefined;
    const page = this.#engine.readPage(this.#island, body, form.querySelector("[name=_checked]") !== null);
    const fresh = freshQuestions(page);
    syncQuestions(form, fresh);
    renewSummary(page.summary);
    this.#suggestAreas(form);
    return page;
  }

  /**
   * A field that is left by pressing a button below it changes while the press goes on: a fault shown or taken away then
   * would move the button from under the pointer, and the press would be lost.
   */
  #refreshAfterPress(form: HTMLFormElement): void {
    const refresh = (): void => void window.setTimeout(() => this.#refresh(form));
    if (this.#pressing) document.addEventListener("pointerup", refresh, { once: true });
    else refresh();
  }

  /** A paper is an answer too: the engine learns of it, and of nothing else that the server may have. */
  #papersCame(form: HTMLFormElement, event: Event): void {
    if (!this.#engine || !this.#island || !(event instanceof CustomEvent)) return;
    this.#island = { ...this.#island, context: this.#engine.openIsland(String(event.detail)).context };
    this.#refresh(form);
  }

  #pressRow(form: HTMLFormElement, action: string): void {
    if (this.#engine && this.#island) {
      const page = this.#refresh(form, { ...bodyOf(form), _action: [action] });
      if (page) focusAfterRowAction(form, action);
      this.#schedule(form, AFTER_CHOOSING_MS);
    } else void this.#save(form, action);
  }

  #submit(form: HTMLFormElement, event: SubmitEvent): void {
    const submitter = event.submitter instanceof HTMLButtonElement ? event.submitter : null;
    const goesOn = (submitter?.value ?? "next") === "next";
    if (goesOn && !this.#mayGoOn(form)) {
      event.preventDefault();
      void this.#save(form);
      return;
    }
    const kept = keepPage(this.#key, bodyOf(form));
    if (!navigator.onLine || this.#failures > 0) {
      event.preventDefault();
      this.#say(kept ? "offline" : "offlineHere");
      void this.#save(form).then(() => {
        if (this.#failures === 0) form.requestSubmit(submitter);
      });
      return;
    }
    sessionStorage.setItem(SENT_KEY, this.#key);
    this.#left = true;
    window.clearTimeout(this.#timer);
  }

  /** Everything on the page is right; else it is marked and said, as the server would. A chosen file only it can judge. */
  #mayGoOn(form: HTMLFormElement): boolean {
    if (!this.#engine || !this.#island) return true;
    const files = [...form.querySelectorAll<HTMLInputElement>("input[type=file]")].some((one) => one.files?.length);
    const page = this.#engine.readPage(this.#island, bodyOf(form), true);
    if (page.right || files) return true;
    if (!form.querySelector("[name=_checked]")) form.prepend(hidden("_checked", "1"));
    // The field that was typed in last keeps the focus when Enter was pressed: its fault must be marked too.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    syncQuestions(form, freshQuestions(page));
    showSummary(this.closest(".filing__main") ?? this, page.summary);
    markFailed();
    return false;
  }

  /** Typing on puts a save off; a chosen answer, which may bring questions, is not put off by typing. */
  #schedule(form: HTMLFormElement, delay: number): void {
    const due = performance.now() + delay;
    if (this.#due <= performance.now() + AFTER_CHOOSING_MS && due > this.#due) return;
    window.clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = window.setTimeout(() => void this.#save(form), delay);
  }

  /** One at a time, so that saves arrive in order; what changes meanwhile goes with the next. */
  async #save(form: HTMLFormElement, action = "update"): Promise<void> {
    if (this.#left) return;
    if (this.#busy) {
      this.#again = true;
      return;
    }
    this.#busy = true;
    this.#due = Number.POSITIVE_INFINITY;
    window.clearTimeout(this.#timer);
    const body = bodyOf(form);
    const kept = keepPage(this.#key, body);
    try {
      const answer = await this.#post(form, { ...body, _action: [action] });
      if (this.#left) return;
      if (answer.status === 401) this.#say("expired");
      else if (answer.status === 409) this.#conflict(form);
      else if (!answer.ok) throw new Error(`saving answered ${answer.status}`);
      else if (this.#engine) this.#saved(form, (await answer.json()) as Saved);
      else this.#take(form, await answer.text(), action);
      this.#failures = 0;
      if (answer.ok && !this.#again) forgetPage(this.#key);
    } catch {
      this.#failed(form, body, kept);
    } finally {
      this.#busy = false;
      if (this.#again && !this.#left) {
        this.#again = false;
        this.#schedule(form, AFTER_TYPING_MS / 3);
      }
    }
  }

  #post(form: HTMLFormElement, body: FormBody): Promise<Response> {
    const encoded = encode(body);
    return fetch(form.action, {
      method: "POST",
      // Arrives although the page is gone.
      keepalive: encoded.toString().length < KEEPALIVE_MAX,
      body: encoded,
      headers: this.#engine ? { "x-live": "json", accept: "application/json" } : { "x-live": "1", accept: "text/html" },
    });
  }

  #saved(form: HTMLFormElement, saved: Saved): void {
    const shown = form.querySelector<HTMLInputElement>("[data-shown]");
    if (shown) shown.value = saved.shown;
    this.#setSent(form, "");
    form.querySelector("[data-conflict]")?.remove();
    if (saved.taken.length > 0) this.#takeAnswers(form, saved);
    this.#say("saved", saved.savedAt);
  }

  /** What another device changed and this page only showed. */
  #takeAnswers(form: HTMLFormElement, saved: Saved): void {
    if (!this.#island) return;
    const answers = { ...this.#island.answers, ...saved.answers };
    this.#island = { ...this.#island, answers };
    for (const id of saved.taken) {
      const name = CSS.escape(id);
      form.querySelector(`[data-question="${name}"], [data-section="${name}"]`)?.remove();
    }
    this.#refresh(form);
  }

  /** The page came back from the server: its engine did not load here. */
  #take(form: HTMLFormElement, page: string, action: string): void {
    const parsed = new DOMParser().parseFromString(page, "text/html");
    const fresh = parsed.querySelector("live-form form");
    if (!fresh) return;
    syncQuestions(form, fresh);
    renewSummary(parsed.querySelector(".govuk-error-summary")?.outerHTML ?? "");
    this.#suggestAreas(form);
    const [own, shown] = [form, fresh].map((one) => one.querySelector<HTMLInputElement>("[data-shown]"));
    if (own && shown) own.value = shown.value;
    const [status, saved] = [
      form.querySelector("[data-saved]"),
      fresh.querySelector("[data-saved]")?.textContent ?? "",
    ];
    if (status && status.textContent !== saved) status.textContent = saved;
    if (action !== "update") focusAfterRowAction(form, action);
  }

  /** Somebody else changed the same answers: the server's page shows both, when the person wants to see it. */
  #conflict(form: HTMLFormElement): void {
    if (form.querySelector("[data-conflict]")) return;
    this.#say("conflict");
    const button = document.createElement("button");
    button.className = "govuk-button govuk-button--secondary filing__choose";
    button.name = "_action";
    button.value = "update";
    button.formNoValidate = true;
    button.textContent = draftWords().choose;
    const status = form.querySelector("[data-saved]");
    if (status && !form.querySelector(".filing__choose")) status.after(button);
  }

  #failed(form: HTMLFormElement, body: FormBody, kept: boolean): void {
    // It may have arrived all the same: then these answers in the draft are nobody else's.
    if (this.#engine && this.#island) {
      const { answers } = this.#engine.readPage(this.#island, body, false);
      this.#setSent(form, this.#engine.marksOfPage(this.#island, answers));
    }
    this.#say(kept ? "offline" : "offlineHere");
    const delay = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)] ?? 60_000;
    this.#failures += 1;
    this.#schedule(form, delay);
  }

  #setSent(form: HTMLFormElement, marks: string): void {
    const field = form.querySelector<HTMLInputElement>("[name=_sent]");
    if (field) field.value = marks;
    else if (marks) form.prepend(hidden("_sent", marks));
  }

  #say(what: "offline" | "offlineHere" | "expired" | "restored" | "conflict" | "saved", time = ""): void {
    const status = this.querySelector("[data-saved]");
    const words = draftWords()[what](time);
    if (status && status.textContent !== words) status.textContent = words;
    status?.classList.toggle("filing__saved--not", what !== "saved" && what !== "restored");
  }

  /** Suggestions of communes while an area is typed; without this the field is a plain one. */
  #suggestAreas(form: HTMLFormElement): void {
    for (const input of form.querySelectorAll("input[data-areas]:not([list])")) input.setAttribute("list", "areas");
  }
}

function freshQuestions(page: LivePage): Element {
  return new DOMParser().parseFromString(page.questions, "text/html").body;
}

function hidden(name: string, value: string): HTMLInputElement {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = name;
  field.value = value;
  return field;
}

// A page of filing answered the last press of a button: what was kept for it has arrived.
const sent = sessionStorage.getItem(SENT_KEY);
if (sent && document.querySelector(".filing")) {
  forgetPage(sent);
  sessionStorage.removeItem(SENT_KEY);
}

customElements.define("live-form", LiveForm);
