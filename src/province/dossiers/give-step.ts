import { systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { fits, giveTask, mayWork, standingOf } from "#province/steps/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import type { OfficerActor } from "./change-dossier.ts";
import type { Outcome } from "./dossier.ts";
import { receiverOf } from "./dossier-process.ts";

export interface GiveStep {
  readonly tenant: string;
  readonly dossierId: string;
  readonly taskId: string;
  /** of the step, as the officer saw it */
  readonly revision: number;
  readonly actor: OfficerActor;
}

type Given = Outcome<{ readonly version: number }>;

/** "Nhận việc": a step that nobody has becomes the officer's own; of two at once the second gets `conflict`. */
export function claimStep(database: Database, input: GiveStep): Promise<Given> {
  return give(database, input, input.actor, "claim", null);
}

/**
 * Giving a step to another officer of its role and unit: by the one who has it, by anybody who could take it while nobody
 * has it, and by a leader of the unit.
 */
export function assignStep(
  database: Database,
  input: GiveStep & { readonly to: { readonly id: string; readonly name: string }; readonly note: string },
): Promise<Given> {
  return give(database, input, input.to, "assign", input.note.normalize("NFC").trim().slice(0, 500) || null);
}

async function give(
  database: Database,
  input: GiveStep,
  to: { readonly id: string; readonly name: string },
  how: "claim" | "assign",
  note: string | null,
): Promise<Given> {
  const { dossierId, taskId, revision, actor } = input;
  const tenant = findTenant(input.tenant);
  const found = await standingOf(database.forTenant(tenant.code), tenant, {
    dossierId,
    officerId: actor.id,
    now: systemClock.now(),
  });
  const task = found?.standing.tasks.find((one) => one.id === taskId);
  if (!found || !task || task.revision !== revision) return { ok: false, reason: "conflict" };
  const { worker } = found;
  const leads = worker?.role === "leader" && worker.agencyIds.includes(task.unitId);
  if (!worker || !(mayWork(task, worker) || (how === "assign" && leads)))
    return { ok: false, reason: "step-not-yours" };
  const receiver = await receiverOf(database, tenant, to);
  if (!receiver || !fits(task, receiver)) return { ok: false, reason: "receiver-unfit" };
  const officer = { id: receiver.id, name: receiver.name };
  return giveTask(database, { tenant: input.tenant, dossierId, taskId, revision, how, actor, officer, note });
}
