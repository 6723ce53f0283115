/**
 * A dossier and its internal procedure are one truth: an act of the dossier's life finishes the step that it was drawn for,
 * a step that is done is an entry of the dossier's history, and both are written by one commit or not at all.
 */
import { systemClock } from "#kit/clock.ts";
import { crashPoint } from "#kit/crash-points.ts";
import type { Database } from "#kit/db.ts";
import { agenciesInScope, findOfficer } from "#province/officers/index.ts";
import {
  applyMove,
  type Change,
  planDone,
  processFor,
  type Receiver,
  standingOf,
  startInstance,
  type StepActor,
  stepOfAct,
  type StepPlace,
} from "#province/steps/index.ts";
import { findTenant, type Tenant } from "#province/tenants/index.ts";
import type { Actor, Dossier, Outcome, Refusal, Stand } from "./dossier.ts";
import { type DossierPatch, writeChange } from "./dossier-store.ts";

type Written = Parameters<typeof writeChange>[1];

const ACTS = ["forward", "record-result", "sign-result", "return-result"] as const;

/** Writes a decided change; with a running process, the process's move too. */
export async function changeWithProcess(
  database: Database,
  dossier: Dossier,
  change: Written,
): Promise<Outcome<Stand>> {
  const act = ACTS.find((one) => one === change.action);
  if (!act || change.actor.kind === "citizen") return writeChange(database, change);
  const tenant = findTenant(change.tenant);
  const now = systemClock.now();
  const officerId = change.actor.kind === "officer" ? change.actor.id : null;
  const found = await standingOf(database.forTenant(tenant.code), tenant, { dossierId: dossier.id, officerId, now });
  if (!found) return writeChange(database, change);
  const answer = stepOfAct(found.standing, act, found.worker);
  if (!answer.ok) return answer;
  if (!answer.task) return writeChange(database, change);
  const receiver = await receiverOf(database, tenant, change.patch.officer);
  const place = placeOf(tenant, dossier, now, receiver);
  const plan = planDone(found.standing, answer.task, place, { content: noteOf(change.detail), files: [] });
  if (!plan.ok) return { ok: false, reason: refusalOf(plan.reason) };
  return writeBoth(database, found.standing.revision, withStep(change, answer.task, plan.change), plan.change);
}

/** The dossier's change and the process's move in one transaction. `conflict` when either was changed meanwhile. */
export async function writeBoth(
  database: Database,
  revision: number,
  change: Written,
  move: Change,
): Promise<Outcome<Stand>> {
  try {
    const done = await database.forTenant(change.tenant).tx(async (db) => {
      const written = await writeChange(db, change);
      if (!written.ok) return written;
      crashPoint("S1");
      const key = { tenant: change.tenant, dossierId: change.dossierId, revision };
      if (!(await applyMove(db, key, change.actor as StepActor, move))) throw new MovedMeanwhile();
      crashPoint("S2");
      return written;
    });
    crashPoint("S3");
    return done;
  } catch (error) {
    // Thrown, not returned: what was written of the dossier must go back.
    if (error instanceof MovedMeanwhile) return { ok: false, reason: "conflict" };
    throw error;
  }
}

class MovedMeanwhile extends Error {}

/** Begins the process of a dossier that is being received, in the reception's transaction. */
export type BeginProcess = (db: Parameters<typeof startInstance>[0], actor: StepActor) => Promise<void>;

/** Acts that the running process does not let this officer do now; none without a process. */
export async function blockedActs(
  database: Database,
  key: { readonly tenant: string; readonly dossierId: string; readonly officerId: string },
): Promise<ReadonlySet<string>> {
  const found = await standingOf(database.forTenant(key.tenant), findTenant(key.tenant), {
    ...key,
    now: systemClock.now(),
  });
  if (!found) return new Set();
  return new Set(ACTS.filter((act) => !stepOfAct(found.standing, act, found.worker).ok));
}

/** What reception has to begin; undefined when dossiers of this procedure go on without a drawing. */
export async function processToBegin(
  database: Database,
  dossier: Dossier,
  receiver: Actor,
  now: Date,
): Promise<BeginProcess | undefined> {
  const chosen = await processFor(database, dossier.tenant, dossier.procedure);
  if (!chosen) return undefined;
  const tenant = findTenant(dossier.tenant);
  // Whoever received it keeps the first step where it is theirs to do.
  const officer = receiver.kind === "officer" ? await receiverOf(database, tenant, receiver) : undefined;
  const place = placeOf(tenant, dossier, now, officer);
  return async (db, actor) => {
    crashPoint("S1");
    await startInstance(db, { tenant: tenant.code, dossierId: dossier.id }, chosen, actor, place);
    crashPoint("S2");
  };
}

export function placeOf(tenant: Tenant, dossier: Dossier, now: Date, receiver?: Receiver): StepPlace {
  const { agency, channel, feeState, delivery } = dossier;
  return {
    tenant,
    agency: { id: agency.id, name: agency.name },
    facts: { channel, fee: feeState, receive: delivery?.receive ?? "online" },
    now,
    receiver,
  };
}

/** The officer who is to have the next step, with what they may do; undefined when nobody was chosen or nobody is known. */
export async function receiverOf(
  database: Database,
  tenant: Tenant,
  chosen: DossierPatch["officer"],
): Promise<Receiver | undefined> {
  // Ids of officers are uuids; anything else names nobody.
  if (!chosen || !/^[0-9a-f-]{36}$/.test(chosen.id)) return undefined;
  const officer = await findOfficer(database, tenant.code, chosen.id);
  if (!officer) return undefined;
  const { id, name, role, maySign, agencyId } = officer;
  return { id, name, role, maySign, agencyIds: agenciesInScope(tenant.agencies, agencyId) };
}

/** Who holds the dossier is the process's to say; the history names the step that the act finished. */
function withStep(change: Written, task: { readonly name: string; readonly dueAt: string }, move: Change): Written {
  const { officer: _officer, unit: _unit, ...patch } = change.patch;
  return { ...change, patch, detail: { ...change.detail, ...stepDetail(task, move) } };
}

/** What the history keeps of a step that is over: its name, when it was due, and to whom the dossier went. */
export function stepDetail(task: { readonly name: string; readonly dueAt: string }, move: Change) {
  const next = move.tasks.map((one) => one.officer?.name ?? one.unitName);
  return { step: task.name, stepDueAt: new Date(task.dueAt).toISOString(), next: next.join(", ") || null };
}

function noteOf(detail: Written["detail"]): string | null {
  return typeof detail.note === "string" && detail.note !== "" ? detail.note.slice(0, 4_000) : null;
}

export function refusalOf(reason: "conflict" | "no-such-way" | "receiver-unfit"): Refusal {
  return reason === "no-such-way" ? "way-missing" : reason;
}
