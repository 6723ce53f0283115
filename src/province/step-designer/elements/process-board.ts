/**
 * `<process-board data-module data-styles>` around the editor's form: the drawing board takes the place of the form's text
 * field. Without JavaScript the file is fetched, drawn elsewhere and sent back, and every check works the same.
 */
import type { Board } from "../browser/board.ts";
import type { BoardPlaces, OpenBoard } from "../modeller-browser.ts";
import { loadDrawingStyles } from "../browser/drawing-styles.ts";

interface BoardModule {
  openBoard(places: BoardPlaces, board: Board): Promise<OpenBoard>;
}

class ProcessBoard extends HTMLElement {
  #open: OpenBoard | undefined;
  #sending = false;

  connectedCallback(): void {
    const data = this.querySelector("script[data-board]")?.textContent;
    const form = this.querySelector("form");
    const field = this.querySelector<HTMLTextAreaElement>("textarea[data-drawing]");
    if (!data || !form || !field || this.#open) return;
    const board = JSON.parse(data) as Board;
    this.#begin(board, form, field).catch(() => {
      this.classList.remove("process-board--open");
      this.querySelector(".process-board__room")?.remove();
      const status = document.createElement("p");
      status.className = "govuk-inset-text";
      status.setAttribute("role", "alert");
      status.textContent = board.words.broken;
      this.prepend(status);
    });
  }

  disconnectedCallback(): void {
    removeEventListener("beforeunload", this.#hold);
    document.removeEventListener("click", this.#follow);
  }

  async #begin(board: Board, form: HTMLFormElement, field: HTMLTextAreaElement): Promise<void> {
    const { room, ...places } = makeRoom(board);
    this.classList.add("process-board--open");
    form.prepend(room);
    await loadDrawingStyles(this.dataset["styles"] ?? "");
    const { openBoard } = (await import(this.dataset["module"] ?? "")) as BoardModule;
    this.#open = await openBoard({ ...places, field }, board);
    form.addEventListener("submit", (event) => this.#send(event, form));
    addEventListener("beforeunload", this.#hold);
    document.addEventListener("click", this.#follow);
  }

  /** The drawing is written to its field a moment after each change: sending waits for that moment. */
  #send(event: SubmitEvent, form: HTMLFormElement): void {
    if (this.#sending || !this.#open) return;
    event.preventDefault();
    const { submitter } = event;
    const again = (): void => {
      this.#sending = true;
      form.requestSubmit(submitter instanceof HTMLElement ? submitter : null);
    };
    // A form that is just being sent ignores a second request: not before this event is over.
    void this.#open.settled().then(() => setTimeout(again));
  }

  readonly #hold = (event: BeforeUnloadEvent): void => {
    if (this.#open?.changed() && !this.#sending) event.preventDefault();
  };

  /** A problem's link leads to its place in the drawing. */
  readonly #follow = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#buoc-"]') : null;
    if (!link || !this.#open) return;
    event.preventDefault();
    this.#open.show(decodeURIComponent(link.hash.slice("#buoc-".length)));
    this.querySelector<HTMLElement>('[data-field="element"]')?.focus();
    this.scrollIntoView({ block: "start" });
  };
}

function makeRoom({ words }: Board): BoardPlacesWithRoom {
  const part = (tag: string, className: string): HTMLElement => {
    const element = document.createElement(tag);
    element.className = className;
    return element;
  };
  const room = part("div", "process-board__room");
  const canvas = part("div", "process-board__canvas");
  canvas.setAttribute("role", "group");
  canvas.setAttribute("aria-label", words.board);
  const panel = part("div", "process-panel");
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", words.panel);
  const status = part("p", "govuk-visually-hidden");
  status.setAttribute("role", "status");
  room.append(canvas, panel, status);
  return { room, canvas, panel, status };
}

type BoardPlacesWithRoom = Omit<BoardPlaces, "field"> & { readonly room: HTMLElement };

customElements.define("process-board", ProcessBoard);
