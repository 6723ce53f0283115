/** Reading batches for their owner's pages, and a row for the worker. */
import { type Database, statement } from "#kit/db.ts";
import type { Batch, BatchCounts, BatchFile, BatchRow } from "./batch.ts";
import type { BatchKey } from "./batch-store.ts";

const COLUMNS = `id, applicant_sub as "applicantSub", applicant, procedure_code as "procedureCode",
  procedure_name as "procedureName", agency, sheet_name as "sheetName", columns, created_at as "createdAt"`;
const ROW = `seq, line, cells, errors, state, dossier_id as "dossierId", submission_id as "submissionId", number`;

const ofPerson = statement<Batch, [id: string, sub: string]>(
  "bulk.find",
  `select ${COLUMNS} from filing_batch where id = $1 and applicant_sub = $2`,
);

export function findBatch(database: Database, key: BatchKey): Promise<Batch | undefined> {
  return database.forTenant(key.tenant).maybe(ofPerson, [key.id, key.applicantSub]);
}

const byId = statement<Batch, [id: string]>("bulk.find-any", `select ${COLUMNS} from filing_batch where id = $1`);

/** For the worker, which acts for nobody. */
export function findAnyBatch(database: Database, tenant: string, id: string): Promise<Batch | undefined> {
  return database.forTenant(tenant).maybe(byId, [id]);
}

export interface BatchLine {
  readonly id: string;
  readonly sheetName: string;
  readonly agencyName: string;
  readonly createdAt: Date;
  readonly rows: number;
  readonly filed: number;
}

const listStatement = statement<BatchLine, [sub: string, code: string, limit: number]>(
  "bulk.list",
  `select b.id, b.sheet_name as "sheetName", b.agency ->> 'name' as "agencyName", b.created_at as "createdAt",
     count(r.seq)::int as rows, (count(r.seq) filter (where r.state = 'filed'))::int as filed
   from filing_batch b left join filing_batch_row r on r.batch_id = b.id
   where b.applicant_sub = $1 and b.procedure_code = $2 group by b.id order by b.id desc limit $3`,
);

const LINES = 20;

/** The person's newest batches of a procedure. */
export function listBatches(
  database: Database,
  key: { readonly tenant: string; readonly applicantSub: string; readonly code: string },
): Promise<BatchLine[]> {
  return database.forTenant(key.tenant).many(listStatement, [key.applicantSub, key.code, LINES]);
}

const countStatement = statement<BatchCounts, [id: string]>(
  "bulk.count",
  `select (count(*) filter (where state = 'faulty'))::int as faulty, (count(*) filter (where state = 'ready'))::int as ready,
     (count(*) filter (where state = 'filing'))::int as filing, (count(*) filter (where state = 'filed'))::int as filed
   from filing_batch_row where batch_id = $1`,
);

export function countRows(database: Database, tenant: string, batchId: string): Promise<BatchCounts> {
  return database.forTenant(tenant).one(countStatement, [batchId]);
}

const pageStatement = statement<BatchRow, [id: string, states: readonly string[], after: number, limit: number]>(
  "bulk.rows",
  `select ${ROW} from filing_batch_row where batch_id = $1 and state = any ($2) and seq > $3 order by seq limit $4`,
);

/** Rows in these states, in the order of the sheet, from behind `after` (0: the first). */
export function listRows(
  database: Database,
  batch: { readonly tenant: string; readonly id: string },
  query: { readonly states: readonly BatchRow["state"][]; readonly after: number; readonly limit: number },
): Promise<BatchRow[]> {
  return database.forTenant(batch.tenant).many(pageStatement, [batch.id, query.states, query.after, query.limit]);
}

const rowStatement = statement<BatchRow, [id: string, seq: number]>(
  "bulk.row",
  `select ${ROW} from filing_batch_row where batch_id = $1 and seq = $2`,
);

export function findRow(
  database: Database,
  batch: { readonly tenant: string; readonly id: string },
  seq: number,
): Promise<BatchRow | undefined> {
  return database.forTenant(batch.tenant).maybe(rowStatement, [batch.id, seq]);
}

const filesStatement = statement<BatchFile, [id: string]>(
  "bulk.files",
  `select key, name, sha256, size, media_type as "mediaType" from filing_batch_file where batch_id = $1 order by key limit 5000`,
);

export async function listBatchFiles(
  database: Database,
  batch: { readonly tenant: string; readonly id: string },
): Promise<ReadonlyMap<string, BatchFile>> {
  const files = await database.forTenant(batch.tenant).many(filesStatement, [batch.id]);
  return new Map(files.map((file) => [file.key, file]));
}

const namedFilesStatement = statement<BatchFile, [id: string, keys: readonly string[]]>(
  "bulk.files-named",
  `select key, name, sha256, size, media_type as "mediaType" from filing_batch_file where batch_id = $1 and key = any ($2)`,
);

/** Of the batch's papers those under these keys: what one row needs of two thousand. */
export async function listFilesNamed(
  database: Database,
  batch: { readonly tenant: string; readonly id: string },
  keys: readonly string[],
): Promise<ReadonlyMap<string, BatchFile>> {
  if (keys.length === 0) return new Map();
  const files = await database.forTenant(batch.tenant).many(namedFilesStatement, [batch.id, keys]);
  return new Map(files.map((file) => [file.key, file]));
}

export interface BatchDue {
  readonly obligationId: string;
  readonly total: number;
}

const duesStatement = statement<BatchDue, [id: string]>(
  "bulk.dues",
  `select o.id as "obligationId", o.total from filing_batch_row r join obligation o on o.dossier_id = r.dossier_id
   join dossier d on d.id = r.dossier_id
   where r.batch_id = $1 and r.state = 'filed' and o.state = 'due' and d.state not in ('declined', 'withdrawn', 'stopped')
   order by r.seq, o.id limit 2000`,
);

/** What the batch's dossiers owe now. */
export function listBatchDues(
  database: Database,
  batch: { readonly tenant: string; readonly id: string },
): Promise<BatchDue[]> {
  return database.forTenant(batch.tenant).many(duesStatement, [batch.id]);
}
