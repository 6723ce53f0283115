/** One thing done to many dossiers (hàng loạt). Pure words. */
import type { Lang } from "#kit/i18n.ts";
import type { Dossier } from "#province/dossiers/index.ts";
import { mayDo, type Officer } from "#province/officers/index.ts";

export const BATCH_ACTIONS = [
  "receive",
  "claim",
  "sign-copies",
  "sign-result",
  "return-result",
  "print",
  "print-slips",
  "print-control",
  "forward",
  "assign",
] as const;
export type BatchAction = (typeof BATCH_ACTIONS)[number];

/** What is done to many steps of internal procedures. */
export const STEP_BATCH_ACTIONS = ["claim-step", "complete-step", "assign-step"] as const;
export type StepBatchAction = (typeof STEP_BATCH_ACTIONS)[number];

export function isStepAction(action: BatchAction | StepBatchAction): action is StepBatchAction {
  return (STEP_BATCH_ACTIONS as readonly string[]).includes(action);
}

/** More on one page would wait too long for its answer. */
export const BATCH_MOST = 100;

export interface BatchTarget {
  readonly id: string;
  readonly name: string;
  readonly agencyId: string;
  readonly unit: string;
}

/** How one item ended: done; refused (nothing changed, and why); failed (our own fault). */
export interface ItemEnd {
  readonly outcome: "done" | "refused" | "failed";
  readonly said: string;
}

export interface Batch {
  readonly id: string;
  readonly officerId: string;
  readonly action: BatchAction | StepBatchAction;
  readonly target: BatchTarget | null;
  /** what was done, or the message to who gets them: of steps only */
  readonly note: string | null;
  readonly createdAt: Date;
}

export interface BatchItem {
  readonly position: number;
  readonly dossierId: string;
  /** the dossier's, or the step's where the batch is one of steps */
  readonly version: number;
  readonly taskId: string | null;
  /** the unit that has the dossier */
  readonly agencyId: string;
  /** the step's name */
  readonly step: string | null;
  readonly outcome: ItemEnd["outcome"] | null;
  readonly said: string;
  readonly number: number | null;
  readonly code: string | null;
  readonly applicant: string;
}

/** What the desk can do to one dossier, given by the room that handles dossiers. Each call is a transaction of its own. */
export interface DeskActs {
  act(
    action: Exclude<BatchAction, "claim" | "assign">,
    item: {
      readonly officer: Officer;
      readonly dossier: Dossier;
      readonly version: number;
      readonly lang: Lang;
      readonly target: BatchTarget | null;
    },
  ): Promise<ItemEnd>;
  /** The slips that an action printed or made of these dossiers, as one PDF; those without one are left out. */
  slips(action: BatchAction, dossiers: readonly Dossier[]): Promise<Uint8Array | undefined>;
}

/** Who may do what to many: as with one; taking and assigning is for who handles dossiers, assigning to others for leaders and the one-stop unit. */
export function batchActionsOf(officer: Pick<Officer, "role" | "maySign">): readonly BatchAction[] {
  return BATCH_ACTIONS.filter((action) => {
    if (action === "claim" || action === "assign") return mayGive(officer, action);
    if (action === "print") return officer.role === "one-stop";
    if (action === "print-slips") return mayDo(officer, "note");
    if (action === "print-control") return mayDo(officer, "forward");
    return mayDo(officer, action);
  });
}

/** Takes a dossier that nobody has, or gives one to a colleague. */
export function mayGive({ role }: Pick<Officer, "role">, action: "claim" | "assign"): boolean {
  return role === "one-stop" || role === (action === "claim" ? "specialist" : "leader");
}
