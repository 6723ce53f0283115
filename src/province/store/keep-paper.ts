import type { Readable } from "node:stream";
import type { Database } from "#kit/db.ts";
import type { BlobStore } from "#kit/files.ts";
import { newId } from "#kit/ids.ts";
import { noteLooseFile, storeUpload, type UploadProblem } from "#province/dossiers/index.ts";
import { OWN_BYTES_MAX, OWN_PAPERS_MAX } from "./own-paper.ts";
import { addOwnPaper } from "./own-paper-store.ts";

export type Kept =
  | { readonly ok: true }
  | { readonly ok: false; readonly name: string; readonly problem: UploadProblem | "store-limit" };

/** Keeps a paper for later, looked at like one of a dossier. The same bytes again are the same paper. */
export async function keepPaper(
  deps: { readonly database: Database; readonly store: BlobStore },
  owner: { readonly tenant: string; readonly applicantSub: string },
  paper: { readonly name: string; readonly content: Readable },
): Promise<Kept> {
  const upload = await storeUpload(deps.store, paper.name, paper.content, {
    note: (sha256) => noteLooseFile(deps.database, owner.tenant, sha256),
  });
  if (!upload.ok) return upload;
  const { name, sha256, size, mediaType } = upload;
  const row = { id: newId(), name, sha256, size, mediaType };
  const added = await addOwnPaper(deps.database, owner, row, { papers: OWN_PAPERS_MAX, bytes: OWN_BYTES_MAX });
  return added.ok ? { ok: true } : { ok: false, name, problem: added.reason };
}
