/**
 * `<file-upload>` around the papers' form: a chosen file goes up at once with its progress, and the list of what the
 * server has is taken from the page again. Without it the same controls are sent with the form.
 */
class FileUpload extends HTMLElement {
  #running = 0;
  /** The button that was pressed while a file was on its way. */
  #waiting: HTMLElement | undefined;

  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form) return;
    // Files go up when they are chosen: the browser's own "no file chosen" would only confuse.
    this.classList.add("file-upload--live");
    form.addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement && event.target.type === "file" && event.target.files?.length) {
        void this.#sendAll(form, event.target, [...event.target.files]);
      }
    });
    // Leaving while a file is on its way would lose it: the press counts when the file has arrived.
    form.addEventListener("submit", (event) => {
      if (this.#running === 0) return;
      event.preventDefault();
      this.#waiting = event.submitter ?? undefined;
    });
  }

  async #sendAll(form: HTMLFormElement, input: HTMLInputElement, files: readonly File[]): Promise<void> {
    const paper = input.closest("[data-paper]");
    const list = paper?.querySelector("[data-files]");
    if (!paper || !list) return;
    this.#running += 1;
    const messages: string[] = [];
    // One after another: a phone's connection is not made faster by four at once.
    for (const file of files) {
      const bar = progressOf(`${this.dataset["uploading"] ?? ""}: ${file.name}`);
      list.append(bar.element);
      const problem = await send(form, input.name, file, bar.show).catch(() => this.dataset["failed"] ?? "");
      bar.element.remove();
      if (problem) messages.push(problem);
    }
    input.value = "";
    this.#running -= 1;
    await this.#refresh(form, paper);
    showProblems(paper, input, messages);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting && this.#running === 0 && messages.length === 0) form.requestSubmit(waiting);
  }

  /** The list as the server has it. */
  async #refresh(form: HTMLFormElement, paper: Element): Promise<void> {
    const answer = await fetch(form.action, { headers: { accept: "text/html" } }).catch(() => undefined);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(
      `[data-paper="${CSS.escape(paper.getAttribute("data-paper") ?? "")}"] [data-files]`,
    );
    if (fresh) paper.querySelector("[data-files]")?.replaceWith(document.importNode(fresh, true));
    const saved = page.querySelector("[data-saved]")?.textContent ?? "";
    const status = form.querySelector("[data-saved]");
    if (status && status.textContent !== saved) status.textContent = saved;
  }
}

function progressOf(label: string): { element: HTMLElement; show: (share: number) => void } {
  const element = document.createElement("p");
  element.className = "paper__progress";
  const text = document.createElement("span");
  text.textContent = label;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.setAttribute("aria-label", label);
  element.append(text, bar);
  return {
    element,
    show: (share) => {
      bar.value = share;
    },
  };
}

/** Answers what was wrong with the file, "" when it was taken. */
function send(form: HTMLFormElement, name: string, file: File, show: (share: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    // fetch cannot tell how far an upload is.
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("x-live", "1");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) show(event.loaded / event.total);
    });
    request.addEventListener("error", () => reject(new Error("connection")));
    request.addEventListener("load", () => {
      if (request.status === 401) {
        window.location.reload();
        return;
      }
      if (request.status !== 200 && request.status !== 422) return reject(new Error(`status ${request.status}`));
      const { errors } = JSON.parse(request.responseText) as { errors: { message: string }[] };
      resolve(errors.map((error) => error.message).join(" "));
    });
    const body = new FormData();
    body.append("_action", "upload");
    body.append(name, file, file.name);
    request.send(body);
  });
}

/** The same marking as the server's, so that it looks and reads alike. */
function showProblems(paper: Element, input: HTMLInputElement, messages: readonly string[]): void {
  const id = `${input.id}-error`;
  document.getElementById(id)?.remove();
  paper.classList.toggle("paper--error", messages.length > 0);
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

customElements.define("file-upload", FileUpload);
