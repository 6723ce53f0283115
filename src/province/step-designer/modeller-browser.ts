/** The drawing board: loaded by `process-board` on the editor's page only. */
import ModelerOfLibrary from "bpmn-js/lib/Modeler.js";
import { processExtension } from "#protocols/internal-process/index.ts";
import type { Board } from "./browser/board.ts";
import {
  type Canvas,
  type Drawing,
  type DrawingClass,
  type DrawnElement,
  type ElementRegistry,
  loadFont,
  markElement,
  type Overlays,
  showWhole,
  TEXT_STYLE,
  zoomButtons,
} from "./browser/drawing.ts";
import { createEdits } from "./browser/edits.ts";
import { drawPanel, elementWords, type PanelParts } from "./browser/panel.ts";
import { subsetPad, subsetPalette } from "./browser/tools.ts";
import { translateTo } from "./browser/vietnamese.ts";

const Modeler = ModelerOfLibrary as unknown as DrawingClass;

/** The palette stands over the drawing's left edge. */
const PALETTE_ROOM = 64;
const LEAST_SCALE = 0.45;
const READABLE = 0.7;

interface Selection {
  get(): DrawnElement[];
  select(element: DrawnElement | null): void;
}
type Get = <Service>(name: string) => Service;

export interface BoardPlaces {
  readonly canvas: HTMLElement;
  readonly panel: HTMLElement;
  /** The form's field that carries the drawing. */
  readonly field: HTMLTextAreaElement;
  readonly status: HTMLElement;
}

export interface OpenBoard {
  /** Chooses an element and brings it into view. */
  show(id: string): void;
  /** The drawing as it is now is in the field. */
  settled(): Promise<void>;
  changed(): boolean;
}

/** Draws the board; rejects when the drawing cannot be shown at all. */
export async function openBoard(places: BoardPlaces, board: Board): Promise<OpenBoard> {
  const { words } = board;
  const translate = translateTo(board.lang);
  const provider = (make: typeof subsetPad): readonly ["factory", unknown] => {
    const factory = (injector: { get: Get }): object => make((name) => injector.get(name), words, translate);
    factory.$inject = ["injector"];
    return ["factory", factory];
  };
  const modeller = new Modeler({
    container: places.canvas,
    textRenderer: TEXT_STYLE,
    moddleExtensions: { motcua: processExtension },
    additionalModules: [
      {
        translate: ["value", translate],
        paletteProvider: provider(subsetPalette),
        contextPadProvider: provider(subsetPad),
      },
    ],
  });
  await loadFont();
  await modeller.importXML(places.field.value);
  const get: Get = (name) => modeller.get(name);
  get<{ unregister(name: string): void }>("editorActions").unregister("replaceElement");
  const canvas = get<Canvas>("canvas");
  const registry = get<ElementRegistry>("elementRegistry");
  const marking = { canvas, registry, overlays: get<Overlays>("overlays") };
  for (const { element, message } of board.problems) markElement(marking, element, "problem", message);
  places.canvas.append(zoomButtons(canvas, board.picture, PALETTE_ROOM), undoButtons(get, board));
  places.canvas.querySelector(".djs-container svg")?.setAttribute("aria-label", words.board);
  showWhole(canvas, PALETTE_ROOM);
  beginNear(canvas, registry);
  const selection = get<Selection>("selection");
  const parts: PanelParts = {
    host: places.panel,
    board,
    edits: createEdits(get, words),
    registry,
    root: () => canvas.getRootElement(),
    select: (element) => selection.select(element === canvas.getRootElement() ? null : element),
    say: (text) => {
      places.status.textContent = text;
    },
  };
  const current = (): DrawnElement => {
    const [chosen] = selection.get();
    return chosen?.labelTarget ?? chosen ?? canvas.getRootElement();
  };
  const redraw = (): void => drawPanel(parts, current());
  modeller.on("selection.changed", redraw);
  const keeper = keepDrawing(modeller, places.field, redraw);
  redraw();
  return {
    show: (id) => {
      const element = registry.get(id);
      if (!element) return;
      selection.select(element);
      canvas.scrollToElement(id, 80);
      parts.say(elementWords(element, words));
    },
    ...keeper,
  };
}

/** On a phone the whole is too small to read: from the start, in a size that can be read. */
function beginNear(canvas: Canvas, registry: ElementRegistry): void {
  const [start] = registry.filter(({ type }) => type === "bpmn:StartEvent");
  if (canvas.zoom() >= LEAST_SCALE || !start) return;
  canvas.zoom(READABLE, { x: 0, y: 0 });
  const { outer } = canvas.viewbox();
  canvas.viewbox({
    x: start.x - (PALETTE_ROOM + 24) / READABLE,
    y: start.y - outer.height / 2 / READABLE,
    width: outer.width / READABLE,
    height: outer.height / READABLE,
  });
}

/** After each change the field has the drawing, so that saving is an ordinary form. */
function keepDrawing(modeller: Drawing, field: HTMLTextAreaElement, redraw: () => void): Omit<OpenBoard, "show"> {
  let last: Promise<void> = Promise.resolve();
  let dirty = false;
  modeller.on("commandStack.changed", () => {
    dirty = true;
    last = last
      .then(() => modeller.saveXML({ format: true }))
      .then(({ xml }) => {
        if (xml !== undefined) field.value = xml;
      })
      .catch(() => undefined);
    redraw();
  });
  return { settled: () => last, changed: () => dirty };
}

function undoButtons(get: Get, { words }: Board): HTMLElement {
  const bar = document.createElement("div");
  bar.className = "process-zoom process-zoom--undo";
  for (const [name, label, sign] of [
    ["undo", words.undo, "↶"],
    ["redo", words.redo, "↷"],
  ] as const) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "process-zoom__button";
    button.textContent = sign;
    button.title = label;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", () => get<{ trigger(action: string): void }>("editorActions").trigger(name));
    bar.append(button);
  }
  return bar;
}
