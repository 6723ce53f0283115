/**
 * The panel beside the drawing: everything about the chosen element in ordinary controls, and everything that can be done
 * with the pointer also by keys: choose from the list, add after it, connect, take away.
 */
import type { Board, BoardWords } from "./board.ts";
import type { DrawnElement, ElementRegistry } from "./drawing.ts";
import { type Edits, isFlow, isStep, NEW_THINGS } from "./edits.ts";
import { checkControl, heading, pushButton, selectControl, textControl } from "./panel-fields.ts";

export interface PanelParts {
  readonly host: HTMLElement;
  readonly board: Board;
  readonly edits: Edits;
  readonly registry: ElementRegistry;
  readonly root: () => DrawnElement;
  readonly select: (element: DrawnElement) => void;
  readonly say: (words: string) => void;
}

export function typeWords({ type }: DrawnElement, words: BoardWords): string {
  const { types } = words;
  switch (type) {
    case "bpmn:StartEvent":
      return types.start;
    case "bpmn:EndEvent":
      return types.end;
    case "bpmn:UserTask":
      return types.step;
    case "bpmn:CallActivity":
      return types.call;
    case "bpmn:ExclusiveGateway":
      return types.exclusive;
    case "bpmn:ParallelGateway":
      return types.parallel;
    case "bpmn:BoundaryEvent":
      return types.timer;
    case "bpmn:IntermediateCatchEvent":
      return types.wait;
    case "bpmn:SequenceFlow":
      return types.flow;
    case "bpmn:TextAnnotation":
      return types.note;
    default:
      return types.other;
  }
}

/** What a list calls an element: its name and what it is; a flow by what it joins. */
export function elementWords(element: DrawnElement, words: BoardWords): string {
  const name = element.businessObject.name?.trim();
  if (isFlow(element)) {
    const end = (one: DrawnElement | undefined): string =>
      one ? one.businessObject.name?.trim() || typeWords(one, words) : "";
    return `${words.types.flow}: ${end(element.source)} → ${end(element.target)}${name ? ` (${name})` : ""}`;
  }
  return name ? `${name} (${typeWords(element, words)})` : typeWords(element, words);
}

const LISTED =
  /^bpmn:(StartEvent|EndEvent|UserTask|CallActivity|\w+Gateway|BoundaryEvent|\w+Task|Intermediate\w+|SubProcess)$/;

/** Draws the panel for an element; what had focus has it again. */
export function drawPanel(parts: PanelParts, element: DrawnElement): void {
  const { host, board } = parts;
  const focused = host.contains(document.activeElement)
    ? (document.activeElement as HTMLElement).dataset["field"]
    : undefined;
  const isRoot = element === parts.root();
  host.replaceChildren(
    chooser(parts, element),
    ...(isRoot ? [processHint(parts)] : elementFields(parts, element)),
    ...problemList(board, isRoot ? "" : element.id),
  );
  if (focused) host.querySelector<HTMLElement>(`[data-field="${CSS.escape(focused)}"]`)?.focus();
}

function chooser({ board, registry, root, select }: PanelParts, element: DrawnElement): HTMLElement {
  const { words } = board;
  const wrong = new Set(board.problems.map((problem) => problem.element));
  const label = (one: DrawnElement): string => `${wrong.has(one.id) ? "⚠ " : ""}${elementWords(one, words)}`;
  const steps = registry
    .filter((one) => LISTED.test(one.type) && !one.labelTarget)
    .toSorted((a, b) => a.x - b.x || a.y - b.y);
  const flows = registry.filter(isFlow).toSorted((a, b) => (a.source?.x ?? 0) - (b.source?.x ?? 0));
  return selectControl({
    label: words.element,
    name: "element",
    value: element.id,
    choices: [
      { value: root().id, label: words.process },
      ...[...steps, ...flows].map((one) => ({ value: one.id, label: label(one) })),
    ],
    change: (id) => {
      const chosen = id === root().id ? root() : registry.get(id);
      if (chosen) select(chosen);
    },
  });
}

/** The name of the whole stands in the page's own field, which works without drawing. */
function processHint({ board }: PanelParts): HTMLElement {
  const text = document.createElement("p");
  text.className = "govuk-hint";
  text.textContent = board.words.hint;
  return text;
}

