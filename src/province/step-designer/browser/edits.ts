/** Changes of the drawing, each one step of the editor's undo list. The panel, the palette and the keys all end here. */
import { OWN_UNIT } from "#protocols/internal-process/index.ts";
import type { BoardWords } from "./board.ts";
import type { DrawnElement, ElementRegistry, Thing } from "./drawing.ts";

export const NEW_THINGS = ["step", "call", "exclusive", "parallel", "wait", "end"] as const;
export type NewThing = (typeof NEW_THINGS)[number];

type Get = <Service>(name: string) => Service;

interface Factory {
  createShape(attributes: object): DrawnElement;
}
interface Things {
  create(type: string, attributes?: object): Thing;
}
interface SpaceTool {
  calculateAdjustments(
    elements: readonly DrawnElement[],
    axis: "x",
    by: number,
    from: number,
  ): { readonly movingShapes: DrawnElement[]; readonly resizingShapes: DrawnElement[] };
  makeSpace(
    moving: DrawnElement[],
    resizing: DrawnElement[],
    by: { x: number; y: number },
    direction: "e",
    from: number,
  ): void;
}
interface Modeling {
  reconnectStart(flow: DrawnElement, source: DrawnElement, dock: { x: number; y: number }): void;
  layoutConnection(flow: DrawnElement): void;
  updateProperties(element: DrawnElement, properties: object): void;
  updateModdleProperties(element: DrawnElement, thing: Thing, properties: object): void;
  createShape(
    attributes: object,
    position: { x: number; y: number },
    parent: DrawnElement,
    hints?: { attach: boolean },
  ): DrawnElement;
  connect(source: DrawnElement, target: DrawnElement, attributes: object): DrawnElement;
  removeElements(elements: DrawnElement[]): void;
}

const TYPES: Readonly<Record<NewThing, string>> = {
  step: "bpmn:UserTask",
  call: "bpmn:CallActivity",
  exclusive: "bpmn:ExclusiveGateway",
  parallel: "bpmn:ParallelGateway",
  wait: "bpmn:IntermediateCatchEvent",
  end: "bpmn:EndEvent",
};
const FIRST_HOURS = "8";
const FIRST_DURATION = "PT8H";
const TIMER = "bpmn:TimerEventDefinition";

/** A new element with everything that a check asks for, where the program can know it. */
export function newShapeOf(get: Get, thing: NewThing, words: BoardWords): DrawnElement {
  const type = TYPES[thing];
  const shape = get<Factory>("elementFactory").createShape({
    type,
    ...(thing === "wait" ? { eventDefinitionType: TIMER } : {}),
  });
  const name = thing === "step" ? words.newStep : thing === "call" ? words.newCall : "";
  const about = shape.businessObject as Thing & { set(name: string, value: unknown): void };
  if (name) {
    about.set("name", name);
    about.set("motcua:role", "specialist");
    about.set("motcua:unit", thing === "call" ? "" : OWN_UNIT);
    about.set("motcua:hours", FIRST_HOURS);
    about.set("motcua:kind", "task");
    about.set("motcua:act", "none");
  }
  if (thing === "wait") setDuration(get, about, FIRST_DURATION);
  return shape;
}

function setDuration(get: Get, about: Thing, duration: string): void {
  const definition = about.get<Thing[]>("eventDefinitions")[0] as Thing & { set(name: string, value: unknown): void };
  definition.set("timeDuration", get<Things>("bpmnFactory").create("bpmn:FormalExpression", { body: duration }));
}

export interface Edits {
  mayGoOn(element: DrawnElement): boolean;
  mayHaveTimer(element: DrawnElement): boolean;
  addAfter(element: DrawnElement, thing: NewThing): DrawnElement;
  attachTimer(host: DrawnElement): DrawnElement;
  /** False where the rules of drawing do not allow it. */
  connect(source: DrawnElement, target: DrawnElement): boolean;
  remove(element: DrawnElement): void;
  set(element: DrawnElement, properties: Readonly<Record<string, unknown>>): void;
  /** ISO 8601, of a timer. */
  durationOf(element: DrawnElement): string;
  setDuration(element: DrawnElement, duration: string): void;
  conditionOf(flow: DrawnElement): string;
  setCondition(flow: DrawnElement, condition: string): void;
  /** Where one could lead to from here. */
  targetsOf(source: DrawnElement): DrawnElement[];
}

export const isStep = ({ type }: DrawnElement): boolean => type === "bpmn:UserTask" || type === "bpmn:CallActivity";
export const isFlow = ({ type }: DrawnElement): boolean => type === "bpmn:SequenceFlow";
const isTimer = ({ type }: DrawnElement): boolean =>
  type === "bpmn:BoundaryEvent" || type === "bpmn:IntermediateCatchEvent";

