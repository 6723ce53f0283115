/**
 * `<move-keys>` around the buttons that move a thing: Alt+↑ and Alt+↓ press them, as editors know it. Not while somebody
 * types: there the keys belong to the text.
 */
class MoveKeys extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("keydown", this.#press);
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.#press);
  }

  readonly #press = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    if (event.target instanceof Element && event.target.closest("input, textarea, select")) return;
    const way = event.key === "ArrowUp" ? "len" : "xuong";
    const button = this.querySelector<HTMLButtonElement>(`button[value^="${way}:"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  };
}

customElements.define("move-keys", MoveKeys);
