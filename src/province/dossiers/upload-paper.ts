/** A paper sent in pieces: begun, continued after any break, and at its end the same as one sent at once. */
import type { Readable } from "node:stream";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { type BlobStore, cleanFileName } from "#kit/files.ts";
import { newId } from "#kit/ids.ts";
import type { PartialStore } from "#kit/partial-files.ts";
import { pictureSize } from "#kit/picture-size.ts";
import { attachFile } from "./change-files.ts";
import type { Refusal } from "./dossier.ts";
import { type Upload, UPLOAD_MAX_BYTES, storeUpload } from "./upload-file.ts";
import type { UploadProblem } from "./upload-problem.ts";
import { beginRow, endUpload, findUpload, noteLooseFile, type PaperUpload, putThumb } from "./upload-store.ts";

export interface UploadDeps {
  readonly database: Database;
  readonly store: BlobStore;
  readonly partials: PartialStore;
  readonly clock: Clock;
}

export interface Sender {
  readonly tenant: string;
  readonly applicantSub: string;
}

/** Time to find a connection again; after it the pieces are swept. */
export const UPLOAD_LIFE_MS = 24 * 3_600_000;
const OPEN_MAX = 20;
const OPEN_BYTES_MAX = 400 * 1_024 * 1_024;

export type Taken =
  | { readonly ok: true; readonly fileId: string; readonly sameAs?: string }
  | { readonly ok: false; readonly problem: UploadProblem };

/** Keeps a paper sent at once or whole at last: checked, stored, attached. Other refusals are AppError `conflict`. */
export async function takePaper(
  deps: Pick<UploadDeps, "database" | "store">,
  key: Sender & { readonly dossierId: string },
  paper: { readonly component: string; readonly name: string; readonly content: Readable; readonly sha256?: string },
): Promise<Taken & { readonly name: string }> {
  const upload = await storeUpload(deps.store, paper.name, paper.content, {
    sha256: paper.sha256 ?? "",
    note: (sha256) => noteLooseFile(deps.database, key.tenant, sha256),
  });
  return upload.ok ? { ...(await attach(deps, key, paper.component, upload)), name: upload.name } : upload;
}

async function attach(
  deps: Pick<UploadDeps, "database">,
  key: Sender & { readonly dossierId: string },
  component: string,
  upload: Extract<Upload, { ok: true }>,
): Promise<Taken> {
  const { name, sha256, size, mediaType } = upload;
  const attached = await attachFile(deps.database, { ...key, component, name, sha256, size, mediaType });
  if (attached.ok)
    return { ok: true, fileId: attached.fileId, ...(attached.sameAs ? { sameAs: attached.sameAs } : {}) };
  const problem = attachProblem(attached.reason);
  if (!problem) throw new AppError("conflict", { reason: attached.reason });
  return { ok: false, problem };
}

function attachProblem(reason: Refusal): UploadProblem | undefined {
  if (reason === "too-many-files") return "too-many";
  return reason === "too-many-bytes" ? "too-many-bytes" : undefined;
}

export type BeginUpload =
  | { readonly ok: true; readonly id: string; readonly offset: number }
  | { readonly ok: false; readonly problem: UploadProblem };

/**
 * Begins, or finds what was begun for the same file: `offset` says from where to go on. Size and name are looked at now,
 * before anything is sent. A dossier that takes no papers is AppError `conflict`, somebody else's `not-found`.
 */
