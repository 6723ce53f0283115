/** A letter as it comes from a form. */
import type { FastifyRequest } from "fastify";
import { isId, newId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import { cleanLines } from "#kit/vietnamese.ts";
import { BODY_MAX, type LetterFile } from "./letter.ts";
import { messages } from "./messages.ts";
import { type PostWithFilesDeps, readPostWithFiles } from "./post-with-files.ts";

export interface LetterPost {
  readonly id: string;
  readonly body: string;
  readonly files: readonly LetterFile[];
  readonly errors: readonly PageError[];
}

/** Reads and checks. */
export async function readLetterPost(
  deps: PostWithFilesDeps,
  request: FastifyRequest,
  dossierId: string,
): Promise<LetterPost> {
  const t = messages[request.lang];
  const { values, files, errors: wrongFiles } = await readPostWithFiles(deps, request, dossierId);
  const errors = [...wrongFiles];
  const body = cleanLines(values["body"]?.[0] ?? "");
  if (body === "" && files.length === 0 && errors.length === 0) errors.push({ field: "body", message: t.empty });
  if (body.length > BODY_MAX) errors.push({ field: "body", message: t.tooLong });
  const id = values["id"]?.[0];
  return { id: isId(id) ? id : newId(), body, files, errors };
}
