/** The few services of the drawing library that we use, as it names them; its own types are wider than its promises. */

/** The library's viewer or modeller. */
export interface Drawing {
  importXML(xml: string): Promise<unknown>;
  saveXML(options: { readonly format: boolean }): Promise<{ readonly xml?: string }>;
  get<Service>(name: string): Service;
  on(event: string, listener: () => void): void;
}
/** Its package says of itself that it is CommonJS, and is not: its types arrive as a namespace, the class as the default. */
export type DrawingClass = new (options: object) => Drawing;

/** Words are measured in the font in which they are drawn. */
export const TEXT_STYLE = {
  defaultStyle: { fontFamily: '"Be Vietnam Pro", Arial, sans-serif', fontSize: 12, lineHeight: 1.25 },
};

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Canvas {
  zoom(level: number | "fit-viewport", centre?: "auto" | { x: number; y: number }): number;
  zoom(): number;
  viewbox(): Box & { readonly inner: Box; readonly outer: { readonly width: number; readonly height: number } };
  viewbox(box: Box): void;
  scroll(by: { dx: number; dy: number }): void;
  scrollToElement(element: string, padding?: number): void;
  addMarker(element: string, marker: string): void;
  removeMarker(element: string, marker: string): void;
  getRootElement(): DrawnElement;
  resized(): void;
}

export interface Overlays {
  add(
    element: string,
    type: string,
    overlay: { position: { top?: number; right?: number }; html: HTMLElement },
  ): string;
  remove(filter: { type: string }): void;
}

/** A thing of BPMN; attributes by name, our own with their prefix. */
export interface Thing {
  readonly $type: string;
  id: string;
  name?: string;
  get<T = unknown>(name: string): T;
  $instanceOf(type: string): boolean;
}

export interface DrawnElement extends Box {
  readonly id: string;
  readonly type: string;
  readonly businessObject: Thing;
  readonly incoming: readonly DrawnElement[];
  readonly outgoing: readonly DrawnElement[];
  readonly attachers?: readonly DrawnElement[];
  readonly host?: DrawnElement;
  readonly source?: DrawnElement;
  readonly target?: DrawnElement;
  readonly parent?: DrawnElement;
  readonly children?: readonly DrawnElement[];
  readonly labelTarget?: DrawnElement;
}

export interface ElementRegistry {
  get(id: string): DrawnElement | undefined;
  filter(test: (element: DrawnElement) => boolean): DrawnElement[];
}

const SIGNS = { done: "✓", current: "●", late: "!", problem: "!", changed: "≠", added: "+" } as const;
export type MarkName = keyof typeof SIGNS;

/** Colours the element and puts a sign at its corner: nobody needs to see colours to read the picture. */
export function markElement(
  services: { readonly canvas: Canvas; readonly overlays: Overlays; readonly registry: ElementRegistry },
  id: string,
  mark: MarkName,
  words: string,
): void {
  const element = services.registry.get(id);
  if (!element) return;
  services.canvas.addMarker(id, `process-mark--${mark}`);
  if (element.source) return;
  const sign = document.createElement("span");
  sign.className = `process-sign process-sign--${mark}`;
  sign.textContent = SIGNS[mark];
  sign.title = words;
  services.overlays.add(id, "mark", { position: { top: -12, right: 12 }, html: sign });
}

/** Three buttons beside the picture: closer, farther, the whole. */
export function zoomButtons(
  canvas: Canvas,
  words: { readonly closer: string; readonly farther: string; readonly whole: string },
  left = 0,
): HTMLElement {
  const bar = document.createElement("div");
  bar.className = "process-zoom";
  const add = (label: string, text: string, run: () => void): void => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "process-zoom__button";
    button.textContent = text;
    button.title = label;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", run);
    bar.append(button);
  };
  add(words.closer, "+", () => canvas.zoom(Math.min(canvas.zoom() * STEP, CLOSEST), "auto"));
  add(words.farther, "−", () => canvas.zoom(Math.max(canvas.zoom() / STEP, FARTHEST), "auto"));
  add(words.whole, "⤢", () => showWhole(canvas, left));
  return bar;
}

const STEP = 1.25;
const CLOSEST = 2;
const FARTHEST = 0.2;
const MARGIN = 24;

/** Everything drawn, with air around it, never larger than drawn. `left`: room that something else takes. */
export function showWhole(canvas: Canvas, left = 0): void {
  const { inner, outer } = canvas.viewbox();
  if (inner.width === 0 || outer.width === 0) return;
  const scale = Math.min(
    1,
    (outer.width - left - 2 * MARGIN) / inner.width,
    (outer.height - 2 * SIGN_ROOM) / inner.height,
  );
  const width = outer.width / scale;
  const height = outer.height / scale;
  canvas.viewbox({
    x: inner.x - (width + left / scale - inner.width) / 2,
    y: inner.y - (height - inner.height) / 2,
    width,
    height,
  });
}

/** Buttons stand above, the library's own sign below at the right: neither is drawn over. */
const SIGN_ROOM = 56;

/** Before anything is measured: the font that is drawn with. Without it the drawing goes on in another. */
export async function loadFont(): Promise<void> {
  await document.fonts.load('12px "Be Vietnam Pro"', "Aệ").catch(() => undefined);
}
