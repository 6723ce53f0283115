/** One step of a batch of steps: taken, given or finished by itself, by the same use cases as at the step's own page. */
import type { Database } from "#kit/db.ts";
import type { Lang } from "#kit/i18n.ts";
import { assignStep, claimStep, completeStep, refusalText } from "#province/dossiers/index.ts";
import type { Officer } from "#province/officers/index.ts";
import { findTask, type StepTask } from "#province/steps/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import type { Batch, BatchItem, ItemEnd } from "./batch.ts";
import { stepListMessages } from "./step-list-messages.ts";

interface StepBatchDeps {
  readonly tenant: Tenant;
  readonly database: Database;
}

type Item = BatchItem & { readonly taskId: string };

export async function doStepItem(
  deps: StepBatchDeps,
  batch: Batch,
  item: Item,
  officer: Officer,
  lang: Lang,
): Promise<ItemEnd> {
  const t = stepListMessages[lang].bulk;
  const before = await taskOf(deps, item);
  if (!before) return refused(t.gone);
  // An opinion answers what was asked of one dossier.
  if (batch.action === "complete-step" && before.work === "opinion") return refused(t.opinionAlone);
  const done = await act(deps, batch, item, officer);
  if (done.ok) return ended(batch, lang);
  // The process may have died between the act and its outcome: then the step itself knows it.
  const after = await taskOf(deps, item);
  if (after && wasDone(batch, item, officer, after)) return ended(batch, lang);
  return refused(done.reason === "way-missing" ? t.wayAlone : refusalText(done.reason, lang));
}

function taskOf(deps: StepBatchDeps, item: Item): Promise<StepTask | undefined> {
  return findTask(deps.database.forTenant(deps.tenant.code), item.dossierId, item.taskId);
}

function act({ database, tenant }: StepBatchDeps, batch: Batch, item: Item, officer: Officer) {
  const step = {
    tenant: tenant.code,
    dossierId: item.dossierId,
    taskId: item.taskId,
    revision: item.version,
    actor: { kind: "officer", id: officer.id, name: officer.name },
  } as const;
  const note = batch.note ?? "";
  if (batch.action === "complete-step") return completeStep(database, { ...step, content: note, files: [] });
  if (batch.action === "assign-step" && batch.target) return assignStep(database, { ...step, to: batch.target, note });
  return claimStep(database, step);
}

/** Only what this batch would have made of the step that was seen. */
function wasDone(batch: Batch, item: Item, officer: Officer, task: StepTask): boolean {
  if (task.revision !== item.version + 1) return false;
  if (batch.action === "complete-step")
    return task.state === "done" && task.doneBy?.kind === "officer" && task.doneBy.id === officer.id;
  return task.officer?.id === (batch.action === "assign-step" ? batch.target?.id : officer.id);
}

function ended(batch: Batch, lang: Lang): ItemEnd {
  const t = stepListMessages[lang].bulk.done;
  if (batch.action === "assign-step") return { outcome: "done", said: t.assign(batch.target?.name ?? "") };
  return { outcome: "done", said: batch.action === "complete-step" ? t.complete : t.claim };
}

function refused(said: string): ItemEnd {
  return { outcome: "refused", said };
}
