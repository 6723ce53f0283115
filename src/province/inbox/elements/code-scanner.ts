/**
 * `<code-scanner data-for="field" data-module="…">`: a button that reads a QR code with the camera into a field and sends its
 * form. The browser's own reader where it has one, else a module that is loaded when the button is pressed. Without a camera
 * there is no button.
 */
type Read = (frame: ImageData) => string | undefined;
interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
type DetectorClass = new (options: { formats: string[] }) => Detector;

const EVERY_MS = 150;

class CodeScanner extends HTMLElement {
  #stream: MediaStream | undefined;
  #timer: number | undefined;

  connectedCallback(): void {
    if (!("mediaDevices" in navigator)) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary govuk-button--small";
    button.textContent = this.dataset["label"] ?? "QR";
    button.addEventListener("click", () => void this.#start(button));
    this.replaceChildren(button);
  }

  disconnectedCallback(): void {
    this.#stop();
  }

  async #start(button: HTMLButtonElement): Promise<void> {
    if (this.#stream) return this.#stop();
    const hint = document.createElement("p");
    hint.setAttribute("role", "status");
    hint.textContent = this.dataset["hint"] ?? "";
    const video = document.createElement("video");
    video.muted = true;
    video.playsInline = true;
    this.replaceChildren(button, hint, video);
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.srcObject = this.#stream;
      await video.play();
      button.textContent = this.dataset["stop"] ?? "";
      const read = await this.#reader(video);
      this.#timer = window.setInterval(() => void this.#look(read), EVERY_MS);
    } catch {
      this.#stop();
      hint.textContent = this.dataset["denied"] ?? "";
      this.append(hint);
    }
  }

  /** How a code is looked for in the picture of this moment. */
  async #reader(video: HTMLVideoElement): Promise<() => Promise<string | undefined>> {
    const known = (window as unknown as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
    if (known) {
      const detector = new known({ formats: ["qr_code"] });
      return async () => (await detector.detect(video))[0]?.rawValue;
    }
    const { readCode } = (await import(this.dataset["module"] ?? "")) as { readCode: Read };
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d", { willReadFrequently: true });
    return async () => {
      if (!context || video.videoWidth === 0) return undefined;
      canvas.width = video.videoWidth;
      canvas.height = video.videoHeight;
      context.drawImage(video, 0, 0);
      return readCode(context.getImageData(0, 0, canvas.width, canvas.height));
    };
  }

  async #look(read: () => Promise<string | undefined>): Promise<void> {
    const code = await read().catch(() => undefined);
    if (!code || !this.#stream) return;
    const field = document.getElementById(this.dataset["for"] ?? "");
    this.#stop();
    if (!(field instanceof HTMLInputElement)) return;
    field.value = code;
    field.form?.requestSubmit();
  }

  #stop(): void {
    window.clearInterval(this.#timer);
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = undefined;
    const button = this.querySelector("button");
    if (!button) return;
    button.textContent = this.dataset["label"] ?? "QR";
    this.replaceChildren(button);
  }
}

customElements.define("code-scanner", CodeScanner);
