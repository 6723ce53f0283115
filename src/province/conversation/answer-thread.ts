/** What both sides do with a thread: look at it, write on it. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Html } from "#kit/html.ts";
import { seeOther, sendPage } from "#kit/http/index.ts";
import type { PageError } from "#kit/ui/index.ts";
import { type Dossier, isOver } from "#province/dossiers/index.ts";
import { LETTERS_MAX, type Side } from "./letter.ts";
import { type LetterPost, readLetterPost } from "./letter-post.ts";
import { markSeen, putLetter } from "./letter-store.ts";
import { listLetters } from "./letter-view.ts";
import { messages } from "./messages.ts";
import { threadPage } from "./pages/thread-page.ts";
import { conversationPaths } from "./paths.ts";
import { type PostWithFilesDeps, sealFiles } from "./post-with-files.ts";

export interface Reader {
  readonly side: Side;
  readonly id: string;
  readonly name: string;
  readonly mayWrite: boolean;
}

export interface ThreadDeps extends PostWithFilesDeps {
  page(request: FastifyRequest, content: { title: string; body: Html; failed: boolean }): Html;
}

const SAID = "conversation.sent";

/** Shows the thread; what the other side wrote counts as seen from now on. */
export async function showThread(
  deps: ThreadDeps,
  reader: Reader,
  request: FastifyRequest,
  reply: FastifyReply,
  dossier: Dossier,
  refused?: { readonly post: LetterPost; readonly errors: readonly PageError[] },
): Promise<FastifyReply> {
  const db = deps.database.forTenant(deps.tenant.code);
  await markSeen(db, dossier.id, reader.side === "citizen" ? "officer" : "citizen");
  const { lang } = request;
  const body = threadPage({
    lang,
    dossierId: dossier.id,
    dossierName: dossier.code ?? String(dossier.number ?? ""),
    side: reader.side,
    letters: await listLetters(db, dossier.id),
    open: !isOver(dossier.state),
    mayWrite: reader.mayWrite,
    typed: refused && {
      id: refused.post.id,
      body: refused.post.body,
      kept: sealFiles(deps.secret, dossier.id, refused.post.files),
      keptFiles: refused.post.files,
    },
    errors: refused?.errors ?? [],
    said: request.session.take<boolean>(SAID) === true,
  });
  const failed = refused !== undefined;
  const page = deps.page(request, { title: messages[lang].title, body, failed });
  return sendPage(reply, page, failed ? 422 : 200);
}

/** Sends a letter; mistakes come back with everything that was typed and uploaded. */
export async function writeLetter(
  deps: ThreadDeps,
  author: Reader,
  request: FastifyRequest,
  reply: FastifyReply,
  dossier: Dossier,
): Promise<FastifyReply> {
  const post = await readLetterPost(deps, request, dossier.id);
  if (post.errors.length > 0) return showThread(deps, author, request, reply, dossier, { post, errors: post.errors });
  const letter = {
    tenant: deps.tenant.code,
    id: post.id,
    dossierId: dossier.id,
    author,
    body: post.body,
    files: post.files,
  };
  const done = await putLetter(deps.database, letter, LETTERS_MAX);
  if (!done.ok) {
    const errors = [{ field: "body", message: messages[request.lang].refusals[done.reason] }];
    return showThread(deps, author, request, reply, dossier, { post, errors });
  }
  request.session.set(SAID, true);
  return seeOther(reply, conversationPaths.thread(dossier.id));
}
