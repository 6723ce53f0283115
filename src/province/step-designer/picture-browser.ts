/** The picture of a process, to look at: loaded by `process-picture` where one is on the page. */
import ViewerOfLibrary from "bpmn-js/lib/Viewer.js";
import {
  type Canvas,
  type DrawingClass,
  type ElementRegistry,
  loadFont,
  markElement,
  type Overlays,
  showWhole,
  TEXT_STYLE,
  zoomButtons,
} from "./browser/drawing.ts";
import type { Picture } from "./browser/picture.ts";
import { LEAST_SCALE } from "./browser/picture-height.ts";

const Viewer = ViewerOfLibrary as unknown as DrawingClass;

const STRIDE = 60;

export async function showPicture(host: HTMLElement, picture: Picture): Promise<void> {
  host.classList.add("process-picture--shown");
  host.setAttribute("role", "group");
  host.setAttribute("aria-label", picture.words.label);
  host.tabIndex = 0;
  const viewer = new Viewer({ container: host, textRenderer: TEXT_STYLE });
  await loadFont();
  await viewer.importXML(picture.xml);
  const canvas = viewer.get<Canvas>("canvas");
  const services = {
    canvas,
    overlays: viewer.get<Overlays>("overlays"),
    registry: viewer.get<ElementRegistry>("elementRegistry"),
  };
  for (const [id, mark] of Object.entries(picture.marks)) markElement(services, id, mark, picture.words.marks[mark]);
  host.append(zoomButtons(canvas, picture.words));
  const drawn = canvas.viewbox().inner;
  const fits = Math.min(1, (host.clientWidth - 48) / Math.max(1, drawn.width));
  showWhole(canvas);
  const here = Object.entries(picture.marks).find(([, mark]) => mark === "current" || mark === "late")?.[0];
  if (fits < LEAST_SCALE) {
    // Too small to read on a phone: nearer, and at the place that matters.
    canvas.zoom(LEAST_SCALE, { x: 0, y: 0 });
    const first = here ?? services.registry.filter(({ type }) => type === "bpmn:StartEvent")[0]?.id;
    if (first) canvas.scrollToElement(first, 100);
  }
  followHand(host, canvas);
}

/** Moved by dragging, by touch and by the arrow keys; a page is still scrolled up and down by touch. */
function followHand(host: HTMLElement, canvas: Canvas): void {
  let from: { x: number; y: number } | undefined;
  host.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Element && event.target.closest("a, button")) return;
    from = { x: event.clientX, y: event.clientY };
    host.setPointerCapture(event.pointerId);
  });
  host.addEventListener("pointermove", (event) => {
    if (!from) return;
    canvas.scroll({ dx: event.clientX - from.x, dy: event.clientY - from.y });
    from = { x: event.clientX, y: event.clientY };
  });
  for (const ends of ["pointerup", "pointercancel"]) host.addEventListener(ends, () => (from = undefined));
  host.addEventListener("keydown", (event) => {
    const by = WAYS[event.key];
    if (!by || event.target !== host) return;
    event.preventDefault();
    canvas.scroll(by);
  });
}

const WAYS: Readonly<Record<string, { readonly dx: number; readonly dy: number }>> = {
  ArrowLeft: { dx: STRIDE, dy: 0 },
  ArrowRight: { dx: -STRIDE, dy: 0 },
  ArrowUp: { dx: 0, dy: STRIDE },
  ArrowDown: { dx: 0, dy: -STRIDE },
};
