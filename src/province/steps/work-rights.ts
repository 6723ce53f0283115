/** Who may do a step. Pure. */
import type { StepAct, StepRole } from "#protocols/internal-process/index.ts";
import type { ProcessModel } from "./process.ts";
import type { OpenTask } from "./steps-store.ts";

/** An officer before a step; `agencyIds`: the units whose dossiers they may open. */
export interface StepWorker {
  readonly id: string;
  readonly role: string;
  readonly agencyIds: readonly string[];
  readonly maySign: boolean;
  /** officers who are away and whom this one stands in for */
  readonly standsInFor: readonly string[];
}

/** Given by name: that officer or whoever stands in. Given to nobody: every officer of the role in the unit. */
export function mayWork(task: Pick<OpenTask, "role" | "unitId" | "officerId" | "act">, worker: StepWorker): boolean {
  if (task.officerId !== null) return task.officerId === worker.id || worker.standsInFor.includes(task.officerId);
  return fits(task, worker);
}

/** Could the step be given to this officer? */
export function fits(
  task: { readonly role: StepRole; readonly unitId: string; readonly act: StepAct },
  worker: Pick<StepWorker, "role" | "agencyIds" | "maySign">,
): boolean {
  const signs = task.act === "sign-result" && worker.maySign;
  return (task.role === worker.role || signs) && worker.agencyIds.includes(task.unitId);
}

/** `null`: the act is free, no step waits for it. */
export type ActAnswer =
  | { readonly ok: true; readonly task: OpenTask | null }
  | { readonly ok: false; readonly reason: "step-elsewhere" | "step-not-yours" };

/**
 * Which step an act of the dossier's life finishes. An act that the drawing does not know stays free, but for the return,
 * which waits for the end of the process. A result may be entered again until it is signed.
 */
export function stepOfAct(
  standing: { readonly model: ProcessModel; readonly tasks: readonly OpenTask[] },
  act: Exclude<StepAct, "none">,
  worker: StepWorker | null,
): ActAnswer {
  const drawn = Object.values(standing.model.nodes).some((node) => node.kind === "step" && node.act === act);
  if (!drawn) return act === "return-result" ? { ok: false, reason: "step-elsewhere" } : { ok: true, task: null };
  const open = standing.tasks.filter((task) => task.act === act);
  const mine = open.find((task) => worker === null || mayWork(task, worker));
  if (mine) return { ok: true, task: mine };
  if (open.length > 0) return { ok: false, reason: "step-not-yours" };
  const signing = standing.tasks.filter((task) => task.act === "sign-result");
  const again = act === "record-result" && signing.some((task) => worker === null || mayWork(task, worker));
  return again ? { ok: true, task: null } : { ok: false, reason: "step-elsewhere" };
}
