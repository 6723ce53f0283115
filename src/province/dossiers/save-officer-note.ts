import type { Database } from "#kit/db.ts";
import { type ActInput, changeDossier, dossierToActOn } from "./change-dossier.ts";
import type { Outcome, Stand } from "./dossier.ts";

export interface SaveOfficerNote extends ActInput {
  /** nội dung xử lý, at most 4000 characters */
  readonly note: string;
}

/** "Lưu": the officer's working note; goes to the history, does not move the dossier. */
export async function saveOfficerNote(database: Database, input: SaveOfficerNote): Promise<Outcome<Stand>> {
  const found = await dossierToActOn(database, input);
  if (!found.ok) return found;
  const note = input.note.normalize("NFC").trim().slice(0, 4_000);
  return changeDossier(database, {
    ...input,
    dossier: found.dossier,
    action: "note",
    patch: { note },
    detail: { note },
  });
}
