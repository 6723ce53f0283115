/**
 * Papers in pieces, in the manner of tus 1.0 (tus.io/protocols/resumable-upload: core, creation, termination): POST begins,
 * HEAD tells how far it is, PATCH goes on, DELETE gives up. The last PATCH answers with JSON what became of the file. Only
 * for whoever files the dossier; the plain form beside it does the same without scripts.
 */
import type { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { isId } from "#kit/ids.ts";
import { findFile } from "./dossier-view.ts";
import type { FilingDeps } from "./filing-deps.ts";
import { askedPapers, loadDraft } from "./filing-draft.ts";
import { filingMessages } from "./filing-messages.ts";
import { fileControl } from "./pages/filing-papers-page.ts";
import { dossierPaths } from "./paths.ts";
import {
  beginUpload,
  cancelUpload,
  continueUpload,
  keepThumb,
  standOfUpload,
  THUMB_MAX_BYTES,
  type UploadDeps,
} from "./upload-paper.ts";
import type { UploadProblem } from "./upload-problem.ts";

const VERSION = "1.0.0";
const PIECE = "application/offset+octet-stream";

export type UploadRoutesDeps = UploadDeps & FilingDeps;
type ById = FastifyRequest<{ Params: { id: string } }>;

export function uploadRoutes(site: FastifyInstance, deps: UploadRoutesDeps): void {
  void site.register(async (routes) => {
    // Streams as they are: a piece goes to the disk while it arrives.
    routes.addContentTypeParser(PIECE, (_request, payload, done) => done(null, payload));
    routes.addContentTypeParser(
      "image/jpeg",
      { parseAs: "buffer", bodyLimit: THUMB_MAX_BYTES },
      (_request, body, done) => done(null, body),
    );
    routes.addHook("onSend", async (_request, reply) => {
      reply.header("tus-resumable", VERSION);
    });
    routes.post("/ho-so/:id/tai-len", { config: { api: true } }, (request: ById, reply) => begin(deps, request, reply));
    routes.get("/tai-len/:id", { config: { api: true } }, (request: ById, reply) => tell(deps, request, reply));
    routes.patch("/tai-len/:id", { config: { api: true } }, (request: ById, reply) => goOn(deps, request, reply));
    routes.delete("/tai-len/:id", { config: { api: true } }, async (request: ById, reply) => {
      const { sender, upload } = await owned(deps, request);
      if (upload.state === "open") await cancelUpload(deps, sender, upload);
      return reply.code(204).send();
    });
    routes.get("/tep/:id/anh-nho", (request: ById, reply) => showThumb(deps, request, reply));
    routes.post("/tep/:id/anh-nho", { config: { api: true } }, async (request: ById, reply) => {
      const sender = senderOf(deps, request);
      const { id } = request.params;
      const kept = isId(id) && Buffer.isBuffer(request.body) && (await keepThumb(deps, sender, id, request.body));
      if (!kept) throw new AppError("not-found", { message: "no paper that takes this picture" });
      return reply.code(204).send();
    });
  });
}

function senderOf(deps: UploadRoutesDeps, request: FastifyRequest) {
  const person = deps.person(request);
  if (!person) throw new AppError("unauthenticated");
  return { tenant: deps.tenant.code, applicantSub: person.sub, person };
}

async function begin(deps: UploadRoutesDeps, request: ById, reply: FastifyReply): Promise<FastifyReply> {
  const { person, ...sender } = senderOf(deps, request);
  const draft = await loadDraft(deps, person, request.params.id);
  const meta = metadataOf(request.headers["upload-metadata"]);
  const component = meta["component"] ?? "";
  const size = Number(request.headers["upload-length"]);
  const sha256 = meta["sha256"] ?? "";
  if (!Number.isSafeInteger(size) || size < 0 || !/^(?:[0-9a-f]{64})?$/.test(sha256))
    throw new AppError("invalid", { reason: "upload-headers" });
  // What a supplement opened is judged when the paper is attached.
  const asked = askedPapers(draft).some((paper) => paper.component.code === component);
  if (draft.dossier.state === "draft" && !asked) throw new AppError("invalid", { reason: "component" });
  const begun = await beginUpload(
    deps,
    { ...sender, dossierId: draft.dossier.id },
    { component, name: meta["filename"] ?? "", size, sha256 },
  );
  if (!begun.ok) return refuse(request, reply, component, meta["filename"] ?? "", begun.problem);
  return reply
    .code(201)
    .headers({ location: `/tai-len/${begun.id}`, "upload-offset": begun.offset, "cache-control": "no-store" })
    .send({ offset: begun.offset });
}

/** HEAD is answered from this too. */
async function tell(deps: UploadRoutesDeps, request: ById, reply: FastifyReply): Promise<FastifyReply> {
  const { upload } = await owned(deps, request);
  const { offset, size, state } = upload;
  return reply
    .headers({ "upload-offset": offset, "upload-length": size, "cache-control": "no-store" })
    .send({ offset, size, state });
}

async function goOn(deps: UploadRoutesDeps, request: ById, reply: FastifyReply): Promise<FastifyReply> {
  const { sender, upload } = await owned(deps, request);
  const offset = Number(request.headers["upload-offset"]);
  const content = request.body as Readable | undefined;
  if (!content || request.headers["content-type"] !== PIECE || !Number.isSafeInteger(offset) || offset < 0)
    throw new AppError("invalid", { reason: "upload-headers" });
  const { offset: now, taken } = await continueUpload(deps, sender, upload, { offset, content });
  void reply.header("upload-offset", now);
  if (!taken) return reply.code(204).send();
  if (!taken.ok) return refuse(request, reply, upload.component, upload.name, taken.problem);
  const notice = taken.sameAs ? filingMessages[request.lang].papers.same(upload.name, taken.sameAs) : "";
  return reply.code(200).send({ fileId: taken.fileId, thumb: dossierPaths.thumb(taken.fileId), notice });
}

/** The picture in the sender's own list; nobody else is shown it. */
async function showThumb(deps: UploadRoutesDeps, request: ById, reply: FastifyReply): Promise<FastifyReply> {
  const { tenant, applicantSub } = senderOf(deps, request);
  const { id } = request.params;
  const file = isId(id) ? await findFile(deps.database, { tenant, fileId: id }) : undefined;
  if (!file?.thumbSha256 || file.applicantSub !== applicantSub)
    throw new AppError("not-found", { message: "no small picture of this person" });
  const { stream, size } = await deps.store.open(file.thumbSha256);
  return reply
    .headers({
      "content-length": size,
      "content-security-policy": "default-src 'none'; sandbox",
      "cache-control": "private, no-store",
    })
    .type("image/jpeg")
    .send(stream);
}

async function owned(deps: UploadRoutesDeps, request: ById) {
  const { person: _person, ...sender } = senderOf(deps, request);
  const upload = isId(request.params.id) ? await standOfUpload(deps, sender, request.params.id) : undefined;
  if (!upload) throw new AppError("not-found", { reason: "upload-gone" });
  return { sender, upload };
}

/** The store being full is the server's trouble (507, try again); everything else is the file's. */
function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  component: string,
  name: string,
  problem: UploadProblem,
): FastifyReply {
  const message = filingMessages[request.lang].problems[problem](name);
  const status = problem === "store-full" ? 507 : 422;
  return reply.code(status).send({ errors: [{ field: fileControl(component), message }] });
}

/** `name base64,name base64` (tus 1.0, creation). Broken or overlong values are left out. */
function metadataOf(header: string | string[] | undefined): Record<string, string | undefined> {
  const found: Record<string, string | undefined> = Object.create(null) as Record<string, string | undefined>;
  if (typeof header !== "string" || header.length > 8_000) return found;
  for (const pair of header.split(",")) {
    const [name = "", value = ""] = pair.trim().split(" ");
    if (/^[a-z0-9]{1,40}$/.test(name)) found[name] = Buffer.from(value, "base64").toString("utf8").normalize("NFC");
  }
  return found;
}