export function createEdits(get: Get, words: BoardWords): Edits {
  const modeling = (): Modeling => get<Modeling>("modeling");
  const definitionOf = (element: DrawnElement): Thing | undefined =>
    isTimer(element) ? element.businessObject.get<Thing[]>("eventDefinitions")[0] : undefined;
  const expression = (body: string): Thing => get<Things>("bpmnFactory").create("bpmn:FormalExpression", { body });
  const mayGoOn = ({ type }: DrawnElement): boolean => CONTINUED.has(type);
  return {
    mayGoOn,
    mayHaveTimer: (element) =>
      isStep(element) && !(element.attachers ?? []).some(({ type }) => type === "bpmn:BoundaryEvent"),
    addAfter: (element, thing) => {
      const shape = newShapeOf(get, thing, words);
      const [onward] = element.outgoing;
      if (onward && thing !== "end" && !element.type.endsWith("Gateway")) return insert(get, element, onward, shape);
      return get<{ append(source: DrawnElement, shape: DrawnElement): DrawnElement }>("autoPlace").append(
        element,
        shape,
      );
    },
    attachTimer: (host) => {
      const at = { x: host.x + host.width - 24, y: host.y + host.height };
      const timer = { type: "bpmn:BoundaryEvent", eventDefinitionType: TIMER };
      const shape = modeling().createShape(timer, at, host, { attach: true });
      const definition = definitionOf(shape);
      if (definition)
        modeling().updateModdleProperties(shape, definition, { timeDuration: expression(FIRST_DURATION) });
      return shape;
    },
    connect: (source, target) => {
      const allowed = get<{ allowed(rule: string, about: object): unknown }>("rules").allowed("connection.create", {
        source,
        target,
      });
      if (!allowed) return false;
      modeling().connect(source, target, { type: "bpmn:SequenceFlow" });
      return true;
    },
    remove: (element) => modeling().removeElements([element]),
    set: (element, properties) => modeling().updateProperties(element, properties),
    durationOf: (element) => definitionOf(element)?.get<{ body?: string } | undefined>("timeDuration")?.body ?? "",
    setDuration: (element, duration) => {
      const definition = definitionOf(element);
      if (definition) modeling().updateModdleProperties(element, definition, { timeDuration: expression(duration) });
    },
    conditionOf: (flow) =>
      flow.businessObject.get<{ body?: string } | undefined>("conditionExpression")?.body?.trim() ?? "",
    setCondition: (flow, condition) =>
      modeling().updateProperties(flow, { conditionExpression: condition ? expression(condition) : undefined }),
    targetsOf: (source) =>
      get<ElementRegistry>("elementRegistry").filter(
        (other) =>
          other !== source &&
          TARGETS.has(other.type) &&
          !other.labelTarget &&
          !source.outgoing.some(({ target }) => target === other),
      ),
  };
}

const GAP = 60;

/** What leads on from an element leads on from the new one, which stands between; what stands right of it makes room. */
function insert(get: Get, element: DrawnElement, onward: DrawnElement, shape: DrawnElement): DrawnElement {
  const modeling = get<Modeling>("modeling");
  const parent = element.parent ?? element;
  const edge = element.x + element.width;
  const room = shape.width + GAP;
  const space = get<SpaceTool>("spaceTool");
  const { movingShapes, resizingShapes } = space.calculateAdjustments(parent.children ?? [], "x", room, edge + 1);
  space.makeSpace(movingShapes, resizingShapes, { x: room, y: 0 }, "e", edge + 1);
  const at = { x: edge + GAP + shape.width / 2, y: element.y + element.height / 2 };
  const made = modeling.createShape(shape, at, parent);
  modeling.reconnectStart(onward, made, { x: at.x + shape.width / 2, y: at.y });
  modeling.layoutConnection(onward);
  modeling.connect(element, made, { type: "bpmn:SequenceFlow" });
  return made;
}

const CONTINUED = new Set([
  "bpmn:StartEvent",
  "bpmn:UserTask",
  "bpmn:CallActivity",
  "bpmn:ExclusiveGateway",
  "bpmn:ParallelGateway",
  "bpmn:BoundaryEvent",
  "bpmn:IntermediateCatchEvent",
]);
const TARGETS = new Set([
  "bpmn:UserTask",
  "bpmn:CallActivity",
  "bpmn:ExclusiveGateway",
  "bpmn:ParallelGateway",
  "bpmn:IntermediateCatchEvent",
  "bpmn:EndEvent",
]);
