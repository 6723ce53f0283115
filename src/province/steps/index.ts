/**
 * Steps (quy trình nội bộ): internal procedures drawn as BPMN, kept in versions, and run on rows.
 *
 * Promises: a drawing that cannot run is refused with the place; a dossier finishes under the version it began with or is
 * moved with a report; tokens are never lost or doubled; where a process stands survives anything that commits.
 *
 * Every `db` here is the tenant's (`database.forTenant(code)`). What changes a dossier (completing, claiming, timers) is in
 * the dossiers room, which asks this one.
 *
 * Coming (signatures are fixed, S2 and S7 may write against them):
 * - readProcess(xml: string, known?: { units: ReadonlySet<string> }): Promise<ProcessReading>
 * - problemText(problem: ProcessProblem, lang: Lang): string            (words; the place is elementName)
 * - listProcesses(db): Promise<ProcessSummary[]>
 * - listVersions(db, processId): Promise<ProcessVersion[]>               newest first
 * - findVersion(db, processId, version): Promise<ProcessVersion | undefined>
 * - saveProcess(db, { processId?, name, xml, revision?, by, units }): Promise<ProcessOutcome<{ processId, version, revision, problems }>>
 *     makes or replaces the draft; a draft with problems is kept (problems answered); `conflict` when revision is not the draft's
 * - publishProcess(db, { processId, version, revision, by, units }): Promise<ProcessOutcome<{ version }>>   `same-person`: four eyes
 * - useProcessFor(db, { scope, code, processId | null, by }): Promise<ProcessOutcome>
 * - listRunning(db, processId, version): Promise<{ dossierId, code, number }[]>     at most 500
 * - planMove(db, dossierId, version): Promise<MoveReport | undefined>
 * - moveInstance(db, { dossierId, version, by }): Promise<ProcessOutcome<{ report }>>
 * - instancePicture(db, dossierId, now): Promise<{ xml: string; marks: { element: string; mark: "done" | "current" | "late" }[] } | undefined>
 * - listSteps(db, dossierId): Promise<{ done: StepTask[]; now: StepTask[]; next: StepNode[] } | undefined>
 * - whoHasIt(db, dossierId): Promise<{ step, role, unit, officer: string | null, since: Date, until: Date, opinion: boolean }[]>
 */
export type * from "./process.ts";

export { FACTS } from "./process.ts";
export { messages as stepMessages, problemText } from "./messages.ts";
export { BPMN_MAX_BYTES, readProcess } from "./read-process.ts";
export { begin, decide as decideStep, stepsAfter, waysOf } from "./steps-lifecycle.ts";
export { planDone, planTimer, type Receiver, type StepPlace } from "./plan-move.ts";
export { applyMove, giveTask, processFor, resumeProcess, standingOf, startInstance } from "./run-process.ts";
export type { Change } from "./steps-store.ts";
export { fits, mayWork, stepOfAct, type StepWorker } from "./work-rights.ts";
