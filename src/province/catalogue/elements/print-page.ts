/** `<print-page>` around a hidden button: only a browser that can print by script shows it. */
class PrintPage extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => window.print());
    // Also when the browser's own menu prints.
    window.addEventListener("beforeprint", unfold);
  }

  disconnectedCallback(): void {
    window.removeEventListener("beforeprint", unfold);
  }
}

/** What is folded away on the screen belongs on the paper; a list of a hundred offices does not. */
function unfold(): void {
  for (const folded of document.querySelectorAll("details")) folded.open ||= !folded.querySelector(".units");
}

customElements.define("print-page", PrintPage);
