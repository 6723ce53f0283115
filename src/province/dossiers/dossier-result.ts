import type { Database } from "#kit/db.ts";
import { type ActInput, changeDossier, dossierToActOn, type OfficerActor } from "./change-dossier.ts";
import type { Actor, DossierResultFile, Outcome, Stand } from "./dossier.ts";

/**
 * The dossier's side of a result: the results room keeps the result itself (fields, files, signatures); here the
 * dossier learns that there is one, that it is signed, and that it was returned.
 */
export interface RecordResult extends ActInput {
  /** id in the results room */
  readonly resultId: string;
  /** the uploaded, not yet signed file */
  readonly file: DossierResultFile;
}

/** Result entered (số ký hiệu, trích yếu, file). Entering another before it is signed replaces it. */
export async function recordResult(database: Database, input: RecordResult): Promise<Outcome<Stand>> {
  const found = await dossierToActOn(database, input);
  if (!found.ok) return found;
  return changeDossier(database, {
    ...input,
    dossier: found.dossier,
    action: "record-result",
    patch: { resultId: input.resultId, resultFile: input.file, resultSigned: false },
    detail: { resultId: input.resultId, sha256: input.file.sha256 },
  });
}

export interface SignResult extends ActInput {
  /** the signed file: exactly these bytes are served to the citizen */
  readonly file: DossierResultFile;
}

/** "Ký số" done: the decision exists from here on, so withdrawal and refusal are closed. */
export async function signResult(database: Database, input: SignResult): Promise<Outcome<Stand>> {
  const found = await dossierToActOn(database, input);
  if (!found.ok) return found;
  return changeDossier(database, {
    ...input,
    dossier: found.dossier,
    action: "sign-result",
    patch: { resultFile: input.file, resultSigned: true },
    detail: { resultId: found.dossier.resultId, sha256: input.file.sha256 },
  });
}

/**
 * Trả kết quả: the citizen may download it from now on. `fee-unpaid` while money is owed. The system returns what the public
 * post has taken.
 */
export async function returnResult(
  database: Database,
  input: Omit<ActInput, "actor"> & { readonly actor: OfficerActor | Extract<Actor, { kind: "system" }> },
): Promise<Outcome<Stand>> {
  const found = await dossierToActOn(database, input);
  if (!found.ok) return found;
  return changeDossier(database, { ...input, dossier: found.dossier, action: "return-result" });
}
