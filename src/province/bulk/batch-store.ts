/** Writing of migration 0034: one SQL function a change. */
import { type Database, statement } from "#kit/db.ts";
import type { Batch, BatchFile, Cells, RowError } from "./batch.ts";

export interface BatchKey {
  readonly tenant: string;
  readonly applicantSub: string;
  readonly id: string;
}

export interface NewRow {
  readonly line: number;
  readonly cells: Cells;
  readonly errors: readonly RowError[];
}

const openStatement = statement<{ opened: boolean }, [string, string, string, number]>(
  "bulk.open",
  "select batch_open($1, $2::jsonb, $3::jsonb, $4) as opened",
);

/** False when the person has too many open ones. */
export async function insertBatch(
  database: Database,
  tenant: string,
  batch: Omit<Batch, "createdAt" | "applicantSub">,
  rows: readonly NewRow[],
  limit: number,
): Promise<boolean> {
  const params = [tenant, JSON.stringify(batch), JSON.stringify(rows), limit] as const;
  return (await database.one(openStatement, [...params])).opened;
}

const replaceStatement = statement<{ replaced: boolean }, [string, string, string, string, string, string]>(
  "bulk.replace",
  "select batch_replace($1, $2, $3, $4, $5::jsonb, $6::jsonb) as replaced",
);

export async function replaceRows(
  database: Database,
  key: BatchKey,
  sheet: { readonly name: string; readonly columns: readonly string[]; readonly rows: readonly NewRow[] },
): Promise<boolean> {
  const params = [key.tenant, key.id, key.applicantSub, sheet.name] as const;
  const texts = [JSON.stringify(sheet.columns), JSON.stringify(sheet.rows)] as const;
  return (await database.one(replaceStatement, [...params, ...texts])).replaced;
}

const judgeStatement = statement<{ changed: number }, [string, string, string, string]>(
  "bulk.judge",
  "select batch_row_judge($1, $2, $3, $4::jsonb) as changed",
);

/** What was found; `cells` when they are new. Rows that are being filed stay; answers how many were changed. */
export async function judgeRows(
  database: Database,
  key: BatchKey,
  judged: readonly { readonly seq: number; readonly cells?: Cells; readonly errors: readonly RowError[] }[],
): Promise<number> {
  const params = [key.tenant, key.id, key.applicantSub, JSON.stringify(judged)] as const;
  return (await database.one(judgeStatement, [...params])).changed;
}

const fileStatement = statement<{ taken: boolean }, [string, string, string, string, number, number]>(
  "bulk.put-file",
  "select batch_file_put($1, $2, $3, $4::jsonb, $5, $6) as taken",
);

export async function putBatchFile(
  database: Database,
  key: BatchKey,
  file: BatchFile,
  limits: { readonly files: number; readonly bytes: number },
): Promise<boolean> {
  const params = [key.tenant, key.id, key.applicantSub, JSON.stringify(file), limits.files, limits.bytes] as const;
  return (await database.one(fileStatement, [...params])).taken;
}

const startStatement = statement<{ started: number }, [string, string, string, readonly string[]]>(
  "bulk.start",
  "select batch_start($1, $2, $3, $4::uuid[]) as started",
);

/** How many rows are filed from now on, each with a job and one of these ids for its dossier. */
export async function startRows(database: Database, key: BatchKey, ids: readonly string[]): Promise<number> {
  return (await database.one(startStatement, [key.tenant, key.id, key.applicantSub, ids])).started;
}

const endStatement = statement<unknown, [string, string, number, number | null, string]>(
  "bulk.end-row",
  "select batch_row_end($1, $2, $3, $4, $5::jsonb)",
);

export async function endRow(
  database: Database,
  row: { readonly tenant: string; readonly batchId: string; readonly seq: number },
  end: { readonly number: number } | { readonly errors: readonly RowError[] },
): Promise<void> {
  const number = "number" in end ? end.number : null;
  const errors = JSON.stringify("errors" in end ? end.errors : []);
  await database.one(endStatement, [row.tenant, row.batchId, row.seq, number, errors]);
}

const discardStatement = statement<{ done: boolean }, [string, string, string]>(
  "bulk.discard",
  "select batch_discard($1, $2, $3) as done",
);

/** False while rows are being filed. */
export async function discardRows(database: Database, key: BatchKey): Promise<boolean> {
  return (await database.one(discardStatement, [key.tenant, key.id, key.applicantSub])).done;
}

const forgetStatement = statement<{ gone: number }, [Date]>("bulk.forget", "select batch_forget($1) as gone");

export async function forgetBatches(database: Database, tenant: string, before: Date): Promise<number> {
  return (await database.forTenant(tenant).one(forgetStatement, [before])).gone;
}
