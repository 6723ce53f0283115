import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { plainDateOf } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import { sendPage } from "#kit/http/index.ts";
import {
  type Answers,
  type FormDefinition,
  isEmptyAnswer,
  type PostBody,
  readFormPost,
  visibleItems,
} from "#province/forms/index.ts";
import { caseQuestions, papersOfCase } from "./case-questions.ts";
import { draftMessages } from "./draft-messages.ts";
import type { FilingDeps } from "./filing-deps.ts";
import { filingPaths } from "./filing-paths.ts";
import { findFilingToday } from "./filing-procedure.ts";
import { casePapersPage } from "./pages/case-papers-page.ts";

type Place = FastifyRequest<{ Params: { code: string }; Querystring: Record<string, string | string[] | undefined> }>;

/** Before anybody signs in: a few questions, and the papers of that case only. Answers stand in the address alone. */
export function caseRoutes(site: FastifyInstance, deps: FilingDeps): void {
  site.get("/thu-tuc/:code/giay-to-can-nop", (request: Place, reply) => showCase(deps, request, reply));
}

async function showCase(deps: FilingDeps, request: Place, reply: FastifyReply): Promise<FastifyReply> {
  const { lang } = request;
  const offer = await findFilingToday(deps, request.params.code);
  if (!offer?.filing) throw new AppError("not-found", { message: "no such procedure, or it cannot be filed here" });
  const { definition, filing } = offer;
  const form = caseQuestions(definition, filing.form);
  const answers = form ? readCase(form, request.query) : {};
  const context = { today: plainDateOf(deps.clock.now()), facts: {} };
  const open = form ? visibleItems(form, answers, context).filter(({ value }) => isEmptyAnswer(value)).length : 0;
  const { title } = draftMessages[lang].questions;
  const body = casePapersPage({
    lang,
    name: definition.name[lang],
    action: filingPaths.questions(definition.code),
    procedureHref: `/thu-tuc/${definition.code}`,
    fileHref: `${filingPaths.start(definition.code)}?${caseQuery(answers)}`,
    form,
    answers,
    context,
    asked: Object.keys(request.query).some((name) => name !== "lang"),
    open,
    papers: papersOfCase(definition, form ?? filing.form, answers, context),
  });
  return sendPage(reply, deps.page(request, { title, body, failed: false, width: "narrow" }));
}

/** Answers of the deciding questions from an address or a form; what is none is passed over. */
export function readCase(form: FormDefinition, values: PostBody): Answers {
  const [page] = form.pages;
  return page ? readFormPost(form, page, values) : {};
}

/** The answers as an address carries them to the start of filing. */
export function caseQuery(answers: Answers): string {
  const query = new URLSearchParams();
  for (const [id, value] of Object.entries(answers)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one === "boolean") query.append(id, one ? "yes" : "no");
      else if (typeof one === "string" || typeof one === "number") if (one !== "") query.append(id, String(one));
    }
  }
  return query.toString();
}
