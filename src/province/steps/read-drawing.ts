/** From the elements of a BPMN file to nodes and flows: each element by itself, before anything is run. Pure. */
import type { ModdleElement } from "bpmn-moddle";
import { OWN_UNIT, STEP_ACTS, STEP_KINDS, STEP_ROLES } from "#protocols/internal-process/index.ts";
import { readCondition } from "./read-condition.ts";
import type { WorkingSpell } from "./step-time.ts";
import type {
  Condition,
  ExclusiveNode,
  Flow,
  ProblemCode,
  ProcessModel,
  ProcessNode,
  ProcessProblem,
  StepNode,
} from "./process.ts";

export interface Drawing {
  readonly model: ProcessModel | null;
  readonly problems: readonly ProcessProblem[];
}

const ELEMENTS_MOST = 400;
const HOURS_MOST = 4_000;
/** Drawn for the reader only. */
const SILENT = new Set(["bpmn:DataObject", "bpmn:DataObjectReference", "bpmn:DataStoreReference"]);

/** Stands for a condition that was refused, so that its gateway is not refused for missing it. */
const UNREAD: Condition = { fact: "channel", is: true, value: "" };

type Say = (element: ModdleElement | undefined, code: ProblemCode, found?: string) => void;

interface Reading {
  readonly nodes: Record<string, ProcessNode>;
  readonly flows: Record<string, Flow>;
  readonly elements: Map<string, ModdleElement>;
  readonly units: ReadonlySet<string> | undefined;
  readonly say: Say;
}

export function readDrawing(definitions: ModdleElement, units: ReadonlySet<string> | undefined): Drawing {
  const problems: ProcessProblem[] = [];
  const say: Say = (element, code, found) => {
    problems.push({
      elementId: element?.id ?? "",
      elementName: element?.name?.trim() || element?.id || "",
      code,
      ...(found === undefined ? {} : { found }),
    });
  };
  const roots = list(definitions, "rootElements");
  const processes = roots.filter((one) => one.$type === "bpmn:Process");
  const [process] = processes;
  if (!process) say(undefined, "no-process");
  if (processes.length > 1) for (const other of processes.slice(1)) say(other, "two-processes");
  const collaboration = roots.find((one) => one.$type === "bpmn:Collaboration");
  if (collaboration)
    for (const message of list(collaboration, "messageFlows")) say(message, "element-outside", "MessageFlow");
  if (!process || problems.length > 0) return { model: null, problems };
  const elements = list(process, "flowElements");
  if (elements.length > ELEMENTS_MOST) {
    say(process, "too-many-elements", String(elements.length));
    return { model: null, problems };
  }
  const reading: Reading = {
    nodes: {},
    flows: {},
    elements: new Map(elements.flatMap((one) => (one.id ? [[one.id, one] as const] : []))),
    units,
    say,
  };
  for (const element of elements) readNode(reading, element);
  for (const element of elements) if (element.$type === "bpmn:SequenceFlow") readFlow(reading, element);
  for (const element of elements) if (element.$type === "bpmn:BoundaryEvent") readTimer(reading, element);
  for (const element of elements) if (element.$type === "bpmn:ExclusiveGateway") readWays(reading, element);
  checkShape(reading, process);
  const start = Object.values(reading.nodes).find((node) => node.kind === "start");
  if (!start || problems.length > 0) return { model: null, problems };
  const participant = collaboration ? list(collaboration, "participants")[0]?.name : undefined;
  const name = (process.name ?? participant ?? "").normalize("NFC").trim();
  const model = {
    id: process.id ?? "",
    name,
    ...englishOf(process),
    start: start.id,
    nodes: reading.nodes,
    flows: reading.flows,
  };
  return { model, problems };
}

