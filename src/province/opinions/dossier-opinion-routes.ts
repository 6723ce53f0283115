/** `/ho-so/:id/y-kien`: what was asked about a dossier, one more question, taking one back. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { formatDateTime } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import { seeOther, sendPage } from "#kit/http/index.ts";
import { isId, newId } from "#kit/ids.ts";
import type { Option, PageError } from "#kit/ui/index.ts";
import { cleanLines } from "#kit/vietnamese.ts";
import { type PostWithFiles, readPostWithFiles, sealFiles } from "#province/conversation/index.ts";
import { type Dossier, listFiles, type OfficerActor } from "#province/dossiers/index.ts";
import { forOfficer, listOfficers, type Officer } from "#province/officers/index.ts";
import { agencyOf } from "#province/tenants/index.ts";
import { takeBackOpinion } from "./answer-opinion.ts";
import { type Asked, askOpinion, usualTime } from "./ask-opinion.ts";
import { messages } from "./messages.ts";
import { TEXT_MAX, TIME_MAX } from "./opinion.ts";
import { mayAsk, type OpinionRouteDeps } from "./opinion-room.ts";
import { listOpinions } from "./opinion-view.ts";
import { dossierOpinionsPage, type TypedQuestion } from "./pages/dossier-opinions-page.ts";

const SAID = "opinions.said";

export function dossierOpinionRoutes(site: FastifyInstance, deps: OpinionRouteDeps): void {
  site.get(
    "/ho-so/:id/y-kien",
    forOfficer(deps.officerOf, async (officer, request, reply) =>
      show(deps, officer, request, reply, await deps.dossierOf(officer, idOf(request))),
    ),
  );

  site.post(
    "/ho-so/:id/y-kien",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireAsker(officer);
      const dossier = await deps.dossierOf(officer, idOf(request));
      const { lang } = request;
      const post = await readPostWithFiles(deps, request, dossier.id);
      const typed = typedOf(deps, dossier, post);
      const askable = await askableFor(deps, officer, lang);
      const asked = askable.find((one) => one.option.value === typed.to)?.asked;
      const errors = [...check(typed, asked, lang), ...post.errors];
      if (errors.length > 0 || !asked) return show(deps, officer, request, reply, dossier, { typed, errors });
      const done = await askOpinion(deps, {
        id: typed.id,
        dossier,
        actor: actorOf(officer),
        asked,
        question: typed.question,
        time: { count: Number(typed.days), unit: typed.unit },
        papers: typed.papers,
        files: post.files,
      });
      const t = messages[lang];
      if (!done.ok) {
        const error =
          done.reason === "later-than-dossier"
            ? {
                field: "days",
                message: t.faults.laterThanDossier(
                  formatDateTime(done.dueAt),
                  dossier.dueAt ? formatDateTime(dossier.dueAt) : "",
                ),
              }
            : { field: "question", message: t.refusals[done.reason] };
        return show(deps, officer, request, reply, dossier, { typed, errors: [error] });
      }
      request.session.set(SAID, t.sent([asked.officer?.name, asked.agencyName].filter(Boolean).join(", ")));
      return seeOther(reply, `/ho-so/${dossier.id}/y-kien`);
    }),
  );

  site.post(
    "/ho-so/:id/y-kien/:opinion/thoi",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      requireAsker(officer);
      const dossier = await deps.dossierOf(officer, idOf(request));
      const { opinion: id } = request.params as { opinion: string };
      if (!isId(id)) throw new AppError("not-found", { message: "no such opinion" });
      const input = { tenant: deps.tenant.code, dossierId: dossier.id, id, actor: actorOf(officer) };
      const done = await takeBackOpinion(deps.database, input);
      const t = messages[request.lang];
      if (!done.ok && done.reason === "not-found") throw new AppError("not-found", { message: "no such opinion" });
      if (!done.ok) {
        const errors = [{ field: "hoi", message: t.refusals[done.reason] }];
        return show(deps, officer, request, reply, dossier, { errors, status: 409 });
      }
      request.session.set(SAID, t.takenBack);
      return seeOther(reply, `/ho-so/${dossier.id}/y-kien`);
    }),
  );
}

function idOf(request: FastifyRequest): unknown {
  return (request.params as { id?: unknown }).id;
}

function requireAsker(officer: Officer): void {
  if (!mayAsk(officer)) throw new AppError("forbidden", { reason: "role", message: `${officer.role} does not ask` });
}

function actorOf({ id, name }: Officer): OfficerActor {
  return { kind: "officer", id, name };
}

async function show(
  deps: OpinionRouteDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  dossier: Dossier,
  refused?: { readonly typed?: TypedQuestion; readonly errors: readonly PageError[]; readonly status?: number },
): Promise<FastifyReply> {
  const { lang } = request;
  const t = messages[lang];
  const asks = mayAsk(officer);
  const [opinions, files, askable] = await Promise.all([
    listOpinions(deps.database.forTenant(deps.tenant.code), dossier.id),
    asks ? listFiles(deps.database, { tenant: deps.tenant.code, dossierId: dossier.id }) : [],
    asks ? askableFor(deps, officer, lang) : [],
  ]);
  const body = dossierOpinionsPage({
    lang,
    now: deps.clock.now(),
    dossierId: dossier.id,
    dossierName: dossier.code ?? String(dossier.number ?? ""),
    opinions,
    mayAsk: asks,
    open: dossier.state === "received" || dossier.state === "processing",
    askable: askable.map((one) => one.option),
    papers: files.filter(isShowable).map(({ id, name }) => ({ value: id, label: name })),
    typed: refused?.typed,
    time: usualTime(deps.tenant, dossier, deps.clock.now()),
    errors: refused?.errors ?? [],
    said: request.session.take<string>(SAID),
  });
  const failed = refused !== undefined;
  const page = { lang, title: t.title, viewer: officer, width: "narrow", failed, body } as const;
  return sendPage(
    reply,
    deps.shell({ ...page, ...(failed ? {} : { path: request.url }) }),
    refused ? (refused.status ?? 422) : 200,
  );
}

function isShowable({ status }: { readonly status: string }): boolean {
  return status === "active" || status === "dropping";
}

interface Askable {
  readonly option: Option;
  readonly asked: Asked;
}

/** Units that have somebody to answer, each with its officers below it; never the asker. */
async function askableFor(deps: OpinionRouteDeps, officer: Officer, lang: "vi" | "en"): Promise<Askable[]> {
  const t = messages[lang];
  const officers = await listOfficers(deps.database, deps.tenant.code, ["leader", "specialist", "one-stop"]);
  const others = officers.filter((one) => one.id !== officer.id);
  const found: Askable[] = [];
  for (const agencyId of new Set(others.map((one) => one.agencyId))) {
    const agency = agencyOf(deps.tenant, agencyId);
    if (!agency) continue;
    const agencyName = agency.name[lang];
    const asked = { agencyId, agencyName: agency.name.vi };
    // The asker's own unit is asked by name: a question to it as a whole would come back to the asker.
    if (agencyId !== officer.agencyId)
      found.push({
        option: { value: `don-vi:${agencyId}`, label: t.wholeUnit(agencyName) },
        asked: { ...asked, officer: undefined },
      });
    for (const { id, name, unit } of others.filter((one) => one.agencyId === agencyId))
      found.push({
        option: { value: `can-bo:${id}`, label: `${name} – ${unit}, ${agencyName}` },
        asked: { ...asked, officer: { id, name } },
      });
  }
  return found;
}

