/** What differs between two versions of a process, element by element. Pure. */
import type { Lang } from "#kit/i18n.ts";
import { stepMessages } from "#province/steps/index.ts";
import type { Flow, ProcessModel, ProcessNode } from "#province/steps/index.ts";
import { messages } from "./messages.ts";
import { hoursWords, spellWords, type UnitNames, unitWords } from "./step-rows.ts";

export interface ProcessDifference {
  readonly element: string;
  readonly name: string;
  readonly change: "added" | "removed" | "changed";
  readonly before: string;
  readonly after: string;
}

export function processDifferences(
  before: ProcessModel,
  after: ProcessModel,
  units: UnitNames,
  lang: Lang,
): readonly ProcessDifference[] {
  const was = describeAll(before, units, lang);
  const is = describeAll(after, units, lang);
  const ids = new Set([...was.keys(), ...is.keys()]);
  return [...ids].flatMap((id): ProcessDifference[] => {
    const [old, now] = [was.get(id), is.get(id)];
    if (old?.words === now?.words) return [];
    return [
      {
        element: id,
        name: now?.name ?? old?.name ?? id,
        change: old === undefined ? "added" : now === undefined ? "removed" : "changed",
        before: old?.words ?? "",
        after: now?.words ?? "",
      },
    ];
  });
}

interface Described {
  readonly name: string;
  readonly words: string;
}

function describeAll(model: ProcessModel, units: UnitNames, lang: Lang): Map<string, Described> {
  const all = new Map<string, Described>();
  for (const node of Object.values(model.nodes))
    all.set(node.id, { name: nameOf(node, lang), words: nodeWords(model, node, units, lang) });
  for (const flow of Object.values(model.flows)) {
    const ends = [flow.from, flow.to].map((id) => {
      const node = model.nodes[id];
      return node ? nameOf(node, lang) : id;
    });
    const way = ends.join(" → ");
    all.set(flow.id, { name: way, words: flowWords(model, flow, way, lang) });
  }
  return all;
}

function nameOf(node: ProcessNode, lang: Lang): string {
  return node.name || (node.kind === "step" ? node.id : messages[lang].kindsOfNode[node.kind]);
}

function nodeWords(model: ProcessModel, node: ProcessNode, units: UnitNames, lang: Lang): string {
  const t = messages[lang];
  if (node.kind === "wait") return [node.name, t.wait(spellWords(node, lang))].join(" · ");
  if (node.kind !== "step") return nameOf(node, lang);
  const words = stepMessages[lang];
  const target = node.timer ? model.nodes[model.flows[node.timer.flow]?.to ?? ""] : undefined;
  return [
    node.name,
    words.roles[node.role],
    unitWords(node.unit, units, lang),
    t.hours(hoursWords(node.hours, lang)),
    node.work === "opinion" ? words.kinds.opinion : "",
    node.act === "none" ? "" : words.acts[node.act],
    node.timer ? t.timer(spellWords(node.timer, lang), target ? nameOf(target, lang) : "") : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

function flowWords(model: ProcessModel, flow: Flow, way: string, lang: Lang): string {
  const gateway = model.nodes[flow.from];
  const usual = gateway?.kind === "exclusive" && gateway.by !== "nobody" && gateway.otherwise === flow.id;
  const condition = flow.condition
    ? `${flow.condition.fact} ${flow.condition.is ? "=" : "≠"} ${flow.condition.value}`
    : "";
  return [way, flow.name, condition, usual ? messages[lang].otherwise : ""].filter(Boolean).join(" · ");
}
