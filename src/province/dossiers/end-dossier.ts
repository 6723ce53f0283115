import type { Database } from "#kit/db.ts";
import { type ActFile, filesDetail } from "./act-files.ts";
import { type ActInput, changeDossier, dossierToActOn } from "./change-dossier.ts";
import type { Outcome, Stand } from "./dossier.ts";
import type { DossierAction } from "./dossier-lifecycle.ts";
import { checkReason } from "./reason-quality.ts";

export interface EndDossier extends ActInput {
  /** the reason the citizen reads; `reason-too-short` when it explains nothing */
  readonly text: string;
  /** documents that the citizen gets with it */
  readonly files?: readonly ActFile[];
}

/** Không tiếp nhận: before reception, with a written reason (NĐ 61/2018 Đ17). */
export function declineDossier(database: Database, input: EndDossier): Promise<Outcome<Stand>> {
  return end(database, input, "decline");
}

/** Từ chối giải quyết: after reception, in writing and with the reason (NĐ 61/2018 Đ19.8). */
export function refuseDossier(database: Database, input: EndDossier): Promise<Outcome<Stand>> {
  return end(database, input, "refuse");
}

/** Dừng xử lý: by the agency, e.g. because the matter is settled elsewhere. */
export function stopDossier(database: Database, input: EndDossier): Promise<Outcome<Stand>> {
  return end(database, input, "stop");
}

async function end(database: Database, input: EndDossier, action: DossierAction): Promise<Outcome<Stand>> {
  if (checkReason(input.text) !== null) return { ok: false, reason: "reason-too-short" };
  const found = await dossierToActOn(database, input);
  if (!found.ok) return found;
  const reason = input.text.normalize("NFC").trim();
  const detail = { reason, ...filesDetail(input.files) };
  return changeDossier(database, { ...input, dossier: found.dossier, action, patch: { reason }, detail });
}
