import type { Database } from "#kit/db.ts";
import { type ActFile, filesDetail } from "./act-files.ts";
import { type ActInput, changeDossier, dossierToActOn } from "./change-dossier.ts";
import type { Outcome, Stand } from "./dossier.ts";

export interface ForwardDossier extends ActInput {
  /** at least one of the two */
  readonly to: { readonly officer?: { id: string; name: string }; readonly unit?: { id: string; name: string } };
  /** nội dung xử lý handed on with it */
  readonly note?: string;
  /** documents for whoever gets it */
  readonly files?: readonly ActFile[];
}

/** "Chuyển thụ lý": hands the dossier to a specialist or a unit; who has it now is shown to the citizen. */
export async function forwardDossier(database: Database, input: ForwardDossier): Promise<Outcome<Stand>> {
  const { officer, unit } = input.to;
  if (!officer && !unit) return { ok: false, reason: "nobody-chosen" };
  const found = await dossierToActOn(database, input);
  if (!found.ok) return found;
  return changeDossier(database, {
    ...input,
    dossier: found.dossier,
    action: "forward",
    patch: { officer: officer ?? null, unit: unit ?? found.dossier.unit, ...(input.note ? { note: input.note } : {}) },
    detail: {
      toOfficer: officer?.name ?? null,
      toUnit: unit?.name ?? null,
      note: input.note ?? null,
      ...filesDetail(input.files),
    },
  });
}
