/** A row becomes a dossier in the background: at least once by the worker, once in effect. */
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import type { BlobStore } from "#kit/files.ts";
import { newId } from "#kit/ids.ts";
import { type JobHandler, JobRefused } from "#kit/jobs.ts";
import { discardDraft, type FilingPlace, filePrepared, findDossierOf } from "#province/dossiers/index.ts";
import { findTenant, type Tenant } from "#province/tenants/index.ts";
import { type Batch, type BatchRow, keysIn, ROWS_MAX } from "./batch.ts";
import { findOffer, scaleOf } from "./batch-scale.ts";
import { endRow, forgetBatches, startRows } from "./batch-store.ts";
import { findAnyBatch, findRow, listFilesNamed } from "./batch-view.ts";
import { checkRow } from "./check-row.ts";
import { bulkTexts } from "./messages.ts";

/** "Nộp tất cả": every row without faults gets a job; answers how many. */
export function startFiling(place: FilingPlace, batch: Batch): Promise<number> {
  const key = { tenant: place.tenant.code, applicantSub: batch.applicantSub, id: batch.id };
  const ids = Array.from({ length: ROWS_MAX }, () => newId());
  return startRows(place.database, key, ids);
}

interface WorkerDeps {
  readonly database: Database;
  readonly store: BlobStore;
  readonly clock: Clock;
}

export function bulkJobs(deps: WorkerDeps): Readonly<Record<string, JobHandler>> {
  return {
    "bulk-file": async ({ tenant, payload }) => {
      const { batchId, seq } = (payload ?? {}) as { batchId?: unknown; seq?: unknown };
      if (tenant === undefined || typeof batchId !== "string" || typeof seq !== "number")
        throw new JobRefused("a job of no row");
      await fileRow({ ...deps, tenant: findTenant(tenant) }, batchId, seq);
    },
  };
}

/** Looks at the row as it stands, files it, writes how it ended. Run again at any point it goes on from there. */
export async function fileRow(place: FilingPlace, batchId: string, seq: number): Promise<void> {
  const tenant = place.tenant.code;
  const batch = await findAnyBatch(place.database, tenant, batchId);
  const row = batch && (await findRow(place.database, { tenant, id: batchId }, seq));
  if (!batch || row?.state !== "filing") return;
  const end = await fileCells(place, batch, row);
  await endRow(place.database, { tenant, batchId, seq }, end);
}

async function fileCells(place: FilingPlace, batch: Batch, row: BatchRow): Promise<Parameters<typeof endRow>[2]> {
  const own = { tenant: place.tenant.code, dossierId: row.dossierId ?? "", applicantSub: batch.applicantSub };
  const known = await findDossierOf(place.database, own);
  // A try before was killed between filing and saying so: whatever changed since, the dossier is there.
  if (known?.number) return { number: known.number };
  const end = await fileChecked(place, batch, row);
  // What a try before left half done is no draft of the person's.
  if (known && "errors" in end) await discardDraft(place.database, own);
  return end;
}

async function fileChecked(place: FilingPlace, batch: Batch, row: BatchRow): Promise<Parameters<typeof endRow>[2]> {
  const refused = (message: ReturnType<typeof bulkTexts.withdrawn>) => ({ errors: [{ column: "", message }] });
  const offer = await findOffer(place, batch.procedureCode);
  if (!offer?.agencies.some(({ id }) => id === batch.agency.id)) return refused(bulkTexts.withdrawn());
  const own = { tenant: place.tenant.code, id: batch.id };
  const papers = await listFilesNamed(place.database, own, keysIn(row.cells));
  const scale = scaleOf(place, offer.procedure, batch.applicant, batch.agency.name, papers);
  const checked = checkRow(scale, row.cells);
  // The form in force may ask more by now than when the sheet came.
  if (checked.errors.length > 0) return { errors: checked.errors };
  const filed = await filePrepared(place, {
    id: row.dossierId ?? "",
    submissionId: row.submissionId ?? "",
    person: batch.applicant,
    procedure: offer.procedure,
    agency: batch.agency,
    answers: checked.answers,
    files: checked.files,
  });
  return filed.ok ? { number: filed.number } : refused(bulkTexts.notFiled());
}

/** Sheets that nobody touched for this long are forgotten, with what was typed in them. */
const KEPT_DAYS = 30;

export async function sweepBatches(deps: WorkerDeps, tenants: readonly Tenant[]): Promise<void> {
  const before = new Date(deps.clock.now().getTime() - KEPT_DAYS * 86_400_000);
  for (const { code } of tenants) await forgetBatches(deps.database, code, before);
}
