/** A process as a list: the same as its picture, for reading aloud, for paper and where nothing can be drawn. Pure. */
import type { Lang } from "#kit/i18n.ts";
import { minutesOfDay } from "#province/deadlines/index.ts";
import { drawnText, stepMessages } from "#province/steps/index.ts";
import type { Flow, ProcessModel, ProcessNode, StepNode, WorkingSpell } from "#province/steps/index.ts";
import { calendarOf, type Tenant } from "#province/tenants/index.ts";
import { messages } from "./messages.ts";

export interface StepRow {
  readonly id: string;
  readonly name: string;
  readonly who: string;
  readonly unit: string;
  readonly hours: string;
  readonly act: string;
  /** Where the dossier goes from here: one way a line. */
  readonly next: readonly string[];
}

export type UnitNames = ReadonlyMap<string, string>;

/** Halves are written as Vietnamese and English write them. */
export function hoursWords(hours: number, lang: Lang): string {
  const text = String(Math.round(hours * 10) / 10);
  return lang === "vi" ? text.replace(".", ",") : text;
}

/** Working time as it is drawn: days as days, because how many hours they have is the office's to say. */
export function spellWords({ minutes, days = 0 }: WorkingSpell, lang: Lang): string {
  const t = messages[lang];
  const parts = [
    days > 0 ? t.spellDays(String(days)) : "",
    minutes > 0 || days === 0 ? t.spellHours(hoursWords(minutes / 60, lang)) : "",
  ];
  return parts.filter(Boolean).join(" ");
}

export function unitWords(unit: string, units: UnitNames, lang: Lang): string {
  return unit === "own" ? stepMessages[lang].ownUnit : (units.get(unit) ?? unit);
}

/** Steps and waits in the order in which a dossier comes to them. */
export function stepRows(model: ProcessModel, units: UnitNames, lang: Lang): readonly StepRow[] {
  const t = messages[lang];
  const words = stepMessages[lang];
  return inOrder(model).flatMap((node): StepRow[] => {
    const next = waysFrom(model, node).map((flow) => ({ flow, lines: linesOf(model, flow, lang) }));
    const lines = next.flatMap((one) => one.lines);
    if (node.kind === "wait") {
      const wait = t.wait(spellWords(node, lang));
      return [
        { id: node.id, name: drawnText(node, lang) || wait, who: "", unit: "", hours: "", act: wait, next: lines },
      ];
    }
    if (node.kind !== "step") return [];
    const opinion = node.work === "opinion" ? ` (${t.opinion})` : "";
    return [
      {
        id: node.id,
        name: `${drawnText(node, lang)}${opinion}`,
        who: words.roles[node.role],
        unit: unitWords(node.unit, units, lang),
        hours: t.hours(hoursWords(node.hours, lang)),
        act: node.act === "none" ? "" : words.acts[node.act],
        next: [...lines, ...timerLines(model, node, lang)],
      },
    ];
  });
}

function timerLines(model: ProcessModel, { timer }: StepNode, lang: Lang): string[] {
  const flow = timer ? model.flows[timer.flow] : undefined;
  if (!timer || !flow) return [];
  const spell = spellWords(timer, lang);
  return linesOf(model, { ...flow, name: "", english: "" }, lang).map((line) => messages[lang].timer(spell, line));
}

function waysFrom(model: ProcessModel, node: ProcessNode): Flow[] {
  return Object.values(model.flows)
    .filter((flow) => flow.from === node.id)
    .toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0));
}

const DEEPEST = 12;

/** What a flow leads to, through gateways to what people know: steps and the end. */
function linesOf(model: ProcessModel, flow: Flow, lang: Lang, depth = 0): string[] {
  const t = messages[lang];
  const node = model.nodes[flow.to];
  if (!node || depth > DEEPEST) return [];
  const way = drawnText(flow, lang);
  const prefix = way ? `${way}: ` : "";
  if (node.kind === "step") return [`${prefix}${drawnText(node, lang)}`];
  if (node.kind === "wait") return [`${prefix}${drawnText(node, lang) || t.wait(spellWords(node, lang))}`];
  if (node.kind === "end" || node.kind === "start") return [`${prefix}${t.kindsOfNode[node.kind]}`];
  const ways = waysFrom(model, node);
  const lines = ways.flatMap((way) => {
    const usual = node.kind === "exclusive" && ways.length > 1 && node.otherwise === way.id ? ` (${t.otherwise})` : "";
    return linesOf(model, way, lang, depth + 1).map((line) => `${line}${usual}`);
  });
  if (node.kind === "parallel") return lines.map((line) => (ways.length > 1 ? t.together(line) : t.joined(line)));
  return lines.map((line) => `${prefix}${line}`);
}

/** Every node that can be reached, nearest to the start first, in the order of the file beside each other. */
function inOrder(model: ProcessModel): ProcessNode[] {
  const seen = new Set([model.start]);
  // A set is walked while it grows.
  for (const id of seen) {
    const node = model.nodes[id];
    if (!node) continue;
    const timed = node.kind === "step" && node.timer ? model.flows[node.timer.flow] : undefined;
    for (const flow of [...waysFrom(model, node), ...(timed ? [timed] : [])]) seen.add(flow.to);
  }
  return [...seen].flatMap((id) => model.nodes[id] ?? []);
}

/**
 * Working hours of the longest way from start to end that comes to nothing twice; a deadline that passes is a way too.
 * `dayHours`: hours of a working day of the office.
 */
export function longestHours(model: ProcessModel, dayHours: number): number {
  const hoursOf = ({ minutes, days = 0 }: WorkingSpell) => minutes / 60 + days * dayHours;
  const known = new Map<string, number>();
  const onWay = new Set<string>();
  const from = (id: string): number => {
    const done = known.get(id);
    if (done !== undefined) return done;
    const node = model.nodes[id];
    if (!node || onWay.has(id)) return 0;
    onWay.add(id);
    const own = node.kind === "step" ? node.hours : node.kind === "wait" ? hoursOf(node) : 0;
    const rest = Math.max(0, ...waysFrom(model, node).map((flow) => from(flow.to)));
    const timer = node.kind === "step" ? node.timer : null;
    const timed = timer ? hoursOf(timer) + from(model.flows[timer.flow]?.to ?? "") : 0;
    onWay.delete(id);
    const hours = Math.max(own + rest, timed);
    known.set(id, hours);
    return hours;
  };
  return from(model.start);
}

/** The longest way in words: in hours, and in working days of the province's offices. */
export function longestWords(model: ProcessModel, tenant: Tenant, lang: Lang): { hours: string; days: string } {
  const dayHours = minutesOfDay(calendarOf(tenant)) / 60;
  const hours = longestHours(model, dayHours);
  return { hours: hoursWords(hours, lang), days: hoursWords(hours / dayHours, lang) };
}
