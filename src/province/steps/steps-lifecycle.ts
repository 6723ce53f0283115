/**
 * How an internal procedure runs: tokens over a drawing. One event at a time gives the tokens that go and the tokens that
 * are born; nothing else moves. Pure: rows are written by the store, effects leave as jobs.
 *
 * A token rests on a step, on a wait, and before a join until every branch has brought one. Everything else is passed in the
 * same moment, so that two readers of the rows never see half a move.
 */
import type { Condition, Facts, Flow, ProcessModel, ProcessNode, StepNode, Token } from "./process.ts";

/** `done`: by its officer or by an act; `overdue`: its timer passed; `waited`: a wait is over. */
export type StepEvent =
  | { readonly type: "done"; readonly token: number; readonly way?: string | undefined }
  | { readonly type: "overdue"; readonly token: number }
  | { readonly type: "waited"; readonly token: number };

export interface Standing {
  readonly tokens: readonly Token[];
  /** number of the next token; never used twice in one instance */
  readonly next: number;
}

export interface Move {
  /** tokens consumed */
  readonly gone: readonly number[];
  /** tokens that rest now and did not before */
  readonly born: readonly Token[];
  /** flows passed, in order */
  readonly path: readonly string[];
  /** no token is left */
  readonly ended: boolean;
  /** number of the next token */
  readonly next: number;
}

export type StepDecision =
  | ({ readonly ok: true } & Move)
  | { readonly ok: false; readonly reason: "no-such-token" | "wrong-event" | "no-such-way" };

/** Which way out of an exclusive gateway a token takes that came by `flow`. */
export type Choose = (gateway: Extract<ProcessNode, { kind: "exclusive" }>, flow: Flow) => string | null;

/** A drawing without a person in a loop passes each node once a move; this stops one that was never checked. */
const PASSES_MOST = 2_000;

/** The first tokens of an instance. */
export function begin(model: ProcessModel, facts: Facts): Move {
  return run(model, { tokens: [], next: 1 }, [], flowsFrom(model, model.start), chooser(model, facts));
}

/** What an event does to the tokens, or why it cannot happen. The one place that answers this. */
export function decide(model: ProcessModel, standing: Standing, event: StepEvent, facts: Facts): StepDecision {
  const token = standing.tokens.find((one) => one.id === event.token);
  if (!token) return { ok: false, reason: "no-such-token" };
  const node = model.nodes[token.node];
  const out = node && wayOut(model, node, event);
  if (!node || !out) return { ok: false, reason: "wrong-event" };
  const way = event.type === "done" ? event.way : undefined;
  if (way !== undefined && !waysOf(model, node.id).some((flow) => flow.id === way)) {
    return { ok: false, reason: "no-such-way" };
  }
  const move = run(model, standing, [token.id], [out], chooser(model, facts, way));
  return { ok: true, ...move };
}

/** The flow by which an event leaves a resting token's node; undefined when the event does not fit the node. */
export function wayOut(model: ProcessModel, node: ProcessNode, { type }: StepEvent): Flow | undefined {
  switch (type) {
    case "done":
      return node.kind === "step" ? flowsFrom(model, node.id)[0] : undefined;
    case "waited":
      return node.kind === "wait" ? flowsFrom(model, node.id)[0] : undefined;
    case "overdue":
      return node.kind === "step" && node.timer ? model.flows[node.timer.flow] : undefined;
  }
}

