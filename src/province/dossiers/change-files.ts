import { crashPoint } from "#kit/crash-points.ts";
import type { Database } from "#kit/db.ts";
import { newId } from "#kit/ids.ts";
import type { Outcome, Stand } from "./dossier.ts";
import { addFile, dropFile } from "./dossier-store.ts";

/** A dossier with more papers than this is not one dossier; bounds lists and the manifest. */
export const FILES_MAX = 60;

export interface AttachFile {
  readonly tenant: string;
  readonly dossierId: string;
  readonly applicantSub: string;
  /** code of the component (thành phần hồ sơ) it answers */
  readonly component: string;
  readonly name: string;
  /** lower-case hex; the bytes are already in the blob store */
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
}

/**
 * Attaches a stored file to a draft, or, while a supplement is open, to a component the officer opened (`not-opened`
 * otherwise). The same bytes for the same component are attached once: a repeated upload returns the first id, and
 * `sameAs` with the first name when the new one is another. At most 300 MB a dossier, 1 GB in all drafts of a person.
 */
export async function attachFile(
  database: Database,
  input: AttachFile,
): Promise<Outcome<Stand & { fileId: string; sameAs?: string | null }>> {
  // F13: the bytes are stored and no dossier knows them; sending them again must be one file.
  crashPoint("F13");
  return addFile(database, { ...input, fileId: newId(), limit: FILES_MAX });
}

export interface RemoveFile {
  readonly tenant: string;
  readonly dossierId: string;
  readonly applicantSub: string;
  readonly fileId: string;
}

/** Takes a file off the draft, or marks it as to be replaced by the open supplement. The row stays for the history. */
export async function removeFile(database: Database, input: RemoveFile): Promise<Outcome<Stand>> {
  return dropFile(database, input);
}