function readNode(reading: Reading, element: ModdleElement): void {
  const { nodes, say } = reading;
  const id = element.id ?? "";
  const name = nameOf(element);
  switch (element.$type) {
    case "bpmn:StartEvent":
    case "bpmn:EndEvent": {
      const [event] = list(element, "eventDefinitions");
      if (event) return say(element, "element-outside", plain(event.$type));
      nodes[id] = { kind: element.$type === "bpmn:StartEvent" ? "start" : "end", id, name };
      return;
    }
    case "bpmn:ParallelGateway":
      nodes[id] = { kind: "parallel", id, name };
      return;
    case "bpmn:ExclusiveGateway":
      nodes[id] = { kind: "exclusive", id, name, by: "nobody", otherwise: null };
      return;
    case "bpmn:UserTask":
    case "bpmn:CallActivity": {
      if (element.get("loopCharacteristics")) say(element, "element-outside", "loopCharacteristics");
      nodes[id] = readStep(reading, element);
      return;
    }
    case "bpmn:IntermediateCatchEvent": {
      const spell = durationOf(element, say);
      if (spell) nodes[id] = { kind: "wait", id, name, ...englishOf(element), ...spell };
      return;
    }
    case "bpmn:BoundaryEvent":
    case "bpmn:SequenceFlow":
      return;
    default:
      if (!SILENT.has(element.$type)) say(element, "element-outside", plain(element.$type));
  }
}

function readStep({ units, say }: Reading, element: ModdleElement): StepNode {
  const word = (attribute: string, otherwise: string) => String(element.get(`motcua:${attribute}`) ?? otherwise).trim();
  const elsewhere = element.$type === "bpmn:CallActivity";
  const role = STEP_ROLES.find((one) => one === word("role", ""));
  const work = STEP_KINDS.find((one) => one === word("kind", "task"));
  const act = STEP_ACTS.find((one) => one === word("act", "none"));
  const unit = word("unit", elsewhere ? "" : OWN_UNIT);
  const hours = word("hours", "").replace(",", ".");
  const minutes = /^\d{1,4}(\.5)?$/.test(hours) ? Number(hours) * 60 : 0;
  if (nameOf(element) === "") say(element, "no-name");
  if (!role) say(element, "unknown-role", word("role", ""));
  if (!work) say(element, "unknown-kind", word("kind", ""));
  if (!act) say(element, "unknown-act", word("act", ""));
  if (elsewhere && (unit === "" || unit === OWN_UNIT)) say(element, "call-without-agency");
  else if (unit !== OWN_UNIT && !(units?.has(unit) ?? unit !== "")) say(element, "unknown-unit", unit);
  if (minutes <= 0 || minutes > HOURS_MOST * 60) say(element, "no-hours", hours);
  // What another unit answers is no act of the dossier's own life.
  if (act && act !== "none" && (unit !== OWN_UNIT || work === "opinion")) say(element, "act-elsewhere", act);
  return {
    kind: "step",
    id: element.id ?? "",
    name: nameOf(element),
    ...englishOf(element),
    role: role ?? "specialist",
    unit,
    hours: minutes / 60,
    work: work ?? "task",
    act: act ?? "none",
    elsewhere,
    timer: null,
  };
}

function readFlow({ nodes, flows, elements, say }: Reading, element: ModdleElement): void {
  const from = target(element, "sourceRef");
  const to = target(element, "targetRef");
  const source = from === undefined ? undefined : elements.get(from);
  if (!source || to === undefined || !elements.has(to)) return say(element, "flow-loose");
  // From or to something outside the subset: that is said already.
  if (!nodes[to] || (!nodes[source.id ?? ""] && source.$type !== "bpmn:BoundaryEvent")) return;
  const expression = element.get("conditionExpression") as ModdleElement | undefined;
  const body = expression ? String(expression.get("body") ?? "").trim() : "";
  const condition = body === "" ? null : readCondition(body);
  if (condition === undefined) say(element, "condition-outside", body);
  if (body !== "" && source.$type !== "bpmn:ExclusiveGateway") say(element, "condition-outside", body);
  const id = element.id ?? "";
  flows[id] = {
    id,
    name: nameOf(element),
    ...englishOf(element),
    from: source.id ?? "",
    to,
    condition: condition === undefined ? UNREAD : condition,
    order: Object.keys(flows).length,
  };
}

/** A timer on the edge of a step. */
function readTimer({ nodes, flows, elements, say }: Reading, element: ModdleElement): void {
  const spell = durationOf(element, say);
  if (element.get("cancelActivity") === false) say(element, "timer-not-interrupting");
  const host = nodes[target(element, "attachedToRef") ?? ""];
  const ways = Object.values(flows).filter((flow) => flow.from === element.id);
  if (host?.kind !== "step" || !elements.has(host.id)) return say(element, "flow-loose");
  if (ways.length !== 1 || !ways[0]) return say(element, ways.length === 0 ? "no-way-out" : "several-ways-out");
  if (host.timer) return say(element, "two-timers");
  if (spell) nodes[host.id] = { ...host, timer: { id: element.id ?? "", ...spell, flow: ways[0].id } };
}

