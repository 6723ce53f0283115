/** The form of an act with documents: what was typed, and files that are kept while the form comes back with mistakes. */
import type { FastifyRequest } from "fastify";
import { type FormValues, formValues } from "#kit/http/index.ts";
import type { PageError } from "#kit/ui/index.ts";
import { readPostWithFiles, sealFiles } from "#province/conversation/index.ts";
import type { ActFile, Dossier } from "#province/dossiers/index.ts";
import type { HandlingDeps } from "./handling.ts";
import type { KeptFiles } from "./pages/act-files-field.ts";

export interface ActPost {
  readonly form: FormValues;
  readonly files: readonly ActFile[];
  /** Of field `files`. */
  readonly errors: readonly PageError[];
  readonly kept: KeptFiles | undefined;
}

/** A form without a file part is taken as it is. */
export async function readActPost(deps: HandlingDeps, request: FastifyRequest, dossier: Dossier): Promise<ActPost> {
  if (!request.isMultipart()) return { form: formValues(request), files: [], errors: [], kept: undefined };
  const subject = `act:${dossier.id}`;
  const post = await readPostWithFiles({ ...deps, secret: deps.dataKey }, request, subject);
  const form = Object.fromEntries(
    Object.entries(post.values).map(([name, values]) => [
      name,
      values.map((value) => value.replaceAll("\0", "").normalize("NFC")),
    ]),
  );
  const names = post.files.map(({ name }) => name);
  const kept = names.length > 0 ? { names, sealed: sealFiles(deps.dataKey, subject, post.files) } : undefined;
  return { form, files: post.files, errors: post.errors, kept };
}