/** Moves the tokens in flight until all of them rest or have ended. */
export function run(
  model: ProcessModel,
  standing: Standing,
  consumed: readonly number[],
  flows: readonly Flow[],
  choose: Choose,
): Move {
  let resting = standing.tokens.filter((token) => !consumed.includes(token.id));
  const before = new Set(resting.map((token) => token.id));
  const gone = [...consumed];
  const path: string[] = [];
  const flying = [...flows];
  let next = standing.next;
  for (let passes = 0; flying.length > 0; passes += 1) {
    if (passes > PASSES_MOST) throw new Error(`the process ${model.id} does not come to rest`);
    const flow = flying.shift();
    if (!flow) break;
    path.push(flow.id);
    const node = model.nodes[flow.to];
    if (!node) throw new Error(`the process ${model.id} has no ${flow.to}`);
    if (node.kind === "end" || node.kind === "start") continue;
    if (node.kind === "exclusive") {
      const chosen = model.flows[choose(node, flow) ?? ""];
      if (!chosen) throw new Error(`no way out of ${node.id}`);
      flying.push(chosen);
      continue;
    }
    resting.push({ id: next, node: node.id, flow: flow.id });
    next += 1;
    if (node.kind !== "parallel") continue;
    const met = meeting(model, node.id, resting);
    if (!met) continue;
    resting = resting.filter((token) => !met.includes(token.id));
    for (const id of met) if (before.has(id)) gone.push(id);
    flying.push(...flowsFrom(model, node.id));
  }
  const born = resting.filter((token) => !before.has(token.id));
  return { gone, born, path, ended: resting.length === 0, next };
}

/** One token of every branch that leads into a parallel gateway, when all are there. */
function meeting(model: ProcessModel, node: string, resting: readonly Token[]): number[] | undefined {
  const met: number[] = [];
  for (const flow of flowsInto(model, node)) {
    const token = resting.find((one) => one.node === node && one.flow === flow.id);
    if (!token) return undefined;
    met.push(token.id);
  }
  return met;
}

function chooser(model: ProcessModel, facts: Facts, way?: string): Choose {
  return (gateway) => {
    const ways = flowsFrom(model, gateway.id);
    const chosen = way === undefined ? undefined : ways.find((flow) => flow.id === way);
    if (chosen) return chosen.id;
    const holding = ways.find((flow) => flow.condition && holds(flow.condition, facts));
    return holding?.id ?? gateway.otherwise ?? ways[0]?.id ?? null;
  };
}

function holds({ fact, is, value }: Condition, facts: Facts): boolean {
  return (facts[fact] === value) === is;
}

/** The ways that the officer of a step may choose, the usual one first; none where there is nothing to choose. */
export function waysOf(model: ProcessModel, nodeId: string): Flow[] {
  const out = flowsFrom(model, nodeId)[0];
  const gateway = out && model.nodes[out.to];
  if (gateway?.kind !== "exclusive" || gateway.by !== "officer") return [];
  const usual = (flow: Flow) => Number(flow.id !== gateway.otherwise);
  return flowsFrom(model, gateway.id).sort((a, b) => usual(a) - usual(b));
}

/** Steps that come next when each step is done the usual way, nearest first; those in `from` are left out. */
export function stepsAfter(model: ProcessModel, from: readonly string[]): StepNode[] {
  const seen = new Set(from);
  const found: StepNode[] = [];
  const queue = from.flatMap((id) => usualOut(model, id));
  for (let node = queue.shift(); node; node = queue.shift()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const step = model.nodes[node];
    if (step?.kind === "step") found.push(step);
    queue.push(...usualOut(model, node));
  }
  return found;
}

/** The steps that come right after one, whichever way is taken; joins are looked through. */
export function stepsRightAfter(model: ProcessModel, nodeId: string): StepNode[] {
  const seen = new Set<string>();
  const found: StepNode[] = [];
  const queue = flowsFrom(model, nodeId).map((flow) => flow.to);
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const node = model.nodes[id];
    if (node?.kind === "step") found.push(node);
    else queue.push(...flowsFrom(model, id).map((flow) => flow.to));
  }
  return found;
}

function usualOut(model: ProcessModel, nodeId: string): string[] {
  const node = model.nodes[nodeId];
  const flows = flowsFrom(model, nodeId);
  if (node?.kind !== "exclusive") return flows.map((flow) => flow.to);
  const usual = flows.find((flow) => flow.id === node.otherwise) ?? flows[0];
  return usual ? [usual.to] : [];
}

/** Flows out of a node in the order of the file; a step's timer flow is not one of them. */
export function flowsFrom(model: ProcessModel, nodeId: string): Flow[] {
  return Object.values(model.flows)
    .filter((flow) => flow.from === nodeId)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
}

export function flowsInto(model: ProcessModel, nodeId: string): Flow[] {
  return Object.values(model.flows).filter((flow) => flow.to === nodeId);
}
