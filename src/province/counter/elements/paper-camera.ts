/**
 * `<paper-camera data-for="file field">`: the live picture of the desk's document camera beside a paper's file field. Each press
 * takes a page; "done" hands the pages to the field as if they had been chosen there, so that they are turned, merged and sent
 * like any others. Without a camera there is no button.
 */
const QUALITY = 0.85;
/** What document cameras can; the browser gives what there is. */
const WIDE = { ideal: 2_592 };
const PAGES_MAX = 20;

class PaperCamera extends HTMLElement {
  #stream: MediaStream | undefined;
  #pages: File[] = [];

  connectedCallback(): void {
    if (!("mediaDevices" in navigator) || this.childElementCount > 0) return;
    this.#rest();
  }

  disconnectedCallback(): void {
    this.#stop();
  }

  /** The one button that opens the camera. */
  #rest(said?: string): void {
    const open = this.#button("label", () => void this.#open());
    const hint = document.createElement("p");
    hint.className = "govuk-hint";
    hint.setAttribute("role", "status");
    hint.textContent = said ?? "";
    this.replaceChildren(open, hint);
  }

  async #open(): Promise<void> {
    const video = document.createElement("video");
    video.muted = true;
    video.playsInline = true;
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({
        video: { width: WIDE, facingMode: "environment" },
      });
      video.srcObject = this.#stream;
      await video.play();
    } catch {
      this.#stop();
      return this.#rest(this.dataset["denied"]);
    }
    const count = document.createElement("p");
    count.className = "govuk-hint";
    count.setAttribute("role", "status");
    const shoot = this.#button("shoot", () => void this.#shoot(video, count));
    const done = this.#button("done", () => this.#done());
    const row = document.createElement("div");
    row.className = "paper-camera__buttons";
    row.append(shoot, done);
    this.replaceChildren(video, row, count);
    shoot.focus();
  }

  async #shoot(video: HTMLVideoElement, count: HTMLElement): Promise<void> {
    if (this.#pages.length >= PAGES_MAX || video.videoWidth === 0) return;
    const canvas = document.createElement("canvas");
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext("2d")?.drawImage(video, 0, 0);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    if (!blob) return;
    const name = `${this.dataset["page"] ?? "trang"}-${this.#pages.length + 1}.jpg`;
    this.#pages.push(new File([blob], name, { type: "image/jpeg" }));
    count.textContent = `${this.dataset["count"] ?? ""} ${this.#pages.length}`;
  }

  #done(): void {
    const field = document.getElementById(this.dataset["for"] ?? "");
    this.#stop();
    const pages = this.#pages;
    this.#pages = [];
    this.#rest();
    if (!(field instanceof HTMLInputElement) || pages.length === 0) return;
    const chosen = new DataTransfer();
    for (const page of pages) chosen.items.add(page);
    field.files = chosen.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #button(word: string, press: () => void): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary govuk-button--small";
    button.textContent = this.dataset[word] ?? "";
    button.addEventListener("click", press);
    return button;
  }

  #stop(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = undefined;
  }
}

customElements.define("paper-camera", PaperCamera);
