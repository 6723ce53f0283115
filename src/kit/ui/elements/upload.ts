/**
 * `<file-upload>` around the papers' form: a chosen file goes up at once, in pieces, and goes on after a lost connection,
 * a reload or a new start of the server; photographed pages are gathered, turned and merged; the list of what the server
 * has is taken from the page again. Without it the same controls are sent with the form.
 */
import { PAPERS_CAME } from "./form-engine.ts";
import { forget, forgetAll, keep, keptFor } from "./upload-kept.ts";
import { doubtOf, fileToSend, isHeic, isPicture, openPicture, thumbOf } from "./upload-picture.ts";
import { sendFile } from "./upload-send.ts";
import { PageTray, type TrayFile } from "./upload-tray.ts";
import { uploadWords } from "./upload-words.ts";

/** A phone's connection is not made faster by many at once. */
const AT_ONCE = 2;

class FileUpload extends HTMLElement {
  readonly #words = uploadWords();
  readonly #trays = new Map<string, PageTray>();
  /** Sending or waiting for their turn. */
  #running = 0;
  #active = 0;
  readonly #queue: (() => void)[] = [];
  /** The button that was pressed while a file was on its way. */
  #waiting: HTMLElement | undefined;
  #problems = 0;

  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form || !this.dataset["resume"]) return;
    // Files go up when they are chosen: the browser's own "no file chosen" would only confuse.
    this.classList.add("file-upload--live");
    for (const paper of this.querySelectorAll("[data-paper]")) this.#furnish(form, paper);
    form.addEventListener("change", (event) => {
      const input = event.target;
      if (input instanceof HTMLInputElement && input.type === "file" && input.files?.length) {
        void this.#take(form, input, [...input.files]);
        if (input.name) input.value = "";
      }
    });
    // Before the form's own listeners: none of them shall act on a press that has to wait.
    this.addEventListener("submit", (event) => this.#submitting(event), { capture: true });
    void this.#goOn(form);
  }

  /** Leaving while a file is on its way would stop it: the press counts when the file has arrived. */
  #submitting(event: SubmitEvent): void {
    const full = [...this.#trays.values()].find((tray) => tray.size > 0);
    if (full) full.say(this.#words.unsent);
    else if (this.#running > 0) this.#waiting = event.submitter ?? undefined;
    else return;
    event.preventDefault();
  }

  /** The camera's button, where there is a finger and so a camera; pages are gathered before they are sent. */
  #furnish(form: HTMLFormElement, paper: Element): void {
    const input = paper.querySelector<HTMLInputElement>("input[type=file][name]");
    const group = input?.closest(".govuk-form-group");
    if (!input || !group) return;
    const touch = window.matchMedia("(pointer: coarse)").matches;
    if (!touch) input.accept += ",.heic,.heif";
    const own = group.querySelector("label");
    if (touch && own) own.textContent = this.#words.choose;
    const camera = document.createElement("input");
    camera.type = "file";
    camera.accept = "image/*";
    camera.setAttribute("capture", "environment");
    camera.className = "govuk-file-upload";
    camera.id = `${input.id}-camera`;
    camera.addEventListener("change", (event) => {
      event.stopPropagation();
      const files = [...(camera.files ?? [])];
      camera.value = "";
      void this.#gather(form, input, files);
    });
    const label = document.createElement("label");
    label.className = "govuk-label";
    label.htmlFor = camera.id;
    label.textContent = this.#words.camera;
    // Without a finger there is most often no camera; the chooser is the way to more pages then.
    if (touch) group.append(label, camera);
    const tray = new PageTray({
      send: (files) => void this.#sendAll(form, input, files),
      more: () => (touch ? camera : input).click(),
    });
    group.after(tray.element);
    this.#trays.set(input.id, tray);
  }

  async #take(form: HTMLFormElement, input: HTMLInputElement, files: readonly File[]): Promise<void> {
    const tray = this.#trays.get(input.id);
    const pictures = files.filter(isPicture);
    // One picture goes at once; several are most often the pages of one paper.
    if (tray && (tray.size > 0 || pictures.length > 1)) {
      const others = files.filter((file) => !isPicture(file));
      if (others.length > 0) void this.#prepareAndSend(form, input, others);
      await this.#gather(form, input, pictures);
      return;
    }
    await this.#prepareAndSend(form, input, files);
  }

  async #prepareAndSend(form: HTMLFormElement, input: HTMLInputElement, files: readonly File[]): Promise<void> {
    this.#running += 1;
    const ready = await this.#prepare(input, files).finally(() => {
      this.#running -= 1;
    });
    await this.#sendAll(form, input, ready.files);
    if (ready.said.length > 0) showProblems(input, ready.said);
  }

  async #gather(form: HTMLFormElement, input: HTMLInputElement, pictures: readonly File[]): Promise<void> {
    const strange = (await this.#trays.get(input.id)?.add(pictures)) ?? [];
    this.#trays.get(input.id)?.element.querySelector("button")?.focus();
    // What this browser cannot show the server may still take, or say what is wrong with it.
    if (strange.length > 0) await this.#prepareAndSend(form, input, strange);
  }

  /** What is sent for what was chosen: HEIC as JPEG, too large a picture smaller, with a small one for the list. */
  async #prepare(
    input: HTMLInputElement,
    files: readonly File[],
  ): Promise<{ readonly files: readonly TrayFile[]; readonly said: readonly string[] }> {
    const ready: TrayFile[] = [];
    const said: string[] = [];
    const doubts: string[] = [];
    for (const file of files) {
      const picture = isPicture(file) ? await openPicture(file) : undefined;
      const send = await fileToSend(file, picture);
      if (send) ready.push({ file: send, thumb: picture && (await thumbOf(picture)) });
      else if (isHeic(file)) said.push(this.#words.heic(file.name));
      if (picture && doubtOf(picture)) doubts.push(this.#words.blurredSent(file.name));
      picture?.close();
    }
    showNotices(input, doubts);
    return { files: ready, said };
  }

  async #sendAll(form: HTMLFormElement, input: HTMLInputElement, files: readonly TrayFile[]): Promise<void> {
    if (files.length === 0) return;
    const to = this.dataset["resume"] ?? "";
    const kept = await Promise.all(
      files.map(async ({ file, thumb }) => ({
        file,
        thumb,
        key: await keep({ to, control: input.name, file, thumb }),
      })),
    );
    await this.#sendKept(form, input, kept);
  }

  /** What was on its way when the page went away. */
  async #goOn(form: HTMLFormElement): Promise<void> {
    const kept = await keptFor(this.dataset["resume"] ?? "");
    for (const control of new Set(kept.map((one) => one.control))) {
      const input = form.querySelector<HTMLInputElement>(`input[type=file][name="${CSS.escape(control)}"]`);
      const own = kept.filter((one) => one.control === control);
      if (input) void this.#sendKept(form, input, own);
      else for (const one of own) await forget(one.key);
    }
  }

  async #sendKept(
    form: HTMLFormElement,
    input: HTMLInputElement,
    files: readonly { file: File; thumb: Blob | undefined; key: number | undefined }[],
  ): Promise<void> {
    const paper = input.closest("[data-paper]");
    if (!paper) return;
    this.#running += 1;
    const problems: string[] = [];
    const notices: string[] = [];
    await Promise.all(
      files.map(async (one) => {
        await this.#turn();
        await this.#sendOne(input, one, problems, notices).finally(() => {
          this.#active -= 1;
          this.#queue.shift()?.();
        });
      }),
    );
    this.#running -= 1;
    this.#problems += problems.length;
    await refresh(form, paper);
    showProblems(input, problems);
    if (notices.length > 0) showNotices(input, notices);
    if (this.#running > 0) return;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting && this.#problems === 0) form.requestSubmit(waiting);
    this.#problems = 0;
  }

  async #turn(): Promise<void> {
    if (this.#active >= AT_ONCE) await new Promise<void>((resolve) => this.#queue.push(resolve));
    this.#active += 1;
  }

  async #sendOne(
    input: HTMLInputElement,
    { file, thumb, key }: { file: File; thumb: Blob | undefined; key: number | undefined },
    problems: string[],
    notices: string[],
  ): Promise<void> {
    const words = this.#words;
    const stop = new AbortController();
    const bar = progressOf(words.sending(file.name), words.cancel, () => stop.abort());
    input.closest("[data-paper]")?.querySelector("[data-files]")?.append(bar.element);
    const sent = await sendFile({
      to: this.dataset["resume"] ?? "",
      component: input.name.replace(/^file\./, ""),
      file,
      signal: stop.signal,
      progress: (share) => bar.show(words.sending(file.name), share),
      waits: (why) => bar.show(why === "offline" ? words.waiting(file.name) : words.retrying(file.name)),
    }).catch(() => ({ state: "failed" }) as const);
    bar.element.remove();
    if (sent.state === "signed-out") return window.location.reload();
    await forget(key);
    if (sent.state === "refused") problems.push(sent.message);
    if (sent.state === "failed") problems.push(words.failed(file.name));
    if (sent.state !== "taken") return;
    if (sent.notice) notices.push(sent.notice);
    if (thumb && sent.thumb)
      await fetch(sent.thumb, { method: "POST", headers: { "content-type": "image/jpeg" }, body: thumb }).catch(
        () => undefined,
      );
  }
}

