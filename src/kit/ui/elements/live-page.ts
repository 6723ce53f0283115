/**
 * <live-page data-url data-version>: reloads the page when its address says that something changed. Where the stream is
 * not given, the page looks again every minute while somebody looks at it. Without JavaScript people reload themselves.
 */
const EVERY_MS = 60_000;
const TIMES_MAX = 30;

class LivePage extends HTMLElement {
  #source: EventSource | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  connectedCallback(): void {
    const source = new EventSource(this.dataset["url"] ?? "");
    this.#source = source;
    source.addEventListener("message", ({ data }) => {
      if (data !== this.dataset["version"]) location.reload();
    });
    source.addEventListener("error", () => {
      // Closed for good: refused, or signed out. A broken line is CONNECTING and mends itself.
      if (source.readyState === EventSource.CLOSED) this.#lookNowAndThen();
    });
  }

  disconnectedCallback(): void {
    this.#source?.close();
    clearInterval(this.#timer);
  }

  #lookNowAndThen(): void {
    let times = 0;
    this.#timer ??= setInterval(() => {
      times += 1;
      if (times > TIMES_MAX) clearInterval(this.#timer);
      else if (!document.hidden) location.reload();
    }, EVERY_MS);
  }
}

customElements.define("live-page", LivePage);
