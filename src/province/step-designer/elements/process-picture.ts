/**
 * `<process-picture data-module data-styles>` around the list of a process's steps: draws the same steps as a picture above
 * the list. The picture, its marks and its words come with the page as a block of data. Without JavaScript the list stands
 * alone and says everything that the picture shows.
 */
import { loadDrawingStyles } from "../browser/drawing-styles.ts";
import { pictureHeight } from "../browser/picture-height.ts";
import type { Picture } from "../browser/picture.ts";

interface PictureModule {
  showPicture(host: HTMLElement, picture: Picture): Promise<void>;
}

class ProcessPicture extends HTMLElement {
  #drawn = false;

  connectedCallback(): void {
    if (this.#drawn) return;
    this.#drawn = true;
    const data = this.querySelector("script[data-picture]")?.textContent;
    if (!data) return;
    const host = document.createElement("div");
    const picture = JSON.parse(data) as Picture;
    host.className = "process-picture process-picture--shown";
    this.prepend(host);
    host.style.height = `${pictureHeight(picture.xml, host.clientWidth)}px`;
    // The drawing program is heavier than the page: it comes when somebody is about to see the picture.
    const watch = new IntersectionObserver(
      (seen) => {
        if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
        watch.disconnect();
        this.#draw(host, picture).catch(() => host.remove());
      },
      { rootMargin: "200px" },
    );
    watch.observe(host);
  }

  async #draw(host: HTMLElement, picture: Picture): Promise<void> {
    await loadDrawingStyles(this.dataset["styles"] ?? "");
    const { showPicture } = (await import(this.dataset["module"] ?? "")) as PictureModule;
    await showPicture(host, picture);
  }
}

customElements.define("process-picture", ProcessPicture);
