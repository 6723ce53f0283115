/**
 * Can this drawing run? Every standing that it can come into is walked through, with every choice and every timer, so that a
 * join that waits for ever, branches that meet without a join and loops without an end are found before a dossier meets
 * them. Pure.
 */
import { type Choose, flowsFrom, run, type StepEvent, wayOut, waysOf } from "./steps-lifecycle.ts";
import type { Flow, ProblemCode, ProcessModel, ProcessProblem, Token } from "./process.ts";

/** A procedure of the law has a dozen steps; this many standings means branches multiplied by branches. */
const STANDINGS_MOST = 4_000;
/** Moves that are tried for one drawing; gateways by facts in a row double them with each. */
const MOVES_MOST = 10_000;

export function checkProcess(model: ProcessModel): ProcessProblem[] {
  const found = new Problems(model);
  const reached = reachedFrom(model);
  const ending = leadingToEnd(model);
  for (const node of Object.values(model.nodes)) {
    if (!reached.has(node.id)) found.say(node.id, "unreachable");
    else if (!ending.has(node.id)) found.say(node.id, "endless");
  }
  for (const id of loopsWithoutPerson(model)) found.say(id, "loop-without-person");
  if (found.list.length === 0) walk(model, found);
  return found.list;
}

/** Can a process that stands with these tokens still come to its end, whatever happens on the way? */
export function checkStanding(model: ProcessModel, tokens: readonly Token[]): boolean {
  const found = new Problems(model);
  walk(model, found, [tokens]);
  return found.list.length === 0;
}

class Problems {
  readonly list: ProcessProblem[] = [];
  readonly #model: ProcessModel;
  #moves = 0;
  constructor(model: ProcessModel) {
    this.#model = model;
  }
  /** False once so much was tried that the drawing is refused for that: what was not looked at is not let pass. */
  mayTry(): boolean {
    this.#moves += 1;
    if (this.isTired) this.say(this.#model.start, "too-many-standings");
    return !this.isTired;
  }
  get isTired(): boolean {
    return this.#moves > MOVES_MOST;
  }
  say(elementId: string, code: ProblemCode): void {
    if (this.list.some((one) => one.elementId === elementId && one.code === code)) return;
    const name = this.#model.nodes[elementId]?.name || this.#model.flows[elementId]?.name;
    this.list.push({ elementId, elementName: name || elementId, code });
  }
}

/** Nodes that follow a node, by its flows and its timer's. */
function after(model: ProcessModel, id: string): string[] {
  const node = model.nodes[id];
  const timed = node?.kind === "step" && node.timer ? model.flows[node.timer.flow] : undefined;
  return [...flowsFrom(model, id), ...(timed ? [timed] : [])].map((flow) => flow.to);
}

function reachedFrom(model: ProcessModel): Set<string> {
  const seen = new Set([model.start]);
  // A set is walked while it grows: each node once.
  for (const id of seen) for (const next of after(model, id)) seen.add(next);
  return seen;
}

function leadingToEnd(model: ProcessModel): Set<string> {
  const all = Object.keys(model.nodes);
  const good = new Set(all.filter((id) => model.nodes[id]?.kind === "end"));
  for (let grown = true; grown; ) {
    const more = all.filter((id) => !good.has(id) && after(model, id).some((next) => good.has(next)));
    for (const id of more) good.add(id);
    grown = more.length > 0;
  }
  return good;
}

/** Nodes that a token could go round for ever without anybody doing anything. */
function loopsWithoutPerson(model: ProcessModel): string[] {
  const idle = Object.values(model.nodes).filter((node) => node.kind !== "step");
  return idle
    .filter((node) => {
      const seen = new Set<string>();
      const queue = flowsFrom(model, node.id).map((flow) => flow.to);
      for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
        if (id === node.id) return true;
        if (seen.has(id) || model.nodes[id]?.kind === "step") continue;
        seen.add(id);
        queue.push(...flowsFrom(model, id).map((flow) => flow.to));
      }
      return false;
    })
    .map((node) => node.id);
}

interface Place {
  readonly tokens: readonly Token[];
  readonly next: Set<string>;
}

