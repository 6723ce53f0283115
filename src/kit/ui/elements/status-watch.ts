/**
 * <status-watch data-url data-state>: a page that waits for something asks its address every few seconds (JSON with
 * `state`) and reloads when the state is another one. Bounded; without JavaScript the page has a link that does the same.
 */
const EVERY_MS = 3_000;
const TIMES_MAX = 60;

class StatusWatch extends HTMLElement {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #times = 0;

  connectedCallback(): void {
    this.#later();
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
  }

  #later(): void {
    this.#times += 1;
    if (this.#times <= TIMES_MAX) this.#timer = setTimeout(() => void this.#look(), EVERY_MS);
  }

  async #look(): Promise<void> {
    try {
      const response = await fetch(this.dataset["url"] ?? "", { headers: { accept: "application/json" } });
      const { state } = (await response.json()) as { state?: string };
      if (response.ok && state && state !== this.dataset["state"]) {
        location.reload();
        return;
      }
    } catch {
      // The network comes and goes on a phone; the next round asks again.
    }
    this.#later();
  }
}

customElements.define("status-watch", StatusWatch);
