/** `<signature-pad>`: a field to sign in with finger, pen or mouse. The strokes are text in a hidden field. */
const LENGTH_MAX = 24_000;

class SignaturePad extends HTMLElement {
  #strokes: string[] = [];
  #canvas: HTMLCanvasElement | undefined;

  connectedCallback(): void {
    const field = this.querySelector<HTMLInputElement>("input[type=hidden]");
    if (!field || this.querySelector("canvas")) return;
    const canvas = document.createElement("canvas");
    canvas.width = Number(this.dataset["width"]);
    canvas.height = Number(this.dataset["height"]);
    canvas.className = "signature-pad__field";
    canvas.setAttribute("role", "img");
    const label = document.createElement("p");
    label.className = "govuk-hint signature-pad__label";
    label.textContent = this.dataset["draw"] ?? "";
    const clear = document.createElement("button");
    clear.type = "button";
    clear.className = "govuk-button govuk-button--secondary signature-pad__clear";
    clear.textContent = this.dataset["clear"] ?? "";
    this.append(label, canvas, clear);
    this.#canvas = canvas;
    this.#strokes = field.value ? field.value.split(";") : [];
    this.#draw();
    clear.addEventListener("click", () => {
      this.#strokes = [];
      this.#put(field);
    });
    canvas.addEventListener("pointerdown", (event) => this.#sign(field, event));
  }

  #sign(field: HTMLInputElement, start: PointerEvent): void {
    const canvas = this.#canvas;
    if (!canvas || start.button !== 0) return;
    start.preventDefault();
    canvas.setPointerCapture(start.pointerId);
    const points = [this.#at(start)];
    this.#strokes.push(points.join(" "));
    const move = (event: PointerEvent): void => {
      const point = this.#at(event);
      if (point === points.at(-1)) return;
      points.push(point);
      this.#strokes[this.#strokes.length - 1] = points.join(" ");
      this.#draw();
    };
    const end = (): void => {
      canvas.removeEventListener("pointermove", move);
      this.#put(field);
    };
    canvas.addEventListener("pointermove", move);
    canvas.addEventListener("pointerup", end, { once: true });
    canvas.addEventListener("pointercancel", end, { once: true });
  }

  /** In the field's own measure, whatever its size on the screen. */
  #at(event: PointerEvent): string {
    const canvas = this.#canvas;
    if (!canvas) return "0,0";
    const box = canvas.getBoundingClientRect();
    const along = (value: number, size: number, whole: number): number =>
      Math.min(whole, Math.max(0, Math.round((value / size) * whole)));
    return `${along(event.clientX - box.left, box.width, canvas.width)},${along(event.clientY - box.top, box.height, canvas.height)}`;
  }

  #put(field: HTMLInputElement): void {
    this.#draw();
    const text = this.#strokes.join(";");
    field.value = text.length <= LENGTH_MAX ? text : field.value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #draw(): void {
    const canvas = this.#canvas;
    const pen = canvas?.getContext("2d");
    if (!canvas || !pen) return;
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.lineWidth = 3.2;
    pen.lineCap = "round";
    pen.lineJoin = "round";
    for (const stroke of this.#strokes) {
      pen.beginPath();
      for (const [index, point] of stroke.split(" ").entries()) {
        const [x = 0, y = 0] = point.split(",").map(Number);
        if (index === 0) pen.moveTo(x, y);
        pen.lineTo(x, y);
      }
      pen.stroke();
    }
    canvas.setAttribute("aria-label", (this.#strokes.length > 0 ? this.dataset["signed"] : this.dataset["draw"]) ?? "");
  }
}

customElements.define("signature-pad", SignaturePad);
