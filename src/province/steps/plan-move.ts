/** From an event to everything that has to be written: tokens, steps with their times, timers. Reads nothing. */
import { newId } from "#kit/ids.ts";
import { dueTime } from "#province/deadlines/index.ts";
import { OWN_UNIT } from "#protocols/internal-process/index.ts";
import { agencyOf, calendarOf, type Tenant } from "#province/tenants/index.ts";
import type { Facts, ProcessModel, StepFile, StepNode, Token } from "./process.ts";
import { spellMinutes, type WorkingSpell } from "./step-time.ts";
import { begin, decide, type Move, waysOf } from "./steps-lifecycle.ts";
import type { Change, Chosen, NewTask, NewTimer, OpenTask, StandingRow } from "./steps-store.ts";
import { fits, type StepWorker } from "./work-rights.ts";

/** What a move needs to know of the dossier and of the moment. */
export interface StepPlace {
  readonly tenant: Tenant;
  /** the unit that has the dossier */
  readonly agency: { readonly id: string; readonly name: string };
  readonly facts: Omit<Facts, "opinion" | "supplemented">;
  readonly now: Date;
  /** officer to whom the steps that begin now are given where they fit */
  readonly receiver?: Receiver | undefined;
}

export type Receiver = Pick<StepWorker, "id" | "role" | "agencyIds" | "maySign"> & { readonly name: string };

export type StepPlan =
  | { readonly ok: true; readonly change: Change }
  | { readonly ok: false; readonly reason: "conflict" | "no-such-way" | "receiver-unfit" };

/** The first move of an instance. */
export function planStart(chosen: Chosen, place: StepPlace): Change {
  const move = begin(chosen.model, { ...place.facts, opinion: "none", supplemented: "no" });
  return { event: "start", ...movedRows(chosen.model, move, place, {}), finish: null };
}

/** A step is done: by its officer (`way` may be chosen) or by an act, which takes the usual way. */
export function planDone(
  standing: StandingRow,
  task: OpenTask,
  place: StepPlace,
  done: { readonly way?: string | undefined; readonly content: string | null; readonly files: readonly StepFile[] },
): StepPlan {
  const opinion = task.work === "opinion" ? ("given" as const) : undefined;
  const decision = decide(
    standing.model,
    standing,
    { type: "done", token: task.token, way: done.way },
    factsOf(standing, place, opinion),
  );
  if (!decision.ok) return { ok: false, reason: decision.reason === "no-such-way" ? "no-such-way" : "conflict" };
  const rows = movedRows(standing.model, decision, place, standing.before);
  if (place.receiver && !rows.tasks.some((one) => one.officer?.id === place.receiver?.id)) {
    return { ok: false, reason: "receiver-unfit" };
  }
  const way = waysOf(standing.model, task.node).find((flow) => flow.id === done.way);
  return {
    ok: true,
    change: {
      event: "done",
      ...rows,
      ...(opinion ? { opinion } : {}),
      finish: {
        task: task.id,
        revision: task.revision,
        state: "done",
        way: way?.id ?? null,
        wayName: way?.name ?? null,
        content: done.content,
        files: done.files,
      },
    },
  };
}

/** A timer has passed: the step is over as overdue, or the wait is. */
export function planTimer(standing: StandingRow, token: number, place: StepPlace): StepPlan {
  const task = standing.tasks.find((one) => one.token === token);
  const opinion = task?.work === "opinion" ? ("overdue" as const) : undefined;
  const type = task ? ("overdue" as const) : ("waited" as const);
  const decision = decide(standing.model, standing, { type, token }, factsOf(standing, place, opinion));
  if (!decision.ok) return { ok: false, reason: "conflict" };
  const finish = task && {
    task: task.id,
    revision: task.revision,
    state: "overdue" as const,
    way: null,
    wayName: null,
    content: null,
    files: [],
  };
  return {
    ok: true,
    change: {
      event: type,
      ...movedRows(standing.model, decision, place, standing.before),
      ...(opinion ? { opinion } : {}),
      finish: finish ?? null,
      fired: token,
    },
  };
}

export function factsOf(standing: StandingRow, place: Pick<StepPlace, "facts">, opinion?: string): Facts {
  const supplemented = standing.supplemented ? "yes" : "no";
  return { ...place.facts, opinion: opinion ?? standing.opinion, supplemented };
}

function movedRows(model: ProcessModel, move: Move, place: StepPlace, before: StandingRow["before"]) {
  const tasks: NewTask[] = [];
  const timers: NewTimer[] = [];
  let receiver = place.receiver;
  for (const token of move.born) {
    const node = model.nodes[token.node];
    if (node?.kind === "wait") timers.push(timerOf(token, node, place));
    if (node?.kind !== "step") continue;
    const task = taskOf(token, node, place, receiver, before[node.id]);
    // One step for the one who was chosen; the others wait for theirs.
    if (receiver && task.officer?.id === receiver.id) receiver = undefined;
    tasks.push(task);
    if (node.timer) timers.push(timerOf(token, node.timer, place));
  }
  const { gone, born, path, ended, next } = move;
  return { gone, born, path, ended, next, tasks, timers };
}

function taskOf(
  token: Token,
  node: StepNode,
  place: StepPlace,
  receiver: Receiver | undefined,
  doer: { readonly id: string; readonly name: string } | undefined,
): NewTask {
  const agency = node.unit === OWN_UNIT ? undefined : agencyOf(place.tenant, node.unit);
  const unit = agency ? { id: agency.id, name: agency.name.vi } : place.agency;
  const chosen = receiver && fits({ ...node, unitId: unit.id }, receiver) ? receiver : doer;
  return {
    id: newId(),
    token: token.id,
    node: node.id,
    name: node.name,
    role: node.role,
    unitId: unit.id,
    unitName: unit.name,
    work: node.work,
    act: node.act,
    hours: node.hours,
    officer: chosen ? { id: chosen.id, name: chosen.name } : null,
    startedAt: place.now,
    dueAt: workingTime(place.tenant, place.now, node.hours * 60),
  };
}

function timerOf(token: Token, spell: WorkingSpell, { tenant, now }: StepPlace): NewTimer {
  const minutes = spellMinutes(spell, calendarOf(tenant));
  return { token: token.id, startedAt: now, minutes, firesAt: workingTime(tenant, now, minutes) };
}

/** The instant by which the province's offices have worked so many minutes. */
export function workingTime(tenant: Tenant, from: Date, minutes: number): Date {
  return dueTime({ type: "working_hours", hours: minutes / 60 }, calendarOf(tenant), from).dueAt;
}
