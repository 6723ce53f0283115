/** `/y-kien`: what an officer is asked for, and the answer. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { seeOther, sendPage } from "#kit/http/index.ts";
import { isId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import { cleanLines } from "#kit/vietnamese.ts";
import { readPostWithFiles, sealFiles } from "#province/conversation/index.ts";
import { forOfficer, type Officer } from "#province/officers/index.ts";
import { answerOpinion } from "./answer-opinion.ts";
import { messages } from "./messages.ts";
import { type AskedOpinion, TEXT_MAX, VERDICTS } from "./opinion.ts";
import { isAsked, type OpinionRouteDeps, unitAsked } from "./opinion-room.ts";
import { findOpinion, listAsked } from "./opinion-view.ts";
import { askedListPage, askedPage, type TypedAnswer } from "./pages/asked-pages.ts";

const SAID = "opinions.given";

export function askedRoutes(site: FastifyInstance, deps: OpinionRouteDeps): void {
  const db = deps.database.forTenant(deps.tenant.code);

  site.get(
    "/y-kien",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const before = (request.query as Record<string, unknown>).truoc;
      const further = isId(before);
      const found = await listAsked(db, { id: officer.id, agencyId: unitAsked(officer) }, further ? before : undefined);
      const { lang } = request;
      const body = askedListPage({ lang, now: deps.clock.now(), ...found, further });
      const title = messages[lang].inbox;
      return sendPage(reply, deps.shell({ lang, title, viewer: officer, width: "wide", path: request.url, body }));
    }),
  );

  site.get(
    "/y-kien/:id",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const opinion = await opinionOf(deps, request);
      if (isAsked(officer, opinion)) return show(deps, officer, request, reply, opinion);
      // Who asked, and their head, read it on the dossier; to everybody else it does not exist.
      const dossier = await deps.dossierOf(officer, opinion.dossierId);
      return seeOther(reply, `/ho-so/${dossier.id}/y-kien`);
    }),
  );

  site.post(
    "/y-kien/:id",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const opinion = await opinionOf(deps, request);
      if (!isAsked(officer, opinion)) throw new AppError("not-found", { message: "not asked of this officer" });
      const { lang } = request;
      const { values, files, errors: wrongFiles } = await readPostWithFiles(deps, request, opinion.id);
      const typed: TypedAnswer = {
        verdict: values["verdict"]?.[0] ?? "",
        answer: cleanLines(values["answer"]?.[0] ?? ""),
        kept: sealFiles(deps.secret, opinion.id, files),
        keptNames: files.map((file) => file.name),
      };
      const verdict = VERDICTS.find((one) => one === typed.verdict);
      const errors = [...check(typed, lang), ...wrongFiles];
      if (errors.length > 0 || !verdict) return show(deps, officer, request, reply, opinion, { typed, errors });
      const done = await answerOpinion(deps.database, {
        tenant: deps.tenant.code,
        id: opinion.id,
        actor: { kind: "officer", id: officer.id, name: officer.name },
        agencyId: officer.agencyId,
        verdict,
        answer: typed.answer,
        files,
      });
      if (!done.ok) {
        const newest = (await findOpinion(db, opinion.id)) ?? opinion;
        const refusal = [{ field: "verdict", message: messages[lang].refusals[done.reason] }];
        return show(deps, officer, request, reply, newest, { typed, errors: refusal, status: 409 });
      }
      request.session.set(SAID, true);
      return seeOther(reply, `/y-kien/${opinion.id}`);
    }),
  );

  site.get(
    "/y-kien/:id/tep/:file",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const opinion = await opinionOf(deps, request);
      if (!isAsked(officer, opinion) || isTakenBack(opinion)) await deps.dossierOf(officer, opinion.dossierId);
      const { file: id } = request.params as { file: string };
      const all = [...opinion.papers, ...opinion.questionFiles, ...opinion.answerFiles];
      const file = all.find((one) => one.id === id);
      if (!file) throw new AppError("not-found", { message: "no such file of this opinion" });
      return deps.openFile(officer, reply, file, { opinion: opinion.id });
    }),
  );
}

async function opinionOf(deps: OpinionRouteDeps, request: FastifyRequest): Promise<AskedOpinion> {
  const { id } = request.params as { id: string };
  const found = isId(id) ? await findOpinion(deps.database.forTenant(deps.tenant.code), id) : undefined;
  if (!found) throw new AppError("not-found", { message: "no such opinion" });
  return found;
}

/** What was taken back is not needed any more: its papers are shown to nobody for it. */
function isTakenBack({ state }: AskedOpinion): boolean {
  return state === "taken-back";
}

function check({ verdict, answer }: TypedAnswer, lang: "vi" | "en"): PageError[] {
  const t = messages[lang].faults;
  const known = VERDICTS.some((one) => one === verdict);
  return [
    ...(known ? [] : [{ field: "verdict", message: t.verdict }]),
    ...(verdict !== "no-opinion" && answer.length < 10 ? [{ field: "answer", message: t.answer }] : []),
    ...(answer.length > TEXT_MAX ? [{ field: "answer", message: t.tooLong }] : []),
  ];
}

function show(
  deps: OpinionRouteDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  opinion: AskedOpinion,
  refused?: { readonly typed: TypedAnswer; readonly errors: readonly PageError[]; readonly status?: number },
): FastifyReply {
  const { lang } = request;
  const t = messages[lang];
  const body = askedPage({
    lang,
    now: deps.clock.now(),
    opinion: isTakenBack(opinion) ? { ...opinion, papers: [], questionFiles: [] } : opinion,
    mayAnswer: opinion.state === "asked",
    typed: refused?.typed,
    errors: refused?.errors ?? [],
    said: request.session.take<boolean>(SAID) === true ? t.given : undefined,
  });
  const failed = refused !== undefined;
  const page = { lang, title: t.title, viewer: officer, width: "narrow", failed, body } as const;
  return sendPage(
    reply,
    deps.shell({ ...page, ...(failed ? {} : { path: request.url }) }),
    refused ? (refused.status ?? 422) : 200,
  );
}
