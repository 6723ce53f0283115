/** What the rows of a batch are held against: the procedure in force, the person's account, the papers that came. */
import { plainDateOf } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import {
  type Applicant,
  factsOf,
  type FilingAgency,
  type FilingPlace,
  type FilingProcedure,
  findFilingToday,
} from "#province/dossiers/index.ts";
import type { Batch, BatchFile } from "./batch.ts";
import { listBatchFiles } from "./batch-view.ts";
import { formsOf, type RowScale } from "./check-row.ts";
import { sheetColumns, takesSheets } from "./sheet-columns.ts";

export interface BulkOffer {
  readonly procedure: FilingProcedure;
  readonly agencies: readonly FilingAgency[];
}

/** The procedure as it can be filed in bulk today; undefined when nobody can (any more). */
export async function findOffer(place: FilingPlace, code: string): Promise<BulkOffer | undefined> {
  const today = await findFilingToday(place, code);
  if (!today?.filing || today.agencies.length === 0) return undefined;
  return takesSheets(today.definition, today.filing.form)
    ? { procedure: today.filing, agencies: today.agencies }
    : undefined;
}

export async function offerOf(place: FilingPlace, code: string): Promise<BulkOffer> {
  const offer = await findOffer(place, code);
  if (!offer) throw new AppError("not-found", { message: "not filed from sheets" });
  return offer;
}

export function scaleOf(
  place: FilingPlace,
  procedure: FilingProcedure,
  person: Applicant,
  agencyName: string,
  papers: ReadonlyMap<string, BatchFile> = new Map(),
): RowScale {
  const facts = factsOf(person, agencyName);
  const columns = sheetColumns(procedure.definition, formsOf(procedure), facts);
  return {
    procedure,
    columns: new Map(columns.map((column) => [column.id, column])),
    context: { facts, today: plainDateOf(place.clock.now()) },
    papers,
  };
}

export async function scaleOfBatch(place: FilingPlace, procedure: FilingProcedure, batch: Batch): Promise<RowScale> {
  const papers = await listBatchFiles(place.database, { tenant: place.tenant.code, id: batch.id });
  return scaleOf(place, procedure, batch.applicant, batch.agency.name, papers);
}
