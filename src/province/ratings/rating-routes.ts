/** Rating after the result, and what everybody may read of ratings. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import type { Html } from "#kit/html.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import { cleanLines } from "#kit/vietnamese.ts";
import { type Dossier, findDossierOf } from "#province/dossiers/index.ts";
import { messages } from "./messages.ts";
import { publicRatingsPage, ratingFormPage } from "./pages/rating-pages.ts";
import { putRating } from "./rate-dossier.ts";
import { findRating, listAgencyScores, listCommented } from "./rating-view.ts";

export interface RatingDeps {
  readonly database: Database;
  readonly tenant: { readonly code: string };
  person(request: FastifyRequest): { readonly sub: string } | undefined;
  signInPath(back: string): string;
  page(
    request: FastifyRequest,
    content: { readonly title: string; readonly body: Html; readonly failed?: boolean; readonly path?: string },
  ): Html;
}

type ById = FastifyRequest<{ Params: { id: string } }>;
type Typed = { readonly score: string; readonly comment: string };

const COMMENT_MAX = 1_000;
const AGENCIES_SHOWN = 200;
const COMMENTS_SHOWN = 50;

export function ratingRoutes(site: FastifyInstance, deps: RatingDeps): void {
  const db = deps.database.forTenant(deps.tenant.code);
  site.get("/danh-gia", async (request, reply) => {
    const [scores, comments] = await Promise.all([
      listAgencyScores(db, AGENCIES_SHOWN),
      listCommented(db, ["shown"], COMMENTS_SHOWN),
    ]);
    const body = publicRatingsPage(request.lang, scores, comments);
    return sendPage(reply, deps.page(request, { title: messages[request.lang].publicTitle, body, path: "/danh-gia" }));
  });
  site.get("/ho-so/:id/danh-gia", async (request: ById, reply) => {
    const owned = await ownDossier(deps, request, reply);
    if (!owned) return reply;
    const { dossier } = owned;
    // Rated, or nothing to rate: the dossier's page says which.
    const may = dossier.state === "returned" && !(await findRating(db, dossier.id));
    if (!may) return seeOther(reply, `/ho-so/${dossier.id}`);
    return showForm(deps, request, reply, dossier, { score: "", comment: "" }, []);
  });
  site.post("/ho-so/:id/danh-gia", async (request: ById, reply) => {
    const owned = await ownDossier(deps, request, reply);
    if (!owned) return reply;
    const { dossier, sub } = owned;
    const form = formValues(request);
    const typed = { score: formText(form, "score"), comment: cleanLines(formText(form, "comment")) };
    const t = messages[request.lang];
    const errors: PageError[] = [];
    if (!/^[1-5]$/.test(typed.score)) errors.push({ field: "score-1", message: t.scoreMissing });
    if (typed.comment.length > COMMENT_MAX) errors.push({ field: "comment", message: t.commentLong });
    if (errors.length > 0) return showForm(deps, request, reply, dossier, typed, errors);
    const key = { tenant: deps.tenant.code, dossierId: dossier.id, applicantSub: sub };
    await putRating(deps.database, key, { score: Number(typed.score), comment: typed.comment });
    return seeOther(reply, `/ho-so/${dossier.id}`);
  });
}

function showForm(
  deps: RatingDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  dossier: Dossier,
  typed: Typed,
  errors: readonly PageError[],
): FastifyReply {
  const { lang } = request;
  const failed = errors.length > 0;
  const name = dossier.code ?? String(dossier.number ?? "");
  const body = ratingFormPage({ lang, dossierId: dossier.id, name, typed, errors });
  const path = failed ? {} : { path: `/ho-so/${dossier.id}/danh-gia` };
  return sendPage(
    reply,
    deps.page(request, { title: messages[lang].title, body, failed, ...path }),
    failed ? 422 : 200,
  );
}

async function ownDossier(
  deps: RatingDeps,
  request: ById,
  reply: FastifyReply,
): Promise<{ dossier: Dossier; sub: string } | undefined> {
  const person = deps.person(request);
  const { id } = request.params;
  if (!person) {
    seeOther(reply, deps.signInPath(request.method === "GET" ? request.url : `/ho-so/${id}`));
    return undefined;
  }
  const key = { tenant: deps.tenant.code, dossierId: id, applicantSub: person.sub };
  const dossier = isId(id) ? await findDossierOf(deps.database, key) : undefined;
  if (!dossier) throw new AppError("not-found", { message: "no such dossier of this person" });
  return { dossier, sub: person.sub };
}