export async function beginUpload(
  deps: UploadDeps,
  key: Sender & { readonly dossierId: string },
  file: { readonly component: string; readonly name: string; readonly size: number; readonly sha256: string },
): Promise<BeginUpload> {
  if (file.size === 0) return { ok: false, problem: "empty" };
  if (file.size > UPLOAD_MAX_BYTES) return { ok: false, problem: "too-large" };
  const id = newId();
  const begun = await beginRow(
    deps.database,
    key,
    { ...file, id, name: cleanFileName(file.name) },
    { expiresAt: new Date(deps.clock.now().getTime() + UPLOAD_LIFE_MS), open: OPEN_MAX, bytes: OPEN_BYTES_MAX },
  );
  if (!begun.ok) {
    if (begun.reason === "too-many-files") return { ok: false, problem: "too-many-at-once" };
    throw new AppError(begun.reason === "not-found" ? "not-found" : "conflict", { reason: begun.reason });
  }
  const offset = begun.resumed ? await deps.partials.length(begun.id) : undefined;
  // New, or the process died between the row and the file.
  if (offset === undefined) await deps.partials.begin(begun.id);
  return { ok: true, id: begun.id, offset: offset ?? 0 };
}

/** Where an upload stands; undefined when there is none of this person (any more). */
export async function standOfUpload(
  deps: UploadDeps,
  sender: Sender,
  id: string,
): Promise<(PaperUpload & { readonly offset: number }) | undefined> {
  const upload = await findUpload(deps.database, { ...sender, id });
  if (!upload || upload.state === "refused" || upload.expiresAt <= deps.clock.now()) return undefined;
  if (upload.state === "done") return { ...upload, offset: upload.size };
  const offset = await deps.partials.length(id);
  return offset === undefined ? undefined : { ...upload, offset };
}

export type Continued = { readonly offset: number; readonly taken?: Taken };

/** Adds a piece; with the last one the paper is checked and attached. Asking again after the end answers the same. */
export async function continueUpload(
  deps: UploadDeps,
  sender: Sender,
  upload: PaperUpload,
  piece: { readonly offset: number; readonly content: Readable },
): Promise<Continued> {
  if (upload.state === "done" && upload.fileId) {
    piece.content.resume();
    return { offset: upload.size, taken: { ok: true, fileId: upload.fileId } };
  }
  const offset = await deps.partials.append(upload.id, { ...piece, total: upload.size });
  if (offset < upload.size) return { offset };
  const key = { ...sender, dossierId: upload.dossierId };
  const { component, name, sha256 } = upload;
  const taken = await takePaper(deps, key, { component, name, sha256, content: deps.partials.open(upload.id) });
  // The store being full says nothing about the file: it stays whole here, to be tried again.
  if (!taken.ok && taken.problem === "store-full") return { offset, taken };
  await endUpload(
    deps.database,
    { tenant: sender.tenant, id: upload.id },
    taken.ok ? { state: "done", fileId: taken.fileId } : { state: "refused" },
  );
  await deps.partials.drop(upload.id);
  return { offset, taken };
}

/** The person changed their mind. */
export async function cancelUpload(deps: UploadDeps, sender: Sender, upload: PaperUpload): Promise<void> {
  await endUpload(deps.database, { tenant: sender.tenant, id: upload.id }, { state: "refused" });
  await deps.partials.drop(upload.id);
}

export const THUMB_MAX_BYTES = 40_000;
const THUMB_SIDE_MAX = 320;

/**
 * Keeps the small picture that the sender's browser made. The server decodes no picture of a stranger: it looks at the
 * header only. Because the browser could say anything, only the person who sent it ever sees it, never an officer.
 */
export async function keepThumb(
  deps: Pick<UploadDeps, "database" | "store">,
  sender: Sender,
  fileId: string,
  bytes: Buffer,
): Promise<boolean> {
  const size = bytes.length <= THUMB_MAX_BYTES ? pictureSize(bytes, "image/jpeg") : undefined;
  const isJpeg = bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]));
  if (!isJpeg || !size || Math.max(size.width, size.height) > THUMB_SIDE_MAX) return false;
  const { sha256 } = await deps.store.put(bytes, {
    maxBytes: THUMB_MAX_BYTES,
    check: ({ sha256 }) => noteLooseFile(deps.database, sender.tenant, sha256),
  });
  return putThumb(deps.database, { ...sender, fileId }, sha256);
}

export { findUploadDossier } from "./upload-store.ts";