function elementFields(parts: PanelParts, element: DrawnElement): HTMLElement[] {
  const { board, edits } = parts;
  const { words } = board;
  const name = textControl({
    label: isFlow(element) ? words.flowName : words.name,
    name: "name",
    value: element.businessObject.name ?? "",
    change: (text) => edits.set(element, { name: text }),
  });
  return [
    heading(typeWords(element, words)),
    name,
    ...(isStep(element) || isFlow(element) ? [englishField(parts, element)] : []),
    ...(isStep(element) ? stepFields(parts, element) : []),
    ...(edits.durationOf(element) || /Boundary|IntermediateCatch/.test(element.type)
      ? [durationFields(parts, element)]
      : []),
    ...(isFlow(element) ? flowFields(parts, element) : []),
    ...(element.type === "bpmn:ExclusiveGateway" ? wayFields(parts, element) : []),
    ...actions(parts, element),
  ];
}

/** What pages in English say; without it they say the name and mark it as Vietnamese. */
function englishField({ board, edits }: PanelParts, element: DrawnElement): HTMLElement {
  return textControl({
    label: board.words.english,
    name: "english",
    value: element.businessObject.get<string | undefined>("motcua:en") ?? "",
    change: (text) => edits.set(element, { "motcua:en": text.trim() === "" ? undefined : text }),
  });
}

function stepFields({ board, edits }: PanelParts, element: DrawnElement): HTMLElement[] {
  const { words, roles, units, kinds, acts } = board;
  const is = (name: string): string => element.businessObject.get<string | undefined>(`motcua:${name}`) ?? "";
  const set = (name: string) => (value: string) => edits.set(element, { [`motcua:${name}`]: value });
  const elsewhere = element.type === "bpmn:CallActivity";
  return [
    selectControl({ label: words.role, name: "role", value: is("role"), choices: roles, change: set("role") }),
    selectControl({
      label: words.unit,
      name: "unit",
      value: is("unit") || (elsewhere ? "" : "own"),
      choices: elsewhere ? units.slice(1) : units,
      change: set("unit"),
    }),
    textControl({
      label: words.hours,
      hint: words.hoursHint,
      name: "hours",
      value: is("hours"),
      change: (text) => set("hours")(text.replace(",", ".")),
    }),
    selectControl({
      label: words.kind,
      name: "kind",
      value: is("kind") || "task",
      choices: kinds,
      change: set("kind"),
    }),
    selectControl({ label: words.act, name: "act", value: is("act") || "none", choices: acts, change: set("act") }),
  ];
}

/** "PT8H" and "P2D" as a number and a unit; anything else is shown as it is written. */
function durationFields({ board, edits }: PanelParts, element: DrawnElement): HTMLElement {
  const { words } = board;
  const written = edits.durationOf(element);
  const read = /^P(?:(\d{1,3})D|T(\d{1,4})H)$/.exec(written);
  const number = read ? (read[1] ?? read[2] ?? "") : written;
  const isDays = read?.[1] !== undefined;
  const write = (text: string, days: boolean): void =>
    edits.setDuration(element, /^\d+$/.test(text) ? (days ? `P${text}D` : `PT${text}H`) : text);
  const row = document.createElement("div");
  row.className = "process-panel__pair";
  row.append(
    textControl({ label: words.duration, name: "duration", value: number, change: (text) => write(text, isDays) }),
    selectControl({
      label: words.durationUnit,
      name: "duration-unit",
      value: isDays ? "days" : "hours",
      choices: [
        { value: "hours", label: words.hoursUnit },
        { value: "days", label: words.daysUnit },
      ],
      change: (unit) => write(number, unit === "days"),
    }),
  );
  return row;
}

