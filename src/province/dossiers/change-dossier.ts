/** The path every change after the draft takes: read, decide by the table, write guarded by state and version. */
import type { Database } from "#kit/db.ts";
import type { Actor, Dossier, Outcome, Stand } from "./dossier.ts";
import { type DossierAction, decide, endingOf } from "./dossier-lifecycle.ts";
import type { DossierPatch } from "./dossier-store.ts";
import { findDossier } from "./dossier-view.ts";
import { changeWithProcess } from "./dossier-process.ts";

export type OfficerActor = Extract<Actor, { kind: "officer" }>;

/** What every action of an officer names: the dossier, and the version the officer was looking at. */
export interface ActInput {
  readonly tenant: string;
  readonly dossierId: string;
  readonly expectedVersion: number;
  readonly actor: OfficerActor;
}

interface Change {
  readonly tenant: string;
  readonly dossier: Dossier;
  readonly actor: Actor;
  readonly action: DossierAction;
  readonly patch?: DossierPatch;
  /** goes into the history; must hold no secret, may hold the words people wrote */
  readonly detail?: { readonly [key: string]: unknown };
}

/**
 * Decides by the lifecycle table and writes row, history, audit and the synchronisation job in one statement; an act that
 * finishes a step of the internal procedure moves the process by the same commit.
 * `conflict` when somebody changed the dossier since `dossier` was read.
 */
export async function changeDossier(database: Database, change: Change): Promise<Outcome<Stand>> {
  const { dossier, actor, action } = change;
  const decision = decide(dossier, action, actor.kind);
  if (!decision.ok) return decision;
  const ending = endingOf(action);
  return changeWithProcess(database, dossier, {
    tenant: change.tenant,
    dossierId: dossier.id,
    from: dossier.state,
    version: dossier.version,
    to: decision.to,
    action,
    actor,
    patch: { ...change.patch, resumeState: decision.resumeState, ...(ending ? { ending } : {}) },
    detail: change.detail ?? {},
  });
}

/** The dossier an officer acts on, when it is still the version they saw. */
export async function dossierToActOn(
  database: Database,
  input: Omit<ActInput, "actor">,
): Promise<Outcome<{ dossier: Dossier }>> {
  const dossier = await findDossier(database, input);
  if (!dossier) return { ok: false, reason: "not-found" };
  if (dossier.version !== input.expectedVersion) return { ok: false, reason: "conflict" };
  return { ok: true, dossier };
}
