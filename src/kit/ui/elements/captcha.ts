/**
 * `<captcha-field data-another="/ma-xac-thuc/…">`: adds the button that brings another code, without losing what was
 * typed elsewhere in the form. Without JavaScript the question beside the picture is the other way.
 */
interface AnotherCode {
  readonly token: string;
  readonly picture: string;
  readonly question: Readonly<Record<string, string>>;
}

class CaptchaField extends HTMLElement {
  connectedCallback(): void {
    const address = this.dataset["another"];
    const frame = this.querySelector(".captcha__frame");
    if (!address || !frame || this.querySelector(".captcha__another")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link-button captcha__another";
    button.textContent = this.dataset["label"] ?? "";
    frame.after(button);
    const live = document.createElement("p");
    live.className = "visually-hidden";
    live.setAttribute("role", "status");
    button.after(live);
    button.addEventListener("click", () => {
      button.disabled = true;
      this.#change(address, frame, live)
        // Without an answer the old code is still good.
        .catch(() => undefined)
        .finally(() => {
          button.disabled = false;
        });
    });
  }

  async #change(address: string, frame: Element, live: Element): Promise<void> {
    const response = await fetch(address, { headers: { accept: "application/json" } });
    if (!response.ok) return;
    const code = (await response.json()) as AnotherCode;
    const question = code.question[document.documentElement.lang] ?? "";
    const token = this.querySelector<HTMLInputElement>("input[name=captchaToken]");
    const input = this.querySelector<HTMLInputElement>("input[name=captcha]");
    const hint = this.querySelector(".govuk-hint");
    if (!token || !input || !hint) return;
    token.value = code.token;
    input.value = "";
    frame.innerHTML = code.picture;
    hint.textContent = `${this.dataset["hint"] ?? ""} ${question}`;
    live.textContent = `${this.dataset["said"] ?? ""} ${question}`;
    input.focus();
  }
}

customElements.define("captcha-field", CaptchaField);
