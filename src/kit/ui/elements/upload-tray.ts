/** Pages that were photographed or chosen together: turned, dropped, put in order, then sent as one PDF or one by one. */
import { type Doubt, doubtOf, fileToSend, openPicture, pageOf, thumbOf } from "./upload-picture.ts";
import { pdfOfPictures } from "./upload-pdf.ts";
import { uploadWords } from "./upload-words.ts";

interface TrayPage {
  readonly file: File;
  readonly picture: ImageBitmap;
  readonly doubt: Doubt | undefined;
  turns: number;
}

export interface TrayFile {
  readonly file: File;
  readonly thumb: Blob | undefined;
}

const PAGES_MAX = 30;

export class PageTray {
  readonly element = document.createElement("div");
  readonly #words = uploadWords();
  readonly #send: (files: readonly TrayFile[]) => void;
  readonly #more: () => void;
  #pages: TrayPage[] = [];
  #urls: string[] = [];
  #busy = false;

  constructor(options: { send(files: readonly TrayFile[]): void; more(): void }) {
    this.#send = options.send;
    this.#more = options.more;
    this.element.className = "page-tray";
    this.element.setAttribute("role", "group");
    this.element.hidden = true;
  }

  get size(): number {
    return this.#pages.length;
  }

  /** Answers the names of files that this browser cannot open. */
  async add(files: readonly File[]): Promise<readonly File[]> {
    const strange: File[] = [];
    for (const file of files) {
      const picture = await openPicture(file);
      if (!picture || this.#pages.length >= PAGES_MAX) strange.push(file);
      else this.#pages.push({ file, picture, doubt: doubtOf(picture), turns: 0 });
    }
    await this.#show();
    return strange;
  }

  say(message: string): void {
    const line =
      this.element.querySelector(".page-tray__said") ?? this.element.appendChild(document.createElement("p"));
    line.className = "page-tray__said";
    line.setAttribute("role", "alert");
    line.textContent = message;
    this.element.querySelector("button")?.focus();
  }

  async #show(): Promise<void> {
    for (const url of this.#urls) URL.revokeObjectURL(url);
    this.#urls = [];
    const words = this.#words;
    const title = line("page-tray__title", words.tray(this.#pages.length));
    const list = document.createElement("ol");
    list.className = "page-tray__pages";
    for (const [index, page] of this.#pages.entries()) list.append(await this.#pageItem(page, index));
    const buttons = document.createElement("div");
    buttons.className = "page-tray__buttons";
    if (this.#pages.length > 1) {
      buttons.append(this.#button(words.merge, "main", () => this.#giveMerged()));
      buttons.append(this.#button(words.single, "secondary", () => this.#giveSingle()));
    } else {
      buttons.append(this.#button(words.give, "main", () => this.#giveSingle()));
    }
    buttons.append(this.#button(words.more, "secondary", async () => this.#more()));
    buttons.append(this.#button(words.discard, "secondary", () => this.#clear()));
    this.element.setAttribute("aria-label", words.tray(this.#pages.length));
    this.element.replaceChildren(title, line("govuk-hint", words.trayHint), list, buttons);
    this.element.hidden = this.#pages.length === 0;
  }

  async #pageItem(page: TrayPage, index: number): Promise<HTMLElement> {
    const words = this.#words;
    const item = document.createElement("li");
    item.className = "page-tray__page";
    const thumb = await thumbOf(page.picture, page.turns);
    const picture = document.createElement("img");
    picture.alt = words.page(index + 1);
    if (thumb) {
      picture.src = URL.createObjectURL(thumb);
      this.#urls.push(picture.src);
    }
    const about = (label: string): string => `${label}: ${words.page(index + 1)}`;
    item.append(
      picture,
      this.#button(
        words.rotate,
        "small",
        () => this.#change(() => (page.turns = (page.turns + 1) % 4)),
        about(words.rotate),
      ),
      this.#button(words.drop, "small", () => this.#change(() => this.#pages.splice(index, 1)), about(words.drop)),
    );
    if (index > 0)
      item.append(
        this.#button(
          words.earlier,
          "small",
          () => this.#change(() => this.#pages.splice(index - 1, 2, page, ...this.#pages.slice(index - 1, index))),
          about(words.earlier),
        ),
      );
    if (page.doubt) item.append(line("page-tray__doubt", words[page.doubt]));
    return item;
  }

  async #change(how: () => unknown): Promise<void> {
    how();
    await this.#show();
    this.element.querySelector<HTMLElement>("button")?.focus();
  }

  async #giveMerged(): Promise<void> {
    const pages = [];
    for (const { picture, turns } of this.#pages) {
      const page = await pageOf(picture, turns);
      if (page) pages.push(page);
    }
    const [first] = this.#pages;
    if (!first || pages.length !== this.#pages.length) return;
    const now = new Date();
    const two = (value: number): string => String(value).padStart(2, "0");
    const stamp = `${two(now.getDate())}-${two(now.getMonth() + 1)} ${two(now.getHours())}h${two(now.getMinutes())}`;
    const file = new File([pdfOfPictures(pages)], `${this.#words.merged} ${stamp}.pdf`, { type: "application/pdf" });
    const thumb = await thumbOf(first.picture, first.turns);
    await this.#clear();
    this.#send([{ file, thumb }]);
  }

  async #giveSingle(): Promise<void> {
    const files: TrayFile[] = [];
    for (const { file, picture, turns } of this.#pages) {
      const ready = await fileToSend(file, picture, turns);
      if (ready) files.push({ file: ready, thumb: await thumbOf(picture, turns) });
    }
    await this.#clear();
    this.#send(files);
  }

  async #clear(): Promise<void> {
    for (const { picture } of this.#pages) picture.close();
    this.#pages = [];
    await this.#show();
  }

  #button(label: string, kind: "main" | "secondary" | "small", act: () => Promise<void>, name = label): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `govuk-button${kind === "main" ? "" : " govuk-button--secondary"}${kind === "small" ? " govuk-button--small" : ""}`;
    button.textContent = label;
    if (name !== label) button.setAttribute("aria-label", name);
    button.addEventListener("click", () => {
      if (this.#busy) return;
      this.#busy = true;
      void act().finally(() => {
        this.#busy = false;
      });
    });
    return button;
  }
}

function line(name: string, text: string): HTMLElement {
  const element = document.createElement("p");
  element.className = name;
  element.textContent = text;
  return element;
}
