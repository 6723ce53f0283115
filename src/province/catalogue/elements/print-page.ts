/** `<print-page>` around a hidden button: only a browser that can print by script shows it. */
class PrintPage extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      // What is folded away on the screen belongs on the paper.
      // A list of a hundred offices does not.
      for (const folded of document.querySelectorAll("details")) folded.open ||= !folded.querySelector(".units");
      window.print();
    });
  }
}

customElements.define("print-page", PrintPage);
