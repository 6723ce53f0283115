/**
 * `<queue-board data-url data-mark>`: asks what is called every two seconds, writes it and, when somebody switched it on
 * (browsers speak only after a press), says it. Without JavaScript the page loads itself again by its Refresh header.
 */
interface Board {
  readonly mark: string;
  readonly number: string;
  readonly words: string;
  readonly spoken: string;
  readonly before: readonly { readonly number: string; readonly at: string }[];
}

const EVERY_MS = 2_000;

class QueueBoard extends HTMLElement {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #speaks = false;

  connectedCallback(): void {
    if ("speechSynthesis" in window && !this.querySelector("button")) this.#offerSound();
    this.#later();
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
  }

  #offerSound(): void {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary";
    button.textContent = this.dataset["sound"] ?? "";
    button.addEventListener("click", () => {
      this.#speaks = true;
      button.remove();
    });
    this.append(button);
  }

  #later(): void {
    this.#timer = setTimeout(() => void this.#look(), EVERY_MS);
  }

  async #look(): Promise<void> {
    try {
      const response = await fetch(this.dataset["url"] ?? "", { headers: { accept: "application/json" } });
      if (response.ok) this.#show((await response.json()) as Board);
    } catch {
      // The hall's network comes back; the last number stays on the wall until then.
    }
    this.#later();
  }

  #show(board: Board): void {
    if (board.mark === this.dataset["mark"]) return;
    this.dataset["mark"] = board.mark;
    const put = (selector: string, text: string) => {
      const place = this.querySelector(selector);
      if (place) place.textContent = text;
    };
    put("[data-number]", board.number || "–");
    put("[data-words]", board.words);
    const list = this.querySelector("[data-before]");
    list?.replaceChildren(
      ...board.before.map((one) => {
        const item = document.createElement("li");
        const number = document.createElement("strong");
        number.textContent = one.number;
        item.append(number, ` ${one.at}`);
        return item;
      }),
    );
    if (this.#speaks && board.spoken) {
      const words = new SpeechSynthesisUtterance(board.spoken);
      words.lang = this.dataset["lang"] ?? "vi-VN";
      speechSynthesis.speak(words);
    }
  }
}

customElements.define("queue-board", QueueBoard);
