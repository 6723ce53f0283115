/** The applicant's side of the thread, on the portal. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { createThrottle, seeOther } from "#kit/http/index.ts";
import { isId } from "#kit/ids.ts";
import { type Dossier, findDossierOf, sendFile } from "#province/dossiers/index.ts";
import { type Reader, showThread, type ThreadDeps, writeLetter } from "./answer-thread.ts";
import { findLetterFile } from "./letter-view.ts";
import { conversationPaths } from "./paths.ts";

export interface ConversationDeps extends ThreadDeps {
  person(request: FastifyRequest): { readonly sub: string; readonly name: string } | undefined;
  signInPath(back: string): string;
}

type ById = FastifyRequest<{ Params: { id: string; file?: string } }>;

export function conversationRoutes(site: FastifyInstance, deps: ConversationDeps): void {
  const letters = createThrottle({ turns: 20, seconds: 600 });
  site.get("/ho-so/:id/trao-doi", async (request: ById, reply) => {
    const owned = await ownDossier(deps, request, reply);
    return owned ? showThread(deps, owned.reader, request, reply, owned.dossier) : reply;
  });
  site.post("/ho-so/:id/trao-doi", async (request: ById, reply) => {
    const owned = await ownDossier(deps, request, reply);
    if (!owned) return reply;
    letters.take(owned.reader.id);
    return writeLetter(deps, owned.reader, request, reply, owned.dossier);
  });
  site.get("/ho-so/:id/trao-doi/:file", async (request: ById, reply) => {
    const owned = await ownDossier(deps, request, reply);
    if (!owned) return reply;
    const { file: id } = request.params;
    const db = deps.database.forTenant(deps.tenant.code);
    const file = isId(id) ? await findLetterFile(db, owned.dossier.id, id) : undefined;
    if (!file) throw new AppError("not-found", { message: "no such file in this thread" });
    return sendFile(reply, deps.files, file);
  });
}

async function ownDossier(
  deps: ConversationDeps,
  request: ById,
  reply: FastifyReply,
): Promise<{ dossier: Dossier; reader: Reader } | undefined> {
  const person = deps.person(request);
  const { id } = request.params;
  if (!person) {
    seeOther(reply, deps.signInPath(request.method === "GET" ? request.url : conversationPaths.thread(id)));
    return undefined;
  }
  const key = { tenant: deps.tenant.code, dossierId: id, applicantSub: person.sub };
  const dossier = isId(id) ? await findDossierOf(deps.database, key) : undefined;
  if (!dossier || dossier.state === "draft")
    throw new AppError("not-found", { message: "no such dossier of this person" });
  return { dossier, reader: { side: "citizen", id: person.sub, name: person.name, mayWrite: true } };
}
