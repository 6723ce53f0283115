/** Rows are put right in the browser, and papers come for them: one by one or many in an archive. */
import { Readable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { cleanFileName } from "#kit/files.ts";
import { cleanLines } from "#kit/vietnamese.ts";
import { isBomb, listEntries, unpackEntry, type ZipEntry, type ZipProblem } from "#kit/zip-file.ts";
import {
  type FilingPlace,
  type FilingProcedure,
  noteLooseFile,
  storeUpload,
  type UploadProblem,
} from "#province/dossiers/index.ts";
import { type Batch, type BatchRow, type Cells, fileKey, PAPERS_BYTES_MAX, PAPERS_MAX, ROWS_MAX } from "./batch.ts";
import { scaleOfBatch } from "./batch-scale.ts";
import { judgeRows, putBatchFile } from "./batch-store.ts";
import { listRows } from "./batch-view.ts";
import { checkRow, type CheckedRow, type RowScale } from "./check-row.ts";

const CELL_MAX = 10_000;

/** The cells that were on the page take the place of the row's; undefined when the row is being filed by now. */
export async function correctRow(
  place: FilingPlace,
  procedure: FilingProcedure,
  batch: Batch,
  row: BatchRow,
  posted: Cells,
): Promise<CheckedRow["errors"] | undefined> {
  const scale = await scaleOfBatch(place, procedure, batch);
  const cells: Record<string, string> = { ...row.cells };
  for (const [id, text] of Object.entries(posted)) {
    if (!scale.columns.has(id)) continue;
    const clean = cleanLines(text.slice(0, CELL_MAX));
    if (clean === "") Reflect.deleteProperty(cells, id);
    else cells[id] = clean;
  }
  const { errors } = checkRow(scale, cells);
  const changed = await judgeRows(place.database, keyOf(place, batch), [{ seq: row.seq, cells, errors }]);
  return changed > 0 ? errors : undefined;
}

export interface PaperFault {
  readonly name: string;
  readonly problem: UploadProblem | ZipProblem | "batch-full" | "empty-archive";
}

export interface PapersTaken {
  readonly names: readonly string[];
  readonly faults: readonly PaperFault[];
}

/** One paper that came for the batch. */
export async function takePaper(
  place: FilingPlace,
  batch: Batch,
  paper: { readonly name: string; readonly content: Readable },
): Promise<PapersTaken> {
  const upload = await storeUpload(place.store, paper.name, paper.content, {
    note: (sha256) => noteLooseFile(place.database, place.tenant.code, sha256),
  });
  if (!upload.ok) return { names: [], faults: [{ name: upload.name, problem: upload.problem }] };
  const { name, sha256, size, mediaType } = upload;
  const file = { key: fileKey(name), name, sha256, size, mediaType };
  const limits = { files: PAPERS_MAX, bytes: PAPERS_BYTES_MAX };
  const taken = await putBatchFile(place.database, keyOf(place, batch), file, limits);
  return taken ? { names: [name], faults: [] } : { names: [], faults: [{ name, problem: "batch-full" }] };
}

/** Papers of an archive, each looked at like one that is sent alone; folders and what systems add count for nothing. */
export async function takeArchive(
  place: FilingPlace,
  batch: Batch,
  archive: { readonly name: string; readonly bytes: Buffer },
): Promise<PapersTaken> {
  const listed = listEntries(archive.bytes);
  const fault = (problem: PaperFault["problem"]): PapersTaken => ({
    names: [],
    faults: [{ name: cleanFileName(archive.name), problem }],
  });
  if (!Array.isArray(listed)) return fault(listed);
  if (isBomb(listed)) return fault("bomb");
  const papers = listed.filter(isPaper);
  if (papers.length === 0) return fault("empty-archive");
  const names: string[] = [];
  const faults: PaperFault[] = [];
  for (const entry of papers) {
    const name = cleanFileName(entry.name);
    const bytes = await unpackEntry(archive.bytes, entry);
    const taken =
      typeof bytes === "string"
        ? { names: [], faults: [{ name, problem: bytes }] }
        : await takePaper(place, batch, { name, content: Readable.from(bytes.length > 0 ? [bytes] : []) });
    names.push(...taken.names);
    faults.push(...taken.faults);
  }
  return { names, faults };
}

function isPaper({ name }: ZipEntry): boolean {
  return !/\/$|^__MACOSX\/|(?:^|\/)(?:\.[^/]*|Thumbs\.db|desktop\.ini)$/i.test(name);
}

const ROWS_A_TURN = 20;

/** Rows that can still be changed are looked at again: papers came, or the procedure changed. */
export async function judgeAgain(place: FilingPlace, procedure: FilingProcedure, batch: Batch): Promise<void> {
  const scale: RowScale = await scaleOfBatch(place, procedure, batch);
  const own = { tenant: place.tenant.code, id: batch.id };
  const rows = await listRows(place.database, own, { states: ["faulty", "ready"], after: 0, limit: ROWS_MAX });
  const judged: { seq: number; errors: CheckedRow["errors"] }[] = [];
  for (const [index, row] of rows.entries()) {
    if (index % ROWS_A_TURN === ROWS_A_TURN - 1) await turn();
    judged.push({ seq: row.seq, errors: checkRow(scale, row.cells).errors });
  }
  await judgeRows(place.database, keyOf(place, batch), judged);
}

function keyOf(place: FilingPlace, batch: Batch) {
  return { tenant: place.tenant.code, applicantSub: batch.applicantSub, id: batch.id };
}