function typedOf(deps: OpinionRouteDeps, dossier: Dossier, { values, files }: PostWithFiles): TypedQuestion {
  const id = values["id"]?.[0];
  return {
    id: isId(id) ? id : newId(),
    to: values["to"]?.[0] ?? "",
    question: cleanLines(values["question"]?.[0] ?? ""),
    days: (values["days"]?.[0] ?? "").trim(),
    unit: values["unit"]?.[0] === "hours" ? "hours" : "days",
    papers: (values["papers"] ?? []).filter(isId),
    kept: sealFiles(deps.secret, dossier.id, files),
    keptNames: files.map((file) => file.name),
  };
}

function check(typed: TypedQuestion, asked: Asked | undefined, lang: "vi" | "en"): PageError[] {
  const t = messages[lang].faults;
  const days = /^[0-9]{1,3}$/.test(typed.days) ? Number(typed.days) : 0;
  return [
    ...(asked ? [] : [{ field: "to", message: t.to }]),
    ...(typed.question.length < 10 ? [{ field: "question", message: t.question }] : []),
    ...(typed.question.length > TEXT_MAX ? [{ field: "question", message: t.tooLong }] : []),
    ...(days < 1 || days > TIME_MAX ? [{ field: "days", message: t.days(TIME_MAX) }] : []),
  ];
}
