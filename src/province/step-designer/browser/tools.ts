/** What can be drawn: the documented subset and nothing else, in the library's palette and beside a chosen element. */
import type { BoardWords } from "./board.ts";
import type { DrawnElement } from "./drawing.ts";
import { createEdits, type Edits, NEW_THINGS, type NewThing, newShapeOf } from "./edits.ts";

interface Entry {
  readonly group: string;
  readonly className: string;
  readonly title: string;
  readonly separator?: boolean;
  readonly action: Readonly<Record<string, (event: Event, element?: DrawnElement) => void>>;
}
type Entries = Record<string, Entry | { readonly group: string; readonly separator: true }>;

interface Tool {
  activateHand(event: Event): void;
  activateSelection(event: Event): void;
  start(event: Event, ...what: unknown[]): void;
}
interface Providers {
  registerProvider(provider: object): void;
}
type Get = <Service>(name: string) => Service;

const SIGNS: Readonly<Record<NewThing, string>> = {
  step: "bpmn-icon-user-task",
  call: "bpmn-icon-call-activity",
  exclusive: "bpmn-icon-gateway-xor",
  parallel: "bpmn-icon-gateway-parallel",
  wait: "bpmn-icon-intermediate-event-catch-timer",
  end: "bpmn-icon-end-event-none",
};

/** In place of the library's palette, which offers all of BPMN. */
export function subsetPalette(get: Get, words: BoardWords, translate: (text: string) => string): object {
  const tool = (name: string): Tool => get<Tool>(name);
  const create = (thing: NewThing): Entry => {
    const start = (event: Event): void => tool("create").start(event, newShapeOf(get, thing, words));
    return {
      group: thing === "step" || thing === "call" ? "activity" : "gateway",
      className: SIGNS[thing],
      title: words.types[thing],
      action: { dragstart: start, click: start },
    };
  };
  const plain = (className: string, title: string, click: (event: Event) => void): Entry => ({
    group: "tools",
    className,
    title: translate(title),
    action: { click },
  });
  const palette = {
    getPaletteEntries: (): Entries => ({
      hand: plain("bpmn-icon-hand-tool", "Activate hand tool", (event) => tool("handTool").activateHand(event)),
      lasso: plain("bpmn-icon-lasso-tool", "Activate lasso tool", (event) =>
        tool("lassoTool").activateSelection(event),
      ),
      space: plain("bpmn-icon-space-tool", "Activate create/remove space tool", (event) =>
        tool("spaceTool").activateSelection(event),
      ),
      connect: plain("bpmn-icon-connection-multi", "Activate global connect tool", (event) =>
        tool("globalConnect").start(event),
      ),
      separator: { group: "tools", separator: true },
      ...Object.fromEntries(NEW_THINGS.map((thing) => [thing, create(thing)])),
    }),
  };
  get<Providers>("palette").registerProvider(palette);
  return palette;
}

/** In place of the library's buttons beside a chosen element. */
export function subsetPad(get: Get, words: BoardWords, translate: (text: string) => string): object {
  const edits: Edits = createEdits(get, words);
  const pad = {
    getContextPadEntries: (element: DrawnElement): Entries => {
      const entries: Entries = {};
      const add = (name: string, group: string, className: string, title: string, click: Entry["action"][string]) => {
        entries[name] = { group, className, title, action: { click } };
      };
      if (edits.mayGoOn(element)) {
        for (const thing of NEW_THINGS)
          add(thing, "model", SIGNS[thing], `${words.add}: ${words.types[thing]}`, () =>
            edits.addAfter(element, thing),
          );
        const start = (event: Event): void => get<Tool>("connect").start(event, element);
        entries["connect"] = {
          group: "connect",
          className: "bpmn-icon-connection-multi",
          title: translate("Connect to other element"),
          action: { click: start, dragstart: start },
        };
      }
      if (edits.mayHaveTimer(element))
        add("timer", "model", "bpmn-icon-boundary-event", words.addTimer, () => edits.attachTimer(element));
      if (element.type !== "label")
        add("delete", "edit", "bpmn-icon-trash", translate("Delete"), () => edits.remove(element));
      return entries;
    },
  };
  get<Providers>("contextPad").registerProvider(pad);
  return pad;
}
