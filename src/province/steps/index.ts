/**
 * Steps (quy trình nội bộ): internal procedures drawn as BPMN, kept in versions, and run on rows.
 *
 * Promises: a drawing that cannot run is refused with the place; a dossier finishes under the version it began with or is
 * moved with a report; tokens are never lost or doubled; where a process stands survives anything that commits.
 *
 * Every `db` here is the tenant's (`database.forTenant(code)`). What changes a dossier (completing, claiming, timers) is in
 * the dossiers room, which asks this one.
 */
export type * from "./process.ts";
export type { WorkingSpell } from "./step-time.ts";

export { FACTS } from "./process.ts";
export { drawnName, drawnText } from "./step-words.ts";
export { messages as stepMessages, problemText } from "./messages.ts";
export { BPMN_MAX_BYTES, readProcess } from "./read-process.ts";
export { stepsAfter, waysOf } from "./steps-lifecycle.ts";
export { planDone, planTimer, type Receiver, type StepPlace } from "./plan-move.ts";
export { applyMove, giveTask, processFor, recountProcess, standingOf, startInstance } from "./run-process.ts";
export type { Change } from "./steps-store.ts";
export { fits, mayWork, stepOfAct, type StepWorker } from "./work-rights.ts";
export { publishProcess, saveProcess, type SaveProcess, useProcessFor } from "./save-process.ts";
export { moveInstance, planMove } from "./move-instance.ts";
export { findVersion, listProcesses, listRunning, listVersions, type RunningDossier } from "./steps-view.ts";
export {
  countWaitingSteps,
  findTask,
  hasStepAt,
  listWaitingSteps,
  type StepOwner,
  substitutesFor,
  type WaitingStep,
} from "./steps-view.ts";
export {
  type DossierSteps,
  type Holder,
  instancePicture,
  type InstancePicture,
  listSteps,
  type PictureMark,
  stepsNextTo,
  whoHasIt,
} from "./instance-view.ts";
