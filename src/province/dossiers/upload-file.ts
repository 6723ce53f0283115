/** One uploaded file: streamed to the disk, looked at from the outside in, and only then kept. */
import { Readable } from "node:stream";
import { AppError } from "#kit/errors.ts";
import { type BlobStore, checkFileType, cleanFileName, type FileTypeProblem } from "#kit/files.ts";
import { isMixed } from "#kit/mixed-file.ts";
import { officeProblem, oldOfficeProblem } from "#kit/office-file.ts";
import { pictureSize } from "#kit/picture-size.ts";
import { inspectPdf } from "#kit/signing/index.ts";
import type { UploadProblem } from "./upload-problem.ts";

export { PAPER_ACCEPT as UPLOAD_ACCEPT } from "#province/forms/index.ts";

export const UPLOAD_MAX_BYTES = 20 * 1_024 * 1_024;

export type Upload =
  | {
      readonly ok: true;
      readonly name: string;
      readonly sha256: string;
      readonly size: number;
      readonly mediaType: string;
    }
  | { readonly ok: false; readonly name: string; readonly problem: UploadProblem };

export interface Expected {
  /** What the sender said the bytes hash to; "" when it could not say. */
  readonly sha256?: string;
  /** Called with the hash of good bytes before they are kept, so that a crash behind it leaves nothing unknown. */
  readonly note?: (sha256: string) => Promise<void>;
}

class NotTaken extends Error {
  readonly problem: UploadProblem;

  constructor(problem: UploadProblem) {
    super(problem);
    this.problem = problem;
  }
}

/** Checks and stores. The stream is always read to its end or destroyed; a refused file leaves nothing in the store. */
export async function storeUpload(
  store: BlobStore,
  givenName: string,
  content: Readable,
  expected: Expected = {},
): Promise<Upload> {
  const name = cleanFileName(givenName);
  let mediaType = "";
  try {
    const stored = await store.put(Readable.from(limited(content)), {
      maxBytes: UPLOAD_MAX_BYTES,
      check: async (file) => {
        if (expected.sha256 && expected.sha256 !== file.sha256) throw new NotTaken("changed");
        const type = await checkFileType(name, file.head);
        if (!type.ok) throw new NotTaken(TYPE_PROBLEMS[type.problem]);
        const problem = await contentProblem(type.extension, type.mediaType, await file.read());
        if (problem) throw new NotTaken(problem);
        mediaType = type.mediaType;
        await expected.note?.(file.sha256);
      },
    });
    return { ok: true, name, sha256: stored.sha256, size: stored.size, mediaType };
  } catch (error) {
    // A disk that is full from the first byte reads nothing: what stands behind this file in the form must still arrive.
    content.resume();
    const problem = error instanceof NotTaken ? error.problem : storeProblem(error);
    if (problem) return { ok: false, name, problem };
    throw error;
  }
}

const TYPE_PROBLEMS: Readonly<Record<FileTypeProblem, UploadProblem>> = {
  executable: "executable",
  "content-differs": "content",
  "extension-not-allowed": "extension",
  heic: "heic",
};

/** Reads on past the limit without keeping anything, so that the rest of the form behind a large file still arrives. */
async function* limited(content: Readable): AsyncGenerator<Uint8Array> {
  let size = 0;
  let told = false;
  for await (const chunk of content as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size <= UPLOAD_MAX_BYTES) yield chunk;
    else told = true;
  }
  if (told) throw new AppError("too-large", { reason: "file-too-large" });
}

function storeProblem(error: unknown): UploadProblem | undefined {
  if (error instanceof AppError) {
    if (error.code === "too-large") return "too-large";
    if (error.reason === "file-empty") return "empty";
    if (error.reason === "disk-full") return "store-full";
  }
  // The web server's own, larger limit (25 MB) ended the stream first.
  return (error as { code?: unknown } | null)?.code === "FST_REQ_FILE_TOO_LARGE" ? "too-large" : undefined;
}

const OFFICE = /^(?:docx|xlsx|odt|ods)$/;

/** Looks inside: a PDF must open, an Office file must be one and carry no macros, a picture must be whole. */
async function contentProblem(extension: string, mediaType: string, bytes: Buffer): Promise<UploadProblem | undefined> {
  if (OFFICE.test(extension)) return officeProblem(extension, bytes);
  if (isMixed(mediaType, bytes)) return "mixed";
  if (mediaType === "application/pdf") return pdfProblem(bytes);
  if (mediaType.startsWith("image/")) return pictureProblem(mediaType, bytes);
  return oldOfficeProblem(bytes);
}

/** What the best phones take; as a bitmap some 200 MB, which whoever signs or shows it must hold. */
const PIXELS_MAX = 50_000_000;
/** A long thin picture fits no page and stops some viewers. */
const SIDE_MAX = 20_000;

function pictureProblem(mediaType: string, bytes: Buffer): UploadProblem | undefined {
  const size = pictureSize(bytes, mediaType);
  if (!size || size.width === 0 || size.height === 0) return "broken";
  if (size.width * size.height > PIXELS_MAX || Math.max(size.width, size.height) > SIDE_MAX) return "pixels";
  if (mediaType === "image/png") return bytes.includes("IEND") ? undefined : "broken";
  if (mediaType === "image/jpeg") return endsLikeJpeg(bytes) ? undefined : "broken";
  return undefined;
}

async function pdfProblem(bytes: Buffer): Promise<UploadProblem | undefined> {
  const reasons = await inspectPdf(bytes);
  if (reasons.includes("encrypted")) return "encrypted";
  if (reasons.includes("unreadable") || reasons.includes("no-pages")) return "broken";
  return reasons.includes("active-content") ? "active" : undefined;
}

/** Cameras may append data after the end mark; a cut-off picture has no end mark at all. */
function endsLikeJpeg(bytes: Buffer): boolean {
  return bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) > bytes.length / 2;
}
