/**
 * `<count-down data-seconds="57" data-text="… {n} …">` around a button: keeps it disabled and counts, then gives it back.
 * Without JavaScript the button simply works, and the server says how long to wait.
 */
class CountDown extends HTMLElement {
  #timer: number | undefined;

  connectedCallback(): void {
    const button = this.querySelector("button");
    const until = Date.now() + Number(this.dataset["seconds"] ?? 0) * 1_000;
    const text = this.dataset["text"] ?? "{n}";
    if (!button || until <= Date.now()) return;
    const note = document.createElement("span");
    note.className = "count-down__note";
    button.after(note);
    const tick = (): void => {
      // By the clock, not by counting ticks: a phone that slept shows the right rest.
      const left = Math.ceil((until - Date.now()) / 1_000);
      button.disabled = left > 0;
      button.hidden = left > 0;
      note.textContent = left > 0 ? text.replace("{n}", String(left)) : "";
      if (left <= 0) window.clearInterval(this.#timer);
    };
    this.#timer = window.setInterval(tick, 500);
    tick();
  }

  disconnectedCallback(): void {
    window.clearInterval(this.#timer);
  }
}

customElements.define("count-down", CountDown);
