import { type Database, type Db, statement } from "#kit/db.ts";
import type { Batch, BatchAction, BatchItem, BatchTarget, ItemEnd, StepBatchAction } from "./batch.ts";

const put = statement<
  { fresh: boolean },
  [tenant: string, id: string, officer: string, action: BatchAction, target: string | null, items: string]
>("inbox.batch-put", "select desk_batch_put($1, $2, $3, $4, $5::jsonb, $6::jsonb) as fresh");
const find = statement<Batch, [id: string, officer: string]>(
  "inbox.batch",
  `select id, officer_id as "officerId", action, target, note, created_at as "createdAt" from desk_batch
   where id = $1 and officer_id = $2`,
);
const items = statement<BatchItem, [batch: string]>(
  "inbox.batch-items",
  `select i.position, i.dossier_id as "dossierId", i.version, i.task_id as "taskId", d.agency_id as "agencyId", t.name as step, i.outcome,
     i.said, d.number, d.code, d.applicant ->> 'name' as applicant
   from desk_batch_item i join dossier d on d.id = i.dossier_id left join process_task t on t.id = i.task_id where i.batch_id = $1 order by i.position limit 1000`,
);
// Done is never written over: a second run of the same batch may only learn it later.
const end = statement<unknown, [batch: string, position: number, outcome: string, said: string]>(
  "inbox.batch-end",
  `update desk_batch_item set outcome = $3, said = $4, at = clock_timestamp()
   where batch_id = $1 and position = $2 and (outcome is null or $3 = 'done')`,
);

/** False when this batch is known already. */
export async function putBatch(
  database: Database,
  batch: {
    readonly tenant: string;
    readonly id: string;
    readonly officerId: string;
    readonly action: BatchAction;
    readonly target: BatchTarget | null;
    readonly items: readonly { readonly id: string; readonly version: number }[];
  },
): Promise<boolean> {
  const target = batch.target && JSON.stringify(batch.target);
  const { tenant, id, officerId, action } = batch;
  return (await database.one(put, [tenant, id, officerId, action, target, JSON.stringify(batch.items)])).fresh;
}

const putSteps = statement<
  { fresh: boolean },
  [string, string, string, StepBatchAction, target: string | null, note: string | null, items: string]
>("inbox.step-batch-put", "select desk_step_batch_put($1, $2, $3, $4, $5::jsonb, $6, $7::jsonb) as fresh");

/** False when this batch is known already. `revision`: of the step, as it was seen. */
export async function putStepBatch(
  database: Database,
  batch: {
    readonly tenant: string;
    readonly id: string;
    readonly officerId: string;
    readonly action: StepBatchAction;
    readonly target: BatchTarget | null;
    readonly note: string | null;
    readonly items: readonly { readonly id: string; readonly task: string; readonly revision: number }[];
  },
): Promise<boolean> {
  const { tenant, id, officerId, action, target, note, items: steps } = batch;
  const params = [
    tenant,
    id,
    officerId,
    action,
    target && JSON.stringify(target),
    note,
    JSON.stringify(steps),
  ] as const;
  return (await database.one(putSteps, [...params])).fresh;
}

/** The officer's own batch. */
export function findBatch(db: Db, id: string, officerId: string): Promise<Batch | undefined> {
  return db.maybe(find, [id, officerId]);
}

export function listBatchItems(db: Db, batchId: string): Promise<BatchItem[]> {
  return db.many(items, [batchId]);
}

export async function endItem(db: Db, batchId: string, position: number, ended: ItemEnd): Promise<void> {
  await db.run(end, [batchId, position, ended.outcome, ended.said.slice(0, 1000)]);
}
