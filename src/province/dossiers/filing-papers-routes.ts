import type { MultipartFile } from "@fastify/multipart";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { seeOther, sendPage } from "#kit/http/index.ts";
import type { PageError } from "#kit/ui/index.ts";
import { attachFile, removeFile } from "./change-files.ts";
import { listFiles } from "./dossier-view.ts";
import type { FilingDeps } from "./filing-deps.ts";
import { askedPapers, type FilingDraft, loadDraft, missingPapers } from "./filing-draft.ts";
import { frameOf } from "./filing-form-routes.ts";
import { filingMessages } from "./filing-messages.ts";
import { filingPaths } from "./filing-paths.ts";
import { fileControl, filingPapersPage } from "./pages/filing-papers-page.ts";
import { dossierPaths } from "./paths.ts";
import { storeUpload } from "./upload-file.ts";
import type { UploadProblem } from "./upload-problem.ts";

type Place = { Params: { id: string }; Querystring: { luu?: string } };

export function filingPapersRoutes(site: FastifyInstance, deps: FilingDeps): void {
  site.get<Place>("/ho-so/:id/giay-to", async (request, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(request.url));
    const draft = await loadDraft(deps, person, request.params.id);
    if (draft.dossier.state !== "draft") return seeOther(reply, dossierPaths.dossier(draft.dossier.id));
    return sendPapers(deps, request, reply, draft, [], request.query.luu ? "saved" : undefined);
  });

  site.post<Place>("/ho-so/:id/giay-to", async (request, reply) => {
    const person = deps.person(request);
    if (!person)
      return request.headers["x-live"] ? reply.code(401).send() : seeOther(reply, deps.signInPath(request.url));
    const draft = await loadDraft(deps, person, request.params.id);
    if (draft.dossier.state !== "draft") return seeOther(reply, filingPaths.sent(draft.dossier.id));
    const posted = await takePost(deps, request, draft);
    const errors = posted.refused.map(({ component, name, problem }) => ({
      field: fileControl(component),
      message: filingMessages[request.lang].problems[problem](name),
    }));
    if (posted.action.startsWith("remove:")) {
      const fileId = posted.action.slice("remove:".length);
      const removed = await removeFile(deps.database, { ...keyOf(deps, draft), fileId });
      if (!removed.ok && removed.reason !== "file-not-found")
        throw new AppError("conflict", { reason: removed.reason });
    }
    // One file sent by the browser element: a short answer instead of a page.
    if (request.headers["x-live"]) return reply.code(errors.length > 0 ? 422 : 200).send({ errors });
    if (posted.action === "next") {
      // Whoever sent a file that is not taken knows that one is needed.
      const missing = await missingErrors(deps, request, draft);
      errors.push(...missing.filter(({ field }) => !errors.some((error) => error.field === field)));
    }
    if (errors.length > 0) return sendPapers(deps, request, reply, draft, errors, undefined);
    const here = filingPaths.papers(draft.dossier.id);
    if (posted.action === "next") return seeOther(reply, filingPaths.delivery(draft.dossier.id));
    return seeOther(reply, posted.action === "save" ? `${here}?luu=1` : here);
  });
}

function keyOf(deps: FilingDeps, draft: FilingDraft) {
  return { tenant: deps.tenant.code, dossierId: draft.dossier.id, applicantSub: draft.dossier.applicantSub };
}

async function missingErrors(
  deps: FilingDeps,
  request: FastifyRequest,
  draft: FilingDraft,
): Promise<readonly PageError[]> {
  const { lang } = request;
  const files = await listFiles(deps.database, { tenant: deps.tenant.code, dossierId: draft.dossier.id });
  return missingPapers(askedPapers(draft), files).map((component) => ({
    field: fileControl(component.code),
    message: filingMessages[lang].papers.missing(component.name[lang]),
  }));
}

interface Posted {
  readonly action: string;
  readonly refused: readonly { readonly component: string; readonly name: string; readonly problem: UploadProblem }[];
}

/** Takes every file of the post, good ones first come first served; a refused one never stops the others. */
async function takePost(deps: FilingDeps, request: FastifyRequest, draft: FilingDraft): Promise<Posted> {
  if (!request.isMultipart()) throw new AppError("unsupported", { message: "papers come as multipart/form-data" });
  const asked = new Set(askedPapers(draft).map(({ component }) => component.code));
  const refused: { component: string; name: string; problem: UploadProblem }[] = [];
  let action = "next";
  let last = [...asked][0] ?? "";
  try {
    for await (const part of request.parts()) {
      if (part.type === "field") {
        // The hidden default button stands first in the form; only the one that was pressed is sent.
        if (part.fieldname === "_action" && typeof part.value === "string") action = part.value;
        continue;
      }
      const component = part.fieldname.replace(/^file\./, "");
      // An empty file control sends a part without a name.
      if (!part.filename || !asked.has(component)) {
        part.file.resume();
        continue;
      }
      last = component;
      const problem = await takeFile(deps, draft, component, part);
      if (problem) refused.push({ component, ...problem });
    }
  } catch (error) {
    if (!isOverLimit(error)) throw error;
    refused.push({ component: last, name: "", problem: "too-many-at-once" });
  }
  return { action, refused };
}

/** The web server takes 20 files in one post. */
function isOverLimit(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === "FST_FILES_LIMIT" || code === "FST_PARTS_LIMIT";
}

async function takeFile(
  deps: FilingDeps,
  draft: FilingDraft,
  component: string,
  part: MultipartFile,
): Promise<{ name: string; problem: UploadProblem } | undefined> {
  const upload = await storeUpload(deps.store, part.filename, part.file);
  if (!upload.ok) return upload;
  const { name, sha256, size, mediaType } = upload;
  const attached = await attachFile(deps.database, { ...keyOf(deps, draft), component, name, sha256, size, mediaType });
  if (attached.ok) return undefined;
  if (attached.reason === "too-many-files") return { name, problem: "too-many" };
  throw new AppError("conflict", { reason: attached.reason });
}

async function sendPapers(
  deps: FilingDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  draft: FilingDraft,
  errors: readonly PageError[],
  flash: "saved" | undefined,
): Promise<FastifyReply> {
  const { title } = filingMessages[request.lang].papers;
  const body = filingPapersPage({
    ...frameOf(deps, draft, "papers", title, request.lang),
    flash,
    papers: askedPapers(draft),
    files: await listFiles(deps.database, { tenant: deps.tenant.code, dossierId: draft.dossier.id }),
    errors,
  });
  const failed = errors.length > 0;
  return sendPage(reply, deps.page(request, { title, body, failed, width: "wide" }), failed ? 422 : 200);
}