function walk(model: ProcessModel, found: Problems, from?: readonly (readonly Token[])[]): void {
  const places = new Map<string, Place>();
  const visited = new Set<string>();
  const queue: Place[] = [];
  const enter = (tokens: readonly Token[]): string => {
    const key = keyOf(model, tokens);
    if (!places.has(key)) {
      const place = { tokens, next: new Set<string>() };
      places.set(key, place);
      queue.push(place);
    }
    return key;
  };
  for (const tokens of from ?? outcomes(model, found, [], flowsFrom(model, model.start))) enter(tokens);
  for (let place = queue.pop(); place; place = queue.pop()) {
    if (places.size > STANDINGS_MOST) return found.say(model.start, "too-many-standings");
    for (const token of place.tokens) visited.add(token.node);
    if (meetWithoutJoin(model, place.tokens, found)) continue;
    for (const tokens of successors(model, place.tokens, found)) place.next.add(enter(tokens));
    if (found.isTired) return;
    if (place.next.size === 0 && place.tokens.length > 0) {
      for (const { node } of place.tokens) found.say(node, "join-waits-for-ever");
    }
  }
  if (found.list.length > 0) return;
  for (const node of from ? [] : Object.values(model.nodes)) {
    if ((node.kind === "step" || node.kind === "wait") && !visited.has(node.id)) found.say(node.id, "unreachable");
  }
  for (const place of endlessOf(places)) for (const { node } of place.tokens) found.say(node, "endless");
}

function keyOf(model: ProcessModel, tokens: readonly Token[]): string {
  const place = ({ node, flow }: Token) => (model.nodes[node]?.kind === "parallel" ? flow : node);
  return tokens.map(place).sort().join(" ");
}

/** Two tokens in one place: branches that came together without waiting for each other. */
function meetWithoutJoin(model: ProcessModel, tokens: readonly Token[], found: Problems): boolean {
  const seen = new Set<string>();
  let met = false;
  for (const token of tokens) {
    const place = keyOf(model, [token]);
    if (seen.has(place)) {
      found.say(token.node, "join-missing");
      met = true;
    }
    seen.add(place);
  }
  return met;
}

/** Every standing that one event can lead to. */
function successors(model: ProcessModel, tokens: readonly Token[], found: Problems): (readonly Token[])[] {
  const all: (readonly Token[])[] = [];
  for (const token of tokens) {
    const node = model.nodes[token.node];
    if (!node) continue;
    const rest = tokens.filter((one) => one !== token);
    for (const type of ["done", "overdue", "waited"] as const) {
      const event: StepEvent = { type, token: token.id };
      const out = wayOut(model, node, event);
      if (!out) continue;
      const ways = type === "done" ? waysOf(model, node.id) : [];
      const acted = type === "done" && node.kind === "step" && node.act === "return-result";
      for (const way of ways.length > 0 ? ways : [undefined]) {
        const next = outcomes(model, found, rest, [out], way?.id);
        // The act takes the usual way, which is the first; after it the dossier is over, and so must its process be.
        if (acted && way === ways[0] && next.some((standing) => standing.length > 0))
          found.say(node.id, "return-not-last");
        all.push(...next);
      }
    }
  }
  return all;
}

/** Where tokens in flight come to rest, for every answer that the facts could give on the way. */
function outcomes(
  model: ProcessModel,
  found: Problems,
  tokens: readonly Token[],
  flows: readonly Flow[],
  way?: string,
): (readonly Token[])[] {
  const standings: (readonly Token[])[] = [];
  const scripts: number[][] = [[]];
  for (let script = scripts.pop(); script && found.mayTry(); script = scripts.pop()) {
    const said = [...script];
    const taken: number[] = [];
    const choose: Choose = (gateway) => {
      const ways = flowsFrom(model, gateway.id);
      const chosen = ways.find((flow) => flow.id === way);
      if (chosen) return chosen.id;
      if (gateway.by !== "facts") return gateway.otherwise ?? ways[0]?.id ?? null;
      const pick = said.shift() ?? 0;
      // Beyond the script the first way is taken; the others are walked later.
      if (taken.length >= script.length) {
        for (let other = 1; other < ways.length; other += 1) scripts.push([...taken, other]);
      }
      taken.push(pick);
      return ways[pick]?.id ?? null;
    };
    const { gone, born } = run(
      model,
      { tokens, next: 1 + Math.max(0, ...tokens.map(({ id }) => id)) },
      [],
      flows,
      choose,
    );
    standings.push([...tokens.filter(({ id }) => !gone.includes(id)), ...born]);
  }
  return standings;
}

/** Standings from which the end cannot be reached. */
function endlessOf(places: ReadonlyMap<string, Place>): Place[] {
  const good = new Set([...places].filter(([, place]) => place.tokens.length === 0).map(([key]) => key));
  for (let grown = true; grown; ) {
    const more = [...places].filter(([key, place]) => !good.has(key) && [...place.next].some((next) => good.has(next)));
    for (const [key] of more) good.add(key);
    grown = more.length > 0;
  }
  return [...places].filter(([key]) => !good.has(key)).map(([, place]) => place);
}