/** The list as the server has it; what is still on its way stays below it. */
async function refresh(form: HTMLFormElement, paper: Element): Promise<void> {
  const answer = await fetch(form.action, { headers: { accept: "text/html" } }).catch(() => undefined);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector(`[data-paper="${CSS.escape(paper.getAttribute("data-paper") ?? "")}"] [data-files]`);
  const list = paper.querySelector("[data-files]");
  if (fresh && list) {
    const going = [...list.querySelectorAll(".paper__progress")];
    const taken = document.importNode(fresh, true);
    taken.append(...going);
    list.replaceWith(taken);
  }
  const island = page.querySelector("script[data-island]")?.textContent;
  if (island) form.dispatchEvent(new CustomEvent(PAPERS_CAME, { detail: island }));
  const saved = page.querySelector("[data-saved]")?.textContent ?? "";
  const status = form.querySelector("[data-saved]");
  if (status && status.textContent !== saved) status.textContent = saved;
}

function progressOf(
  label: string,
  cancel: string,
  stop: () => void,
): { element: HTMLElement; show: (text: string, share?: number) => void } {
  const element = document.createElement("div");
  element.className = "paper__progress";
  const text = document.createElement("span");
  text.setAttribute("role", "status");
  text.textContent = label;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.setAttribute("aria-label", label);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary govuk-button--small";
  button.textContent = cancel;
  button.addEventListener("click", stop);
  element.append(text, button, bar);
  return {
    element,
    show: (words, share) => {
      if (text.textContent !== words) text.textContent = words;
      if (share !== undefined) bar.value = share;
    },
  };
}

