/**
 * `<otp-field>`: draws six boxes over the one field of a code. There stays one input (one label, one value, paste and
 * the phone's own "code from message" work); the boxes only mirror it.
 */
const BOXES = 6;

class OtpField extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector("input");
    if (!input || this.classList.contains("otp-field")) return;
    const frame = document.createElement("div");
    frame.className = "otp-field__frame";
    input.before(frame);
    const boxes = Array.from({ length: BOXES }, () => {
      const box = document.createElement("span");
      box.className = "otp-field__box";
      box.setAttribute("aria-hidden", "true");
      frame.append(box);
      return box;
    });
    frame.append(input);
    this.classList.add("otp-field");
    const draw = (): void => {
      const digits = input.value.replace(/\D/g, "").slice(0, BOXES);
      if (digits !== input.value) input.value = digits;
      const active = document.activeElement === input ? Math.min(digits.length, BOXES - 1) : -1;
      boxes.forEach((box, index) => {
        box.textContent = digits[index] ?? "";
        box.classList.toggle("otp-field__box--active", index === active);
      });
    };
    const toEnd = (): void => {
      input.setSelectionRange(input.value.length, input.value.length);
      draw();
    };
    input.addEventListener("input", draw);
    input.addEventListener("blur", draw);
    input.addEventListener("focus", toEnd);
    input.addEventListener("click", toEnd);
    draw();
  }
}

customElements.define("otp-field", OtpField);
