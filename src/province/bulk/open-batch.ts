/** A sheet becomes a batch, or stands for the rows of one that are not filed yet. */
import { setImmediate as turn } from "node:timers/promises";
import { cleanFileName } from "#kit/files.ts";
import { newId } from "#kit/ids.ts";
import type { Applicant, DossierAgency, FilingPlace, FilingProcedure } from "#province/dossiers/index.ts";
import { type Batch, BATCHES_MAX } from "./batch.ts";
import { scaleOf, scaleOfBatch } from "./batch-scale.ts";
import { insertBatch, type NewRow, replaceRows } from "./batch-store.ts";
import { checkRow, type RowScale } from "./check-row.ts";
import { readSheet, type SheetProblem, type SheetRow } from "./read-sheet.ts";

export interface SentSheet {
  readonly name: string;
  readonly bytes: Buffer;
}

export type SheetTaken =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly problem: SheetProblem | "too-many-batches"; readonly at?: string };

export async function openBatch(
  place: FilingPlace,
  input: {
    readonly person: Applicant;
    readonly procedure: FilingProcedure;
    readonly agency: DossierAgency;
    readonly sheet: SentSheet;
  },
): Promise<SheetTaken> {
  const { person, procedure, agency, sheet } = input;
  const scale = scaleOf(place, procedure, person, agency.name);
  const read = await readSheet(sheet.name, sheet.bytes, scale.columns);
  if (!read.ok) return read;
  const batch = {
    id: newId(),
    applicant: person,
    procedureCode: procedure.definition.code,
    procedureName: procedure.definition.shortName,
    agency,
    sheetName: cleanFileName(sheet.name),
    columns: read.columns,
  };
  const rows = await judged(scale, read.rows);
  const opened = await insertBatch(place.database, place.tenant.code, batch, rows, BATCHES_MAX);
  return opened ? { ok: true, id: batch.id } : { ok: false, problem: "too-many-batches" };
}

export async function replaceSheet(
  place: FilingPlace,
  procedure: FilingProcedure,
  batch: Batch,
  sheet: SentSheet,
): Promise<SheetTaken> {
  const scale = await scaleOfBatch(place, procedure, batch);
  const read = await readSheet(sheet.name, sheet.bytes, scale.columns);
  if (!read.ok) return read;
  const key = { tenant: place.tenant.code, applicantSub: batch.applicantSub, id: batch.id };
  const rows = await judged(scale, read.rows);
  await replaceRows(place.database, key, { name: cleanFileName(sheet.name), columns: read.columns, rows });
  return { ok: true, id: batch.id };
}

const ROWS_A_TURN = 20;

/** A thousand rows take about a second: others are served in between. */
async function judged(scale: RowScale, rows: readonly SheetRow[]): Promise<readonly NewRow[]> {
  const found: NewRow[] = [];
  for (const [index, { line, cells }] of rows.entries()) {
    if (index % ROWS_A_TURN === ROWS_A_TURN - 1) await turn();
    found.push({ line, cells, errors: checkRow(scale, cells).errors });
  }
  return found;
}
