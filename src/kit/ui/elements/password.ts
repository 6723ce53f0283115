/** `<password-field data-show="Hiện" data-hide="Ẩn">`: adds the button that shows what is typed. */
class PasswordField extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector("input");
    if (!input || this.querySelector("button")) return;
    const row = document.createElement("div");
    row.className = "password-field__row";
    input.before(row);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "password-field__toggle";
    const show = (visible: boolean): void => {
      input.type = visible ? "text" : "password";
      button.textContent = (visible ? this.dataset["hide"] : this.dataset["show"]) ?? "";
      button.setAttribute("aria-pressed", String(visible));
      button.setAttribute("aria-controls", input.id);
    };
    button.addEventListener("click", () => show(input.type === "password"));
    // Never sent or remembered by the browser as plain text.
    input.form?.addEventListener("submit", () => show(false));
    row.append(input, button);
    show(false);
  }
}

customElements.define("password-field", PasswordField);