/** Who chooses at an exclusive gateway, and what is taken when nobody says anything. */
function readWays({ nodes, flows, elements, say }: Reading, element: ModdleElement): void {
  const id = element.id ?? "";
  const ways = Object.values(flows).filter((flow) => flow.from === id);
  const otherwise = target(element, "default");
  const node = nodes[id] as ExclusiveNode;
  if (ways.length < 2) {
    nodes[id] = { ...node, by: "nobody", otherwise: ways[0]?.id ?? null };
    return;
  }
  const usual = ways.find((flow) => flow.id === otherwise);
  if (!usual) return say(element, "no-default");
  if (usual.condition) return say(elements.get(usual.id), "default-with-condition");
  const others = ways.filter((flow) => flow !== usual);
  const asked = others.filter((flow) => flow.condition).length;
  if (asked > 0 && asked < others.length) return say(element, "conditions-mixed");
  if (asked === 0) for (const way of ways) if (way.name === "") say(elements.get(way.id), "way-without-name");
  const incoming = Object.values(flows).filter((flow) => flow.to === id);
  const fromSteps = incoming.every((flow) => nodes[flow.from]?.kind === "step");
  if (asked === 0 && !fromSteps) say(element, "choice-without-person");
  nodes[id] = { ...node, by: asked === 0 ? "officer" : "facts", otherwise: usual.id };
}

/** One start, some end, and the right number of ways in and out of everything. */
function checkShape({ nodes, flows, elements, say }: Reading, process: ModdleElement): void {
  const all = Object.values(nodes);
  const starts = all.filter((node) => node.kind === "start");
  if (starts.length === 0) say(process, "no-start");
  for (const second of starts.slice(1)) say(elements.get(second.id), "two-starts");
  if (!all.some((node) => node.kind === "end")) say(process, "no-end");
  for (const node of all) {
    const out = Object.values(flows).filter((flow) => flow.from === node.id).length;
    const many = node.kind === "exclusive" || node.kind === "parallel";
    if (node.kind !== "end" && out === 0) say(elements.get(node.id), "no-way-out");
    if (!many && out > 1) say(elements.get(node.id), "several-ways-out");
    if (node.kind === "end" && out > 0) say(elements.get(node.id), "several-ways-out");
  }
}

/** Working time of an element's timer; null when it has none that can be read. */
function durationOf(element: ModdleElement, say: Say): WorkingSpell | null {
  const events = list(element, "eventDefinitions");
  const [event] = events;
  if (events.length !== 1 || event?.$type !== "bpmn:TimerEventDefinition") {
    say(element, "element-outside", event ? plain(event.$type) : plain(element.$type));
    return null;
  }
  const duration = event.get("timeDuration") as ModdleElement | undefined;
  const body = String(duration?.get("body") ?? "").trim();
  const found = /^P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?)?$/.exec(body);
  const days = Number(found?.[1] ?? 0);
  const minutes = Number(found?.[2] ?? 0) * 60 + Number(found?.[3] ?? 0);
  // Longer than years is a mistake of writing, as it is with a step's hours.
  const isShort = minutes / 60 + days * 8 <= HOURS_MOST;
  if (days > 0 && isShort) return { minutes, days };
  if (minutes > 0 && isShort) return { minutes };
  say(element, "timer-without-duration", body);
  return null;
}

function nameOf(element: ModdleElement): string {
  return (element.name ?? "").normalize("NFC").replace(/\s+/g, " ").trim();
}

/** The name in English: an attribute of ours beside the name that the standard knows. */
function englishOf(element: ModdleElement): { readonly english?: string } {
  const english = String(element.get("motcua:en") ?? "")
    .normalize("NFC")
    .replace(/\s+/g, " ")
    .trim();
  return english === "" ? {} : { english };
}

function list(element: ModdleElement, property: string): ModdleElement[] {
  const found = element.get(property);
  return Array.isArray(found) ? (found as ModdleElement[]) : [];
}

function target(element: ModdleElement, property: string): string | undefined {
  return (element.get(property) as ModdleElement | undefined)?.id;
}

/** "bpmn:ScriptTask" → "ScriptTask" */
function plain(type: string): string {
  return type.replace(/^bpmn:/, "");
}
