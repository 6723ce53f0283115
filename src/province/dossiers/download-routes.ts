/** Files of a dossier, for its owner only, as downloads that no browser runs. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { type BlobStore, contentDisposition } from "#kit/files.ts";
import { seeOther } from "#kit/http/index.ts";
import { isId } from "#kit/ids.ts";
import type { AccountDeps } from "./account-deps.ts";
import { actFilesOf } from "./act-files.ts";
import { findDossierOf, findFile, listHistory } from "./dossier-view.ts";

type ById = FastifyRequest<{ Params: { id: string } }>;

export function downloadRoutes(site: FastifyInstance, deps: AccountDeps): void {
  site.get("/tep/:id", async (request: ById, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(request.url));
    const file = isId(request.params.id)
      ? await findFile(deps.database, { tenant: deps.tenant.code, fileId: request.params.id })
      : undefined;
    // Another person's file looks as if it did not exist.
    if (!file || file.applicantSub !== person.sub)
      throw new AppError("not-found", { message: "no such file of this person" });
    return sendFile(reply, deps.store, file);
  });
  site.get("/ho-so/:id/ket-qua", async (request: ById, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(request.url));
    const key = { tenant: deps.tenant.code, dossierId: request.params.id, applicantSub: person.sub };
    const dossier = isId(request.params.id) ? await findDossierOf(deps.database, key) : undefined;
    if (dossier?.state !== "returned" || !dossier.resultFile)
      throw new AppError("not-found", { message: "no result to download" });
    return sendFile(reply, deps.store, dossier.resultFile);
  });
  actFileRoute(site, deps);
}

/** What the office gave with a refusal, a stop or a new date. */
function actFileRoute(site: FastifyInstance, deps: AccountDeps): void {
  type ByFile = FastifyRequest<{ Params: { id: string; file: string } }>;
  site.get("/ho-so/:id/van-ban/:file", async (request: ByFile, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(request.url));
    const { id, file: fileId } = request.params;
    const key = { tenant: deps.tenant.code, dossierId: id, applicantSub: person.sub };
    const dossier = isId(id) ? await findDossierOf(deps.database, key) : undefined;
    const history = dossier ? await listHistory(deps.database, key) : [];
    const file = history.flatMap((entry) => actFilesOf(entry, "applicant")).find((one) => one.id === fileId);
    if (!file) throw new AppError("not-found", { message: "no such document for this person" });
    return sendFile(reply, deps.store, file);
  });
}

/**
 * Always an attachment, never sniffed, and sandboxed should a browser show it all the same. The bytes are those whose
 * hash the database names.
 */
export async function sendFile(
  reply: FastifyReply,
  store: BlobStore,
  file: { readonly sha256: string; readonly name: string; readonly mediaType: string },
): Promise<FastifyReply> {
  const { stream, size } = await store.open(file.sha256);
  return reply
    .headers({
      "content-disposition": contentDisposition("attachment", file.name),
      "content-length": size,
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "private, no-store",
    })
    .type(file.mediaType)
    .send(stream);
}