function flowFields({ board, edits }: PanelParts, flow: DrawnElement): HTMLElement[] {
  const { words, facts } = board;
  const gateway = flow.source;
  if (gateway?.type !== "bpmn:ExclusiveGateway" || gateway.outgoing.length < 2) return [];
  const usual = gateway.businessObject.get<{ id: string } | undefined>("default")?.id === flow.id;
  const isUsual = checkControl({
    label: words.isDefault,
    name: "default",
    checked: usual,
    change: (checked) => {
      if (checked) edits.setCondition(flow, "");
      edits.set(gateway, { default: checked ? flow.businessObject : undefined });
    },
  });
  if (usual) return [isUsual];
  const written = edits.conditionOf(flow);
  const [, fact = "", not = "", value = ""] =
    /^\$?\{?\s*([a-z]+)\s*(!?)=+\s*["']?([a-z-]+)["']?\s*\}?$/.exec(written) ?? [];
  const known = facts.find((one) => one.value === fact);
  const write = (name: string, sign: string, word: string): void =>
    edits.setCondition(flow, name === "" ? "" : `${name} ${sign} "${word}"`);
  const sign = not ? "!=" : "==";
  return [
    isUsual,
    selectControl({
      label: words.condition,
      name: "fact",
      value: known ? fact : written,
      choices: [{ value: "", label: words.conditionNone }, ...facts],
      change: (name) => write(name, "==", facts.find((one) => one.value === name)?.values[0]?.value ?? ""),
    }),
    ...(known
      ? [
          selectControl({
            label: `${words.conditionIs} / ${words.conditionIsNot}`,
            name: "sign",
            value: sign,
            choices: [
              { value: "==", label: words.conditionIs },
              { value: "!=", label: words.conditionIsNot },
            ],
            change: (chosen) => write(fact, chosen, value),
          }),
          selectControl({
            label: words.conditionValue,
            name: "value",
            value,
            choices: known.values,
            change: (word) => write(fact, sign, word),
          }),
        ]
      : []),
  ];
}

/** The ways out of a choice: their names are the buttons that the officer will see. */
function wayFields({ board, edits }: PanelParts, gateway: DrawnElement): HTMLElement[] {
  if (gateway.outgoing.length < 2) return [];
  const { words } = board;
  const usual = gateway.businessObject.get<{ id: string } | undefined>("default")?.id ?? "";
  const ways = gateway.outgoing.map((flow) => ({ value: flow.id, label: elementWords(flow, words) }));
  return [
    selectControl({
      label: words.isDefault,
      name: "default",
      value: usual,
      choices: ways,
      change: (id) => {
        const flow = gateway.outgoing.find((one) => one.id === id);
        if (!flow) return;
        if (edits.conditionOf(flow)) edits.setCondition(flow, "");
        edits.set(gateway, { default: flow.businessObject });
      },
    }),
    ...gateway.outgoing.map((flow) =>
      textControl({
        label: `${words.flowName} → ${flow.target?.businessObject.name?.trim() || (flow.target ? typeWords(flow.target, words) : "")}`,
        name: `way-${flow.id}`,
        value: flow.businessObject.name ?? "",
        change: (text) => edits.set(flow, { name: text }),
      }),
    ),
  ];
}

function actions({ board, edits, select, say, root }: PanelParts, element: DrawnElement): HTMLElement[] {
  const { words } = board;
  const parts: HTMLElement[] = [];
  if (edits.mayGoOn(element)) {
    const bar = document.createElement("div");
    bar.className = "process-panel__add";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", words.add);
    for (const thing of NEW_THINGS)
      bar.append(
        pushButton(`+ ${words.types[thing]}`, () => {
          select(edits.addAfter(element, thing));
          say(words.added);
        }),
      );
    const targets = edits.targetsOf(element);
    let chosen = targets[0]?.id ?? "";
    const connect = selectControl({
      label: words.connect,
      name: "connect",
      value: chosen,
      choices: targets.map((one) => ({ value: one.id, label: elementWords(one, words) })),
      change: (id) => {
        chosen = id;
      },
    });
    const button = pushButton(words.connectButton, () => {
      const target = targets.find(({ id }) => id === chosen);
      say(target && edits.connect(element, target) ? words.connected : words.refused);
    });
    parts.push(heading(words.add), bar, ...(targets.length > 0 ? [connect, button] : []));
  }
  if (edits.mayHaveTimer(element))
    parts.push(
      pushButton(words.addTimer, () => {
        select(edits.attachTimer(element));
        say(words.added);
      }),
    );
  const remove = pushButton(
    words.remove,
    () => {
      edits.remove(element);
      select(root());
      say(words.removed);
    },
    "warning",
  );
  return [...parts, remove];
}

function problemList({ problems, words }: Board, element: string): HTMLElement[] {
  const here = problems.filter((problem) => problem.element === element);
  if (here.length === 0) return [];
  const list = document.createElement("ul");
  list.className = "process-panel__problems";
  for (const { message } of here) {
    const row = document.createElement("li");
    row.textContent = message;
    list.append(row);
  }
  return [heading(words.problemsHere), list];
}
