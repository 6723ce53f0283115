import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import type { BlobStore } from "#kit/files.ts";
import { seeOther, sendPage } from "#kit/http/index.ts";
import { isId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import { type Applicant, type FilingContent, filingMessages, sendFile } from "#province/dossiers/index.ts";
import type { Html } from "#kit/html.ts";
import { deletePaper } from "./delete-paper.ts";
import { keepPaper } from "./keep-paper.ts";
import { messages } from "./messages.ts";
import { findCheckedPaper, findOwnPaper, listCheckedPapers, listOwnPapers, listOwnResults } from "./own-paper-view.ts";
import { FILE, ownPapersPage } from "./pages/own-papers-page.ts";
import { storePaths } from "./paths.ts";

export interface StoreDeps {
  readonly database: Database;
  readonly store: BlobStore;
  readonly tenant: { readonly code: string };
  person(request: FastifyRequest): Applicant | undefined;
  signInPath(back: string): string;
  page(request: FastifyRequest, content: FilingContent): Html;
}

type ById = FastifyRequest<{ Params: { id: string } }>;
type Said = "added" | "removed";

const SAID = "store.said";

/** "Giấy tờ của tôi": everything about the person who is signed in, to that person only. */
export function storeRoutes(site: FastifyInstance, deps: StoreDeps): void {
  site.get("/giay-to", async (request, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(request.url));
    const said = request.session.get<Said>(SAID);
    if (said) request.session.delete(SAID);
    return show(deps, request, reply, person, { errors: [], said });
  });
  site.post("/giay-to", async (request, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(storePaths.all()));
    const { errors, said } = await takePost(deps, request, person);
    if (errors.length > 0) return show(deps, request, reply, person, { errors });
    request.session.set(SAID, said);
    return seeOther(reply, storePaths.all());
  });
  site.get("/giay-to/:id", async (request: ById, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(request.url));
    const key = { tenant: deps.tenant.code, applicantSub: person.sub, id: request.params.id };
    const paper = isId(key.id) ? await findOwnPaper(deps.database, key) : undefined;
    if (!paper) throw new AppError("not-found", { message: "no such paper of this person" });
    return sendFile(reply, deps.store, paper);
  });
  site.get("/giay-to/ban-so-hoa/:id", async (request: ById, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(request.url));
    const key = { tenant: deps.tenant.code, applicantSub: person.sub, id: request.params.id };
    const copy = isId(key.id) ? await findCheckedPaper(deps.database, key) : undefined;
    if (!copy) throw new AppError("not-found", { message: "no such copy of this person" });
    return sendFile(reply, deps.store, { ...copy, mediaType: "application/pdf" });
  });
}

/** One post does one thing: deletes the paper that is named, or keeps every file that came. */
async function takePost(
  deps: StoreDeps,
  request: FastifyRequest,
  person: Applicant,
): Promise<{ errors: PageError[]; said: Said }> {
  if (!request.isMultipart()) throw new AppError("unsupported", { message: "papers come as multipart/form-data" });
  const { lang } = request;
  const owner = { tenant: deps.tenant.code, applicantSub: person.sub };
  const errors: PageError[] = [];
  let removed = false;
  let kept = 0;
  try {
    for await (const part of request.parts()) {
      if (part.type === "field") {
        if (part.fieldname !== "xoa" || !isId(part.value)) continue;
        await deletePaper(deps.database, { ...owner, id: part.value });
        removed = true;
        continue;
      }
      if (!part.filename || part.fieldname !== FILE) {
        part.file.resume();
        continue;
      }
      const paper = await keepPaper(deps, owner, { name: part.filename, content: part.file });
      if (paper.ok) kept += 1;
      else errors.push({ field: FILE, message: wordsOf(lang, paper.problem)(paper.name) });
    }
  } catch (error) {
    const code = (error as { code?: unknown } | null)?.code;
    if (code !== "FST_FILES_LIMIT" && code !== "FST_PARTS_LIMIT") throw error;
    errors.push({ field: FILE, message: wordsOf(lang, "too-many-at-once")("") });
  }
  if (!removed && kept === 0 && errors.length === 0) errors.push({ field: FILE, message: messages[lang].nothing });
  return { errors, said: removed ? "removed" : "added" };
}

function wordsOf(
  lang: "vi" | "en",
  problem: keyof typeof filingMessages.vi.problems | "store-limit",
): (name: string) => string {
  return problem === "store-limit" ? messages[lang].limit : filingMessages[lang].problems[problem];
}

async function show(
  deps: StoreDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  person: Applicant,
  more: { readonly errors: readonly PageError[]; readonly said?: Said | undefined },
): Promise<FastifyReply> {
  const owner = { tenant: deps.tenant.code, applicantSub: person.sub };
  const { lang } = request;
  const [results, checked, own] = await Promise.all([
    listOwnResults(deps.database, owner),
    listCheckedPapers(deps.database, owner),
    listOwnPapers(deps.database, owner),
  ]);
  const failed = more.errors.length > 0;
  const body = ownPapersPage({ lang, results, checked, own, ...more });
  const page = deps.page(request, { title: messages[lang].title, body, failed, width: "wide" });
  return sendPage(reply, page, failed ? 422 : 200);
}
