import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { seeOther, sendPage } from "#kit/http/index.ts";
import { isId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import { removeFile } from "./change-files.ts";
import { listFiles } from "./dossier-view.ts";
import type { FilingDeps } from "./filing-deps.ts";
import { askedPapers, type FilingDraft, loadDraft, missingPapers, replacedPapers } from "./filing-draft.ts";
import { frameOf } from "./filing-form-routes.ts";
import { filingMessages } from "./filing-messages.ts";
import { filingPaths } from "./filing-paths.ts";
import { fileControl, filingPapersPage } from "./pages/filing-papers-page.ts";
import { dossierPaths } from "./paths.ts";
import { takePaper } from "./upload-paper.ts";
import type { UploadProblem } from "./upload-problem.ts";
import { type Choices, readChoice, usePapers } from "./use-papers.ts";

type Place = { Params: { id: string }; Querystring: { luu?: string } };

/** Said once after a redirect: what was taken, but not quite as it was sent. */
const SAID = "filing.papers.said";

export function filingPapersRoutes(site: FastifyInstance, deps: FilingDeps): void {
  site.get<Place>("/ho-so/:id/giay-to", async (request, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(request.url));
    const draft = await loadDraft(deps, person, request.params.id);
    if (draft.dossier.state !== "draft") return seeOther(reply, dossierPaths.dossier(draft.dossier.id));
    const notices = request.session.get<readonly string[]>(SAID) ?? [];
    if (notices.length > 0) request.session.delete(SAID);
    return sendPapers(deps, request, reply, draft, { notices, flash: request.query.luu ? "saved" : undefined });
  });

  site.post<Place>("/ho-so/:id/giay-to", async (request, reply) => {
    const person = deps.person(request);
    if (!person)
      return request.headers["x-live"] ? reply.code(401).send() : seeOther(reply, deps.signInPath(request.url));
    const draft = await loadDraft(deps, person, request.params.id);
    if (draft.dossier.state !== "draft") return seeOther(reply, filingPaths.sent(draft.dossier.id));
    const posted = await takePost(deps, request, draft);
    const by = { applicantSub: person.sub, dossierId: draft.dossier.id, lang: request.lang };
    posted.errors.push(...(await usePapers(deps.ownPapers, by, posted)));
    const { errors, notices, action } = posted;
    if (action.startsWith("remove:")) await remove(deps, draft, action.slice("remove:".length));
    // One file sent by the browser element: a short answer instead of a page.
    if (request.headers["x-live"]) return reply.code(errors.length > 0 ? 422 : 200).send({ errors, notices });
    if (action === "next") {
      // Whoever sent a file that is not taken knows that one is needed.
      const missing = await missingErrors(deps, request, draft);
      errors.push(...missing.filter(({ field }) => !errors.some((error) => error.field === field)));
    }
    if (errors.length > 0) return sendPapers(deps, request, reply, draft, { errors, notices, chosen: posted.chosen });
    const here = filingPaths.papers(draft.dossier.id);
    if (action === "next" && notices.length === 0) return seeOther(reply, filingPaths.delivery(draft.dossier.id));
    // What was kept otherwise than it was sent is said before going on.
    if (notices.length > 0) request.session.set(SAID, notices);
    return seeOther(reply, action === "save" ? `${here}?luu=1` : here);
  });
}

function keyOf(deps: FilingDeps, draft: FilingDraft) {
  return { tenant: deps.tenant.code, dossierId: draft.dossier.id, applicantSub: draft.dossier.applicantSub };
}

async function remove(deps: FilingDeps, draft: FilingDraft, fileId: string): Promise<void> {
  if (!isId(fileId)) return;
  const removed = await removeFile(deps.database, { ...keyOf(deps, draft), fileId });
  if (!removed.ok && removed.reason !== "file-not-found") throw new AppError("conflict", { reason: removed.reason });
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

interface Posted extends Choices {
  readonly action: string;
  readonly errors: PageError[];
  readonly notices: string[];
}

/** Takes every file of the post, good ones first come first served; a refused one never stops the others. */
async function takePost(deps: FilingDeps, request: FastifyRequest, draft: FilingDraft): Promise<Posted> {
  if (!request.isMultipart()) throw new AppError("unsupported", { message: "papers come as multipart/form-data" });
  const asked = new Set(askedPapers(draft).map(({ component }) => component.code));
  const posted: Posted = { action: "next", errors: [], notices: [], chosen: new Map(), consents: new Set() };
  const words = filingMessages[request.lang];
  const say = (problem: UploadProblem, name: string): string => {
    const text: (name: string) => string = words.problems[problem];
    return text(name);
  };
  let action = "next";
  let last = [...asked][0] ?? "";
  try {
    for await (const part of request.parts()) {
      if (part.type === "field") {
        // The hidden default button stands first in the form; only the one that was pressed is sent.
        if (part.fieldname === "_action" && typeof part.value === "string") action = part.value;
        else readChoice(posted, asked, part.fieldname, part.value);
        continue;
      }
      const component = part.fieldname.replace(/^file\./, "");
      // An empty file control sends a part without a name.
      if (!part.filename || !asked.has(component)) {
        part.file.resume();
        continue;
      }
      last = component;
      const taken = await takePaper(deps, keyOf(deps, draft), { component, name: part.filename, content: part.file });
      if (!taken.ok) posted.errors.push({ field: fileControl(component), message: say(taken.problem, taken.name) });
      else if (taken.sameAs) posted.notices.push(words.papers.same(taken.name, taken.sameAs));
    }
  } catch (error) {
    if (!isOverLimit(error)) throw error;
    posted.errors.push({ field: fileControl(last), message: say("too-many-at-once", "") });
  }
  return { ...posted, action };
}

/** The web server takes 20 files in one post. */
function isOverLimit(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === "FST_FILES_LIMIT" || code === "FST_PARTS_LIMIT";
}

async function sendPapers(
  deps: FilingDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  draft: FilingDraft,
  more: {
    readonly errors?: readonly PageError[];
    readonly notices?: readonly string[];
    readonly chosen?: ReadonlyMap<string, readonly string[]>;
    readonly flash?: "saved" | undefined;
  },
): Promise<FastifyReply> {
  const { title } = filingMessages[request.lang].papers;
  const { dossier } = draft;
  const papers = askedPapers(draft);
  const components = papers.map(({ component }) => component);
  const errors = more.errors ?? [];
  const body = filingPapersPage({
    ...frameOf(deps, draft, "papers", title, request.lang),
    flash: more.flash,
    papers,
    replaced: replacedPapers(draft),
    files: await listFiles(deps.database, { tenant: deps.tenant.code, dossierId: dossier.id }),
    errors,
    notices: more.notices ?? [],
    offers: (await deps.ownPapers?.offersFor(dossier.applicantSub, components)) ?? new Map(),
    chosen: more.chosen ?? new Map(),
  });
  const failed = errors.length > 0;
  return sendPage(reply, deps.page(request, { title, body, failed, width: "wide" }), failed ? 422 : 200);
}
