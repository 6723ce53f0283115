/**
 * `<code-scanner data-for="field" data-module="…">`: reads a QR code into a field, with the camera or out of a picture. The
 * browser's own reader where it has one, else a module that is loaded when a button is pressed. Where the page may not ask
 * for a camera the picture is left. With `data-send` the form is sent, else the cursor goes on to the next field.
 */
type Read = (frame: ImageData) => string | undefined;
type Source = HTMLVideoElement | ImageBitmap;
type Look = (source: Source, width: number, height: number) => Promise<string | undefined>;
interface Detector {
  detect(source: Source): Promise<readonly { readonly rawValue: string }[]>;
}
type DetectorClass = new (options: { formats: string[] }) => Detector;

const EVERY_MS = 150;
/** Codes on identity cards are fine: the camera's usual 640 points are too few for a card that is held at arm's length. */
const WANTED = { width: { ideal: 1280 }, height: { ideal: 720 } };
/** Longest sides at which a picture is looked at, in turn: a large one is read badly when the code fills it. */
const PICTURE_SIDES = [1_600, 800, 400];

class CodeScanner extends HTMLElement {
  #stream: MediaStream | undefined;
  #timer: number | undefined;
  #looking = false;
  #look: Promise<Look> | undefined;

  connectedCallback(): void {
    this.#rest();
  }

  disconnectedCallback(): void {
    this.#stop();
  }

  /** The buttons, and what was last to be said. */
  #rest(said?: string): void {
    const parts: Node[] = [];
    if ("mediaDevices" in navigator) {
      parts.push(buttonOf(this.dataset["label"], () => void this.#start()));
    }
    const chooser = document.createElement("input");
    chooser.type = "file";
    chooser.accept = "image/*";
    chooser.hidden = true;
    chooser.addEventListener("change", () => void this.#readPicture(chooser.files?.[0]));
    parts.push(
      buttonOf(this.dataset["picture"], () => chooser.click()),
      chooser,
    );
    if (said) parts.push(statusOf(said));
    this.replaceChildren(...parts);
  }

  async #start(): Promise<void> {
    const video = document.createElement("video");
    video.muted = true;
    video.playsInline = true;
    const stop = buttonOf(this.dataset["stop"], () => {
      this.#stop();
      this.#rest();
      this.querySelector("button")?.focus();
    });
    this.replaceChildren(stop, statusOf(this.dataset["hint"] ?? ""), video);
    stop.focus();
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", ...WANTED } });
      // Who stopped while the browser asked for the camera wants none: it would stay on with nothing to turn it off.
      if (!video.isConnected) return stopStream(stream);
      this.#stream = stream;
      video.srcObject = stream;
      await video.play();
      const look = await this.#reader();
      if (!video.isConnected) return;
      this.#timer = window.setInterval(() => void this.#lookAt(video, look), EVERY_MS);
    } catch {
      if (!video.isConnected) return;
      this.#stop();
      this.#rest(this.dataset["denied"]);
    }
  }

  #reader(): Promise<Look> {
    this.#look ??= readerOf(this.dataset["module"] ?? "");
    // A module that did not arrive may arrive the next time.
    this.#look.catch(() => (this.#look = undefined));
    return this.#look;
  }

  async #lookAt(video: HTMLVideoElement, look: Look): Promise<void> {
    if (this.#looking || video.videoWidth === 0) return;
    this.#looking = true;
    const code = await look(video, video.videoWidth, video.videoHeight).catch(() => undefined);
    this.#looking = false;
    if (code && this.#stream) this.#take(code);
  }

  async #readPicture(file: File | undefined): Promise<void> {
    if (!file) return;
    try {
      const [look, picture] = await Promise.all([this.#reader(), createImageBitmap(file)]);
      for (const side of PICTURE_SIDES) {
        const scale = Math.min(1, side / Math.max(picture.width, picture.height));
        const code = await look(picture, Math.round(picture.width * scale), Math.round(picture.height * scale));
        if (code) return this.#take(code);
      }
    } catch {
      // Not a picture that this browser reads: said in the same words.
    }
    this.#rest(this.dataset["unread"]);
  }

  #take(code: string): void {
    this.#stop();
    this.#rest();
    const field = document.getElementById(this.dataset["for"] ?? "");
    if (!(field instanceof HTMLInputElement)) return;
    field.value = code;
    if (this.dataset["send"] !== undefined) return field.form?.requestSubmit();
    const fields = [
      ...(field.form?.querySelectorAll<HTMLElement>("input:not([type=hidden]):not([hidden]),select") ?? []),
    ];
    fields[fields.indexOf(field) + 1]?.focus();
  }

  #stop(): void {
    window.clearInterval(this.#timer);
    if (this.#stream) stopStream(this.#stream);
    this.#stream = undefined;
  }
}

function stopStream(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function buttonOf(label: string | undefined, press: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary govuk-button--small";
  button.textContent = label ?? "QR";
  button.addEventListener("click", press);
  return button;
}

function statusOf(text: string): HTMLElement {
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  status.textContent = text;
  return status;
}

/** How a code is looked for in a picture, or in what the camera shows at this moment. */
async function readerOf(module: string): Promise<Look> {
  const known = (window as unknown as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  if (known) {
    const detector = new known({ formats: ["qr_code"] });
    return async (source) => (await detector.detect(source))[0]?.rawValue;
  }
  const { readCode } = (await import(module)) as { readCode: Read };
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return async (source, width, height) => {
    if (!context || width === 0 || height === 0) return undefined;
    canvas.width = width;
    canvas.height = height;
    context.drawImage(source, 0, 0, width, height);
    return readCode(context.getImageData(0, 0, width, height));
  };
}

customElements.define("code-scanner", CodeScanner);
