import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { formatDateTime } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import { seeOther, sendPage } from "#kit/http/index.ts";
import { openUnits } from "#kit/units/index.ts";
import { UNITS_PATH } from "#province/forms/index.ts";
import { acknowledgeChanges } from "./carry-draft.ts";
import { discardDraft } from "./discard-draft.ts";
import { draftMessages } from "./draft-messages.ts";
import type { FilingDeps } from "./filing-deps.ts";
import { loadDraft } from "./filing-draft.ts";
import { filingPaths } from "./filing-paths.ts";
import { discardPage } from "./pages/discard-page.ts";
import { stepHref } from "./pages/filing-frame.ts";
import { dossierPaths } from "./paths.ts";

type ById = FastifyRequest<{ Params: { id: string } }>;

/** Throwing a draft away, having read what is new in its form, and the lists of units that its addresses choose from. */
export function draftRoutes(site: FastifyInstance, deps: FilingDeps): void {
  site.get("/ho-so/:id/xoa-nhap", (request: ById, reply) => askDiscard(deps, request, reply));
  site.post("/ho-so/:id/xoa-nhap", async (request: ById, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(filingPaths.discard(request.params.id)));
    const draft = await loadDraft(deps, person, request.params.id);
    if (draft.dossier.state !== "draft") return seeOther(reply, dossierPaths.dossier(draft.dossier.id));
    const key = { tenant: deps.tenant.code, dossierId: draft.dossier.id, applicantSub: person.sub };
    const done = await discardDraft(deps.database, key);
    if (!done.ok && done.reason !== "not-found") throw new AppError("conflict", { reason: done.reason });
    return seeOther(reply, dossierPaths.account());
  });
  site.post("/ho-so/:id/da-xem", async (request: ById, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(`/ho-so/${encodeURIComponent(request.params.id)}/ke-khai`));
    const draft = await loadDraft(deps, person, request.params.id);
    await acknowledgeChanges(deps, draft);
    return seeOther(reply, stepHref(draft.procedure.form, draft.dossier.id, draft.dossier.page ?? ""));
  });
  site.get<{ Querystring: { he?: string; cap?: string } }>(UNITS_PATH, async (request, reply) => {
    const system = request.query.he === "three-level" ? "three-level" : "two-level";
    const above = request.query.cap ?? "";
    if (typeof above !== "string" || !/^\d{0,5}$/.test(above)) throw new AppError("invalid", { reason: "unit-code" });
    const register = await openUnits();
    const list = above === "" ? register.listProvinces(system) : register.listUnits(system, above);
    // The same for everybody, and the country's units change once in years.
    return reply
      .header("cache-control", "public, max-age=86400")
      .type("application/json; charset=utf-8")
      .send(list.map(({ code, name }) => ({ code, name })));
  });
}

async function askDiscard(deps: FilingDeps, request: ById, reply: FastifyReply): Promise<FastifyReply> {
  const person = deps.person(request);
  if (!person) return seeOther(reply, deps.signInPath(request.url));
  const { lang } = request;
  const draft = await loadDraft(deps, person, request.params.id);
  const { dossier } = draft;
  if (dossier.state !== "draft") return seeOther(reply, dossierPaths.dossier(dossier.id));
  const { title } = draftMessages[lang].discard;
  const body = discardPage({
    lang,
    action: filingPaths.discard(dossier.id),
    back: stepHref(draft.procedure.form, dossier.id, dossier.page ?? ""),
    procedure: dossier.procedure.name[lang],
    agency: dossier.agency.name,
    savedAt: formatDateTime(dossier.updatedAt),
  });
  return sendPage(reply, deps.page(request, { title, body, failed: false, width: "narrow" }));
}
