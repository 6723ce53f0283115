/**
 * `<search-suggest data-from="/thu-tuc/goi-y">` around a search field: what could be meant, while somebody types. A
 * combobox by the ARIA pattern: arrows move, Enter opens, Escape closes. Without JavaScript the form is searched as it is.
 */
interface Suggestion {
  readonly name: string;
  readonly href: string;
  readonly field: string;
}

const WAIT_MS = 140;

class SearchSuggest extends HTMLElement {
  #input: HTMLInputElement | null = null;
  readonly #list = document.createElement("ul");
  readonly #status = document.createElement("p");
  #timer: number | undefined;
  #asked: AbortController | undefined;
  #at = -1;

  connectedCallback(): void {
    const input = this.querySelector("input");
    if (!input || this.#input) return;
    this.#input = input;
    const id = `${input.id}-goi-y`;
    this.#list.id = id;
    this.#list.className = "suggest__list";
    this.#list.hidden = true;
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", this.dataset["label"] ?? "");
    this.#status.className = "visually-hidden";
    this.#status.setAttribute("role", "status");
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-expanded", "false"],
      ["aria-controls", id],
    ] as const)
      input.setAttribute(name, value);
    this.append(this.#list, this.#status);
    input.addEventListener("input", () => this.#typed());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => window.setTimeout(() => this.#close(), 150));
  }

  disconnectedCallback(): void {
    window.clearTimeout(this.#timer);
    this.#asked?.abort();
  }

  #typed(): void {
    window.clearTimeout(this.#timer);
    const words = this.#input?.value.trim() ?? "";
    if (words.length < 2) return this.#close();
    this.#timer = window.setTimeout(() => {
      this.#ask(words).catch(() => this.#close());
    }, WAIT_MS);
  }

  async #ask(words: string): Promise<void> {
    this.#asked?.abort();
    this.#asked = new AbortController();
    const address = `${this.dataset["from"] ?? ""}?ten=${encodeURIComponent(words)}&lang=${document.documentElement.lang}`;
    const answer = await fetch(address, { headers: { accept: "application/json" }, signal: this.#asked.signal });
    if (!answer.ok) return this.#close();
    const { suggestions } = (await answer.json()) as { readonly suggestions: readonly Suggestion[] };
    if (this.#input?.value.trim() === words && document.activeElement === this.#input) this.#show(suggestions);
  }

  #show(suggestions: readonly Suggestion[]): void {
    this.#at = -1;
    this.#list.replaceChildren(
      ...suggestions.map((one, index) => {
        const item = document.createElement("li");
        item.id = `${this.#list.id}-${index}`;
        item.className = "suggest__item";
        item.setAttribute("role", "option");
        item.dataset["href"] = one.href;
        const name = document.createElement("span");
        name.textContent = one.name;
        const field = document.createElement("span");
        field.className = "suggest__field";
        field.textContent = one.field;
        item.append(name, field);
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          window.location.assign(one.href);
        });
        return item;
      }),
    );
    const open = suggestions.length > 0;
    this.#list.hidden = !open;
    this.#input?.setAttribute("aria-expanded", String(open));
    this.#status.textContent = open
      ? (this.dataset["count"] ?? "").replace("{n}", String(suggestions.length))
      : (this.dataset["none"] ?? "");
  }

  #key(event: KeyboardEvent): void {
    const items = [...this.#list.children] as HTMLElement[];
    if (this.#list.hidden || items.length === 0) return;
    if (event.key === "Escape") {
      event.preventDefault();
      return this.#close();
    }
    if (event.key === "Enter" && this.#at >= 0) {
      event.preventDefault();
      window.location.assign(items[this.#at]?.dataset["href"] ?? "");
      return;
    }
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    this.#at = Math.min(Math.max(this.#at + step, -1), items.length - 1);
    for (const [index, item] of items.entries()) item.setAttribute("aria-selected", String(index === this.#at));
    const chosen = items[this.#at];
    if (chosen) {
      this.#input?.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else this.#input?.removeAttribute("aria-activedescendant");
  }

  #close(): void {
    window.clearTimeout(this.#timer);
    this.#list.hidden = true;
    this.#at = -1;
    this.#input?.setAttribute("aria-expanded", "false");
    this.#input?.removeAttribute("aria-activedescendant");
  }
}

customElements.define("search-suggest", SearchSuggest);
