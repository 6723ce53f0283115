/** A form with words and files, as letters and opinions come: new files, and files of an earlier try that was refused. */
import type { FastifyRequest } from "fastify";
import type { Database } from "#kit/db.ts";
import { openJson, sealJson } from "#kit/crypto.ts";
import { AppError } from "#kit/errors.ts";
import type { BlobStore } from "#kit/files.ts";
import { newId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import { filingMessages, noteLooseFile, storeUpload } from "#province/dossiers/index.ts";
import { FILES_MAX, type LetterFile } from "./letter.ts";
import { messages } from "./messages.ts";

export interface PostWithFilesDeps {
  readonly database: Database;
  readonly files: BlobStore;
  readonly tenant: { readonly code: string };
  /** The building's data key. */
  readonly secret: string;
}

export interface PostWithFiles {
  /** Every value of every field, in the order of the form. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly files: readonly LetterFile[];
  /** Of field `files`. */
  readonly errors: readonly PageError[];
}

const KEPT = "letter-files";
const VALUES_MAX = 200;

/**
 * Reads fields and files named `files`, at most five; they are stored at once, and swept when no row names them. `subject`: what
 * the form is about; kept files of another subject are not taken. @throws AppError unsupported when it is no multipart form.
 */
export async function readPostWithFiles(
  deps: PostWithFilesDeps,
  request: FastifyRequest,
  subject: string,
): Promise<PostWithFiles> {
  if (!request.isMultipart()) throw new AppError("unsupported", { message: "a multipart form is needed" });
  const t = messages[request.lang];
  const problems = filingMessages[request.lang].problems;
  // Names come from outside: without a prototype none of them means anything else.
  const values = Object.create(null) as Record<string, string[]>;
  const files: LetterFile[] = [];
  const errors: PageError[] = [];
  try {
    for await (const part of request.parts()) {
      if (part.type === "field") {
        const known = values[part.fieldname] ?? [];
        values[part.fieldname] = known;
        if (typeof part.value === "string" && known.length < VALUES_MAX) known.push(part.value);
        continue;
      }
      if (!part.filename || part.fieldname !== "files" || files.length >= FILES_MAX) {
        if (part.filename && part.fieldname === "files") errors.push({ field: "files", message: t.tooManyFiles });
        part.file.resume();
        continue;
      }
      const stored = await storeUpload(deps.files, part.filename, part.file, {
        note: (sha256) => noteLooseFile(deps.database, deps.tenant.code, sha256),
      });
      if (!stored.ok) errors.push({ field: "files", message: problems[stored.problem](stored.name) });
      else {
        const { name, sha256, size, mediaType } = stored;
        files.push({ id: newId(), name, sha256, size, mediaType });
      }
    }
  } catch (error) {
    const code = (error as { code?: unknown } | null)?.code;
    if (code !== "FST_FILES_LIMIT" && code !== "FST_PARTS_LIMIT") throw error;
    errors.push({ field: "files", message: t.tooManyFiles });
  }
  const kept = keptBefore(deps.secret, values["kept"]?.[0] ?? "", subject);
  return { values, files: [...kept, ...files].slice(0, FILES_MAX), errors };
}

/** For the hidden field of a page that shows mistakes: what was taken need not be sent again. */
export function sealFiles(secret: string, subject: string, files: readonly LetterFile[]): string {
  return sealJson(secret, KEPT, { subject, files });
}

function keptBefore(secret: string, sealed: string, subject: string): readonly LetterFile[] {
  if (sealed === "") return [];
  const kept = openJson(secret, KEPT, sealed) as { subject: string; files: LetterFile[] } | undefined;
  return kept?.subject === subject ? kept.files : [];
}