/** The same marking as the server's, so that it looks and reads alike. */
function showProblems(input: HTMLInputElement, messages: readonly string[]): void {
  const id = `${input.id}-error`;
  document.getElementById(id)?.remove();
  input.closest("[data-paper]")?.classList.toggle("paper--error", messages.length > 0);
  const group = input.closest(".govuk-form-group");
  group?.classList.toggle("govuk-form-group--error", messages.length > 0);
  if (messages.length === 0) {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
    return;
  }
  const error = document.createElement("p");
  error.className = "govuk-error-message";
  error.id = id;
  error.setAttribute("role", "alert");
  error.textContent = messages.join(" ");
  input.before(error);
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", id);
  input.focus();
}

/** Taken, with something to know. */
function showNotices(input: HTMLInputElement, messages: readonly string[]): void {
  const paper = input.closest("[data-paper]");
  paper?.querySelector(".paper__notice")?.remove();
  if (!paper || messages.length === 0) return;
  const note = document.createElement("p");
  note.className = "paper__notice";
  note.setAttribute("role", "status");
  note.textContent = messages.join(" ");
  paper.querySelector("[data-files]")?.after(note);
}

// Nothing of a person stays in a browser that somebody else uses next.
document.addEventListener("submit", (event) => {
  // Not `form.action`: a control of that name would stand in its place.
  if (event.target instanceof HTMLFormElement && event.target.getAttribute("action") === "/dang-xuat") forgetAll();
});

customElements.define("file-upload", FileUpload);
