/** What was posted with files: fields by name, and each file handed on as it comes. */
import type { Readable } from "node:stream";
import type { FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import type { SentSheet } from "./open-batch.ts";

export interface PostedFile {
  readonly field: string;
  readonly name: string;
  readonly content: Readable;
  /** The whole of it; undefined when it is larger than the server takes. */
  readonly whole: () => Promise<Buffer | undefined>;
}

/** Fields by name; `onFile` must read or drop each file before it returns. */
export async function readPost(
  request: FastifyRequest,
  onFile: (file: PostedFile) => Promise<void>,
): Promise<ReadonlyMap<string, string>> {
  if (!request.isMultipart()) throw new AppError("unsupported", { message: "files come as multipart/form-data" });
  const fields = new Map<string, string>();
  for await (const part of request.parts()) {
    if (part.type === "field") {
      if (typeof part.value === "string") fields.set(part.fieldname, part.value.replaceAll("\0", ""));
      continue;
    }
    // An empty file control sends a part without a name.
    if (!part.filename) {
      part.file.resume();
      continue;
    }
    const whole = () => part.toBuffer().catch(tooLarge);
    await onFile({ field: part.fieldname, name: part.filename, content: part.file, whole });
  }
  return fields;
}

function tooLarge(error: unknown): undefined {
  if ((error as { code?: unknown } | null)?.code === "FST_REQ_FILE_TOO_LARGE") return undefined;
  throw error;
}

/** Control of the sheet, on every page that takes one. */
export const SHEET = "bang";

export async function readSheetPost(
  request: FastifyRequest,
): Promise<{ readonly fields: ReadonlyMap<string, string>; readonly sheet: SentSheet | "too-large" | undefined }> {
  let sheet: SentSheet | "too-large" | undefined;
  const fields = await readPost(request, async (file) => {
    if (file.field !== SHEET || sheet) {
      file.content.resume();
      return;
    }
    const bytes = await file.whole();
    sheet = bytes ? { name: file.name, bytes } : "too-large";
  });
  return { fields, sheet };
}
