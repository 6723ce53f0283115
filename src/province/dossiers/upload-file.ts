/** One uploaded file: streamed to the store, then looked at from the outside in. */
import { Readable } from "node:stream";
import { AppError } from "#kit/errors.ts";
import { type BlobStore, checkFileType, cleanFileName } from "#kit/files.ts";
import { pictureSize } from "#kit/picture-size.ts";
import { inspectPdf } from "#kit/signing/index.ts";
import type { UploadProblem } from "./upload-problem.ts";

export const UPLOAD_MAX_BYTES = 20 * 1_024 * 1_024;

/** For the browser's chooser; the server looks at name and content in any case. */
export const UPLOAD_ACCEPT =
  ".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.doc,.xls,image/jpeg,image/png,image/webp,application/pdf";

export type Upload =
  | {
      readonly ok: true;
      readonly name: string;
      readonly sha256: string;
      readonly size: number;
      readonly mediaType: string;
    }
  | { readonly ok: false; readonly name: string; readonly problem: UploadProblem };

/**
 * Stores and checks. The stream is always read to its end or destroyed. A refused file may leave its bytes in the store,
 * where nothing names them.
 */
export async function storeUpload(store: BlobStore, givenName: string, content: Readable): Promise<Upload> {
  const name = cleanFileName(givenName);
  const refuse = (problem: UploadProblem): Upload => ({ ok: false, name, problem });
  try {
    const stored = await store.put(Readable.from(limited(content)), { maxBytes: UPLOAD_MAX_BYTES });
    const type = await checkFileType(name, stored.head);
    if (!type.ok) {
      return refuse(
        type.problem === "executable" ? "executable" : type.problem === "content-differs" ? "content" : "extension",
      );
    }
    const problem = await contentProblem(type.extension, type.mediaType, () => store.read(stored.sha256));
    if (problem) return refuse(problem);
    return { ok: true, name, sha256: stored.sha256, size: stored.size, mediaType: type.mediaType };
  } catch (error) {
    const known = storeProblem(error);
    if (known) return refuse(known);
    throw error;
  }
}

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

/** Looks inside: a PDF must open, an Office file must be one and carry no macros, a picture must be whole. */
async function contentProblem(
  extension: string,
  mediaType: string,
  read: () => Promise<Buffer>,
): Promise<UploadProblem | undefined> {
  if (mediaType === "application/pdf") return pdfProblem(await read());
  if (extension === "docx" || extension === "xlsx") return officeProblem(extension, await read());
  if (mediaType.startsWith("image/")) return pictureProblem(mediaType, await read());
  return undefined;
}

/** What the best phones take; as a bitmap some 200 MB, which whoever signs or shows it must hold. */
const PIXELS_MAX = 50_000_000;

function pictureProblem(mediaType: string, bytes: Buffer): UploadProblem | undefined {
  const size = pictureSize(bytes, mediaType);
  if (!size || size.width === 0 || size.height === 0) return "broken";
  if (size.width * size.height > PIXELS_MAX) return "pixels";
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

/** The list of names at the end of the zip is not compressed. */
function officeProblem(extension: "docx" | "xlsx", bytes: Buffer): UploadProblem | undefined {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0) return "broken";
  if (!bytes.includes("[Content_Types].xml") || !bytes.includes(extension === "docx" ? "word/" : "xl/"))
    return "content";
  return bytes.includes("vbaProject.bin") ? "active" : undefined;
}

/** Cameras may append data after the end mark; a cut-off picture has no end mark at all. */
function endsLikeJpeg(bytes: Buffer): boolean {
  return bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) > bytes.length / 2;
}
