/** The internal procedure of one dossier before one officer: the picture, the steps, and what the officer may do with them. */
import { agenciesInScope, listOfficers, type Officer } from "#province/officers/index.ts";
import type { Dossier } from "#province/dossiers/index.ts";
import {
  type DossierSteps,
  fits,
  hasStepAt,
  type InstancePicture,
  instancePicture,
  listSteps,
  mayWork,
  stepsNextTo,
  type StepTask,
  substitutesFor,
} from "#province/steps/index.ts";
import { clockOf, dossierFor, type HandlingDeps, isOpenTo } from "./handling.ts";
import { AppError } from "#kit/errors.ts";
import { isId } from "#kit/ids.ts";
import { plainDateOf } from "#kit/calendar.ts";
import { findDossier } from "#province/dossiers/index.ts";

export interface DeskSteps {
  readonly steps: DossierSteps;
  readonly picture: InstancePicture;
  /** open steps that this officer may do, and of those the ones that nobody has */
  readonly mine: ReadonlySet<string>;
  readonly free: ReadonlySet<string>;
  readonly now: Date;
}

export async function loadDeskSteps(
  deps: HandlingDeps,
  officer: Officer,
  dossierId: string,
): Promise<DeskSteps | undefined> {
  const db = deps.database.forTenant(deps.tenant.code);
  const now = clockOf(deps).now();
  const picture = await instancePicture(db, dossierId, now);
  const steps = picture && (await listSteps(db, dossierId));
  if (!steps) return undefined;
  const worker = await workerOf(deps, officer);
  const mine = steps.now.filter((task) => mayWork(openTask(task), worker));
  return {
    steps,
    picture,
    mine: new Set(mine.map((task) => task.id)),
    free: new Set(mine.filter((task) => task.officer === null).map((task) => task.id)),
    now,
  };
}

export async function workerOf(deps: HandlingDeps, officer: Officer) {
  const db = deps.database.forTenant(deps.tenant.code);
  return {
    id: officer.id,
    role: officer.role,
    maySign: officer.maySign,
    agencyIds: agenciesInScope(deps.tenant.agencies, officer.agencyId),
    standsInFor: await substitutesFor(db, officer.id, plainDateOf(clockOf(deps).now())),
  };
}

export function openTask(task: StepTask) {
  return { role: task.role, unitId: task.unit.id, officerId: task.officer?.id ?? null, act: task.act };
}

/** Officers to whom an open step may be given: of its role, with its unit in their reach. */
export async function receiversOfStep(deps: HandlingDeps, task: StepTask): Promise<Officer[]> {
  return (await candidates(deps)).filter(
    (one) => one.id !== task.officer?.id && fits(openTask(task), reachOf(deps, one)),
  );
}

/** Officers who could have what comes right after a step, by each way out of it. */
export async function receiversOfNext(deps: HandlingDeps, dossier: Dossier, taskNode: string): Promise<Officer[]> {
  const db = deps.database.forTenant(deps.tenant.code);
  const next = await stepsNextTo(db, deps.tenant, { id: dossier.id, agencyId: dossier.agency.id }, taskNode);
  const all = await candidates(deps);
  return all.filter((one) => next.some((step) => fits(step, reachOf(deps, one))));
}

/** Officers who could have what an act leads to; undefined when no open step waits for the act. */
export async function receiversOfAct(
  deps: HandlingDeps,
  dossier: Dossier,
  act: "forward",
): Promise<Officer[] | undefined> {
  const steps = await listSteps(deps.database.forTenant(deps.tenant.code), dossier.id);
  const task = steps?.now.find((one) => one.act === act);
  return task && receiversOfNext(deps, dossier, task.node);
}

function candidates(deps: HandlingDeps): Promise<Officer[]> {
  return listOfficers(deps.database, deps.tenant.code, ["one-stop", "specialist", "leader", "accountant"]);
}

function reachOf(deps: HandlingDeps, officer: Officer) {
  const { role, maySign } = officer;
  return { role, maySign, agencyIds: agenciesInScope(deps.tenant.agencies, officer.agencyId) };
}

/**
 * A dossier to read: the officer's own units', or one that has a step at one of them, or had one while its process runs.
 * What may be done with the latter are its steps alone.
 */
export async function dossierToRead(deps: HandlingDeps, officer: Officer, id: unknown): Promise<Dossier> {
  const dossier = isId(id) ? await findDossier(deps.database, { tenant: deps.tenant.code, dossierId: id }) : undefined;
  if (dossier && (await mayRead(deps, officer, dossier))) return dossier;
  // Says the same as for any dossier that is not the officer's.
  return dossierFor(deps, officer, undefined);
}

export async function mayRead(deps: HandlingDeps, officer: Officer, dossier: Dossier): Promise<boolean> {
  if (isOpenTo(deps, officer, dossier)) return true;
  if (dossier.state === "draft") return false;
  const agencies = agenciesInScope(deps.tenant.agencies, officer.agencyId);
  return hasStepAt(deps.database.forTenant(deps.tenant.code), dossier.id, agencies);
}

/** The open or finished step of the address. */
export function stepOf(view: DeskSteps | undefined, taskId: unknown): StepTask {
  const task = view && [...view.steps.now, ...view.steps.done].find((one) => one.id === taskId);
  if (!task) throw new AppError("not-found", { message: "no such step of this dossier" });
  return task;
}
