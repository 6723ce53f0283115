/** A running dossier goes on under another version of its process, with a report of what becomes of each open step. */
import { plainDateOf } from "#kit/calendar.ts";
import { systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { calendarOf, findTenant } from "#province/tenants/index.ts";
import { checkStanding } from "./check-process.ts";
import { workingTime } from "./plan-move.ts";
import type { MoveReport, ProcessModel, ProcessNode, ProcessOutcome, StepActor, Token } from "./process.ts";
import { spellMinutes } from "./step-time.ts";
import { flowsInto } from "./steps-lifecycle.ts";
import { readStanding, readTenant, type StandingRow, writeVersionMove } from "./steps-store.ts";
import { findVersion } from "./steps-view.ts";

interface Planned {
  readonly standing: StandingRow;
  readonly model: ProcessModel;
  readonly tokens: readonly Token[];
  readonly report: MoveReport;
}

/** What moving would do; nothing is changed. Undefined when the dossier runs no process or there is no such version. */
export async function planMove(db: Database, dossierId: string, version: number): Promise<MoveReport | undefined> {
  return (await plan(db, dossierId, version))?.report;
}

async function plan(db: Database, dossierId: string, version: number): Promise<Planned | undefined> {
  const asked = { dossierId, officerId: null, today: plainDateOf(systemClock.now()) };
  const standing = await readStanding(db, asked);
  const target = standing && (await findVersion(db, standing.processId, version));
  if (!standing || !target?.model || !target.publishedAt) return undefined;
  const { model } = target;
  const places = standing.tokens.map((token) => placeIn(standing.model, model, token));
  const tokens = places.flatMap((place) => (place ? [place] : []));
  const whole = tokens.length === standing.tokens.length && distinct(tokens, model);
  const steps = standing.tokens.map((token, index) => ({
    node: token.node,
    name: standing.model.nodes[token.node]?.name || token.node,
    to: places[index] ? model.nodes[places[index].node]?.name || places[index].node : null,
  }));
  const fits = whole && checkStanding(model, tokens);
  return { standing, model, tokens, report: { dossierId, from: standing.version, to: version, steps, fits } };
}

/**
 * The same element (by its id) and the same kind; a step that was drawn anew is known by its name and role. A token before a
 * join must find a branch that it has passed.
 */
function placeIn(from: ProcessModel, to: ProcessModel, token: Token): Token | undefined {
  const old = from.nodes[token.node];
  if (!old) return undefined;
  const same = to.nodes[token.node];
  const node = same && alike(old, same) ? same : Object.values(to.nodes).find((one) => sameStep(old, one));
  if (!node) return undefined;
  const into = flowsInto(to, node.id);
  const before = from.flows[token.flow]?.from;
  const flow = into.find((one) => one.id === token.flow) ?? into.find((one) => one.from === before);
  if (node.kind === "parallel") return flow && { id: token.id, node: node.id, flow: flow.id };
  return { id: token.id, node: node.id, flow: (flow ?? into[0])?.id ?? token.flow };
}

/** What is done elsewhere stays there: an open step never changes its unit or its kind. */
function alike(a: ProcessNode, b: ProcessNode): boolean {
  if (a.kind !== "step" || b.kind !== "step") return a.kind === b.kind;
  return a.unit === b.unit && a.work === b.work;
}

function sameStep(a: ProcessNode, b: ProcessNode): boolean {
  return a.kind === "step" && b.kind === "step" && a.name === b.name && a.role === b.role && alike(a, b);
}

function distinct(tokens: readonly Token[], model: ProcessModel): boolean {
  const places = tokens.map(({ node, flow }) => (model.nodes[node]?.kind === "parallel" ? flow : node));
  return new Set(places).size === places.length;
}

/** Moves one dossier; `does-not-fit` (with nothing changed) when an open step has no place or could not end from there. */
export async function moveInstance(
  db: Database,
  input: { readonly dossierId: string; readonly version: number; readonly by: StepActor },
): Promise<ProcessOutcome<{ report: MoveReport }> | { ok: false; reason: "does-not-fit"; report: MoveReport }> {
  const planned = await plan(db, input.dossierId, input.version);
  if (!planned) return { ok: false, reason: "no-process" };
  const { standing, model, tokens, report } = planned;
  if (standing.version === input.version) return { ok: false, reason: "same-version" };
  if (!report.fits) return { ok: false, reason: "does-not-fit", report };
  const tenant = findTenant(await readTenant(db));
  const tasks = standing.tasks.flatMap((task) => {
    const token = tokens.find((one) => one.id === task.token);
    const node = token && model.nodes[token.node];
    if (node?.kind !== "step") return [];
    const { id: nodeId, name, role, act, work, hours } = node;
    const startedAt = new Date(task.startedAt);
    // The same hours keep the time they had, pauses and all; others get theirs by the job that the move asks for.
    const dueAt = hours === Number(task.hours) ? new Date(task.dueAt) : workingTime(tenant, startedAt, hours * 60);
    return [{ id: task.id, node: nodeId, name, role, act, work, hours, dueAt }];
  });
  const timers = tokens.flatMap((token) => {
    const node = model.nodes[token.node];
    const spell = node?.kind === "step" ? node.timer : node?.kind === "wait" ? node : null;
    if (!spell) return [];
    const minutes = spellMinutes(spell, calendarOf(tenant));
    const known = standing.timers.find((one) => one.token === token.id);
    const task = standing.tasks.find((one) => one.token === token.id);
    const startedAt = new Date(known?.startedAt ?? task?.startedAt ?? systemClock.now());
    const kept = known && known.minutes === minutes;
    const firesAt = kept ? new Date(known.firesAt) : workingTime(tenant, startedAt, minutes);
    return [{ token: token.id, startedAt, minutes, firesAt }];
  });
  const key = {
    tenant: tenant.code,
    dossierId: input.dossierId,
    revision: standing.revision,
    version: input.version,
  };
  const done = await writeVersionMove(db, key, input.by, tokens, tasks, timers);
  return done ? { ok: true, report } : { ok: false, reason: "conflict" };
}
