/** A letter as it comes from a form: words, new files, and files of an earlier try that was refused. */
import type { FastifyRequest } from "fastify";
import type { Database } from "#kit/db.ts";
import { openJson, sealJson } from "#kit/crypto.ts";
import { AppError } from "#kit/errors.ts";
import type { BlobStore } from "#kit/files.ts";
import { isId, newId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import { cleanLines } from "#kit/vietnamese.ts";
import { filingMessages, noteLooseFile, storeUpload } from "#province/dossiers/index.ts";
import { BODY_MAX, FILES_MAX, type LetterFile } from "./letter.ts";
import { messages } from "./messages.ts";

export interface LetterPost {
  readonly id: string;
  readonly body: string;
  readonly files: readonly LetterFile[];
  readonly errors: readonly PageError[];
}

export interface LetterPostDeps {
  readonly database: Database;
  readonly files: BlobStore;
  readonly tenant: { readonly code: string };
  /** The building's data key. */
  readonly secret: string;
}

const KEPT = "letter-files";

/** Reads and checks; files are stored at once, and swept when no letter names them. */
export async function readLetterPost(
  deps: LetterPostDeps,
  request: FastifyRequest,
  dossierId: string,
): Promise<LetterPost> {
  if (!request.isMultipart()) throw new AppError("unsupported", { message: "a multipart form is needed" });
  const t = messages[request.lang];
  const problems = filingMessages[request.lang].problems;
  const values: Record<string, string> = {};
  const files: LetterFile[] = [];
  const errors: PageError[] = [];
  try {
    for await (const part of request.parts()) {
      if (part.type === "field") {
        if (typeof part.value === "string") values[part.fieldname] = part.value;
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
      else
        files.push({
          id: newId(),
          name: stored.name,
          sha256: stored.sha256,
          size: stored.size,
          mediaType: stored.mediaType,
        });
    }
  } catch (error) {
    const code = (error as { code?: unknown } | null)?.code;
    if (code !== "FST_FILES_LIMIT" && code !== "FST_PARTS_LIMIT") throw error;
    errors.push({ field: "files", message: t.tooManyFiles });
  }
  const all = [...keptBefore(deps.secret, values["kept"] ?? "", dossierId), ...files].slice(0, FILES_MAX);
  const body = cleanLines(values["body"] ?? "");
  if (body === "" && all.length === 0 && errors.length === 0) errors.push({ field: "body", message: t.empty });
  if (body.length > BODY_MAX) errors.push({ field: "body", message: t.tooLong });
  return { id: isId(values["id"]) ? values["id"] : newId(), body, files: all, errors };
}

/** For the hidden field of a page that shows mistakes: what was taken need not be sent again. */
export function sealFiles(secret: string, dossierId: string, files: readonly LetterFile[]): string {
  return sealJson(secret, KEPT, { dossierId, files });
}

function keptBefore(secret: string, sealed: string, dossierId: string): readonly LetterFile[] {
  if (sealed === "") return [];
  const kept = openJson(secret, KEPT, sealed) as { dossierId: string; files: LetterFile[] } | undefined;
  return kept?.dossierId === dossierId ? kept.files : [];
}
