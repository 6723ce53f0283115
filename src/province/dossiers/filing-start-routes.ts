import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { formatDateTime, plainDateOf } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import type { Html } from "#kit/html.ts";
import {
  type Answers,
  type FormDefinition,
  isEmptyAnswer,
  type PostBody,
  pruneAnswers,
  visibleItems,
} from "#province/forms/index.ts";
import { caseQuestions, papersOfCase } from "./case-questions.ts";
import { caseQuery, readCase } from "./case-routes.ts";
import { DRAFTS_MAX, listOldestDrafts } from "./discard-draft.ts";
import { draftMessages } from "./draft-messages.ts";
import type { Applicant, Dossier } from "./dossier.ts";
import { listDossiersOf } from "./dossier-view.ts";
import type { FilingDeps } from "./filing-deps.ts";
import { factsOf, toStored } from "./filing-draft.ts";
import { filingMessages } from "./filing-messages.ts";
import { filingPaths } from "./filing-paths.ts";
import { findFilingToday, suggestedAgency } from "./filing-procedure.ts";
import { fullDraftsPage } from "./pages/discard-page.ts";
import { stepHref } from "./pages/filing-frame.ts";
import { filingStartPage } from "./pages/filing-start-page.ts";
import { startDraft } from "./start-draft.ts";

type Place = {
  Params: { code: string };
  Querystring: { coQuan?: string } & Record<string, string | string[] | undefined>;
};

/** "Nộp hồ sơ" on a procedure's page leads here; `?coQuan=` when the office was chosen before. */
export function filingStartRoutes(site: FastifyInstance, deps: FilingDeps): void {
  site.get<Place>("/thu-tuc/:code/nop", async (request, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(request.url));
    const offer = await offerOf(deps, request.params.code);
    return showStart(deps, request, reply, {
      person,
      offer,
      chosen: request.query.coQuan ?? "",
      values: request.query,
    });
  });

  site.post<Place>("/thu-tuc/:code/nop", async (request, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(filingPaths.start(request.params.code)));
    const offer = await offerOf(deps, request.params.code);
    const { definition, filing } = offer;
    const values = formValues(request);
    const agency = offer.agencies.find((candidate) => candidate.id === formText(values, "coQuan"));
    if (!agency || !filing)
      return showStart(deps, request, reply, { person, offer, chosen: "", agencyMissing: true, values });
    const fresh = formText(values, "moi") === "1";
    const full = await fullDrafts(
      deps,
      request,
      person,
      fresh ? undefined : { code: definition.code, agency: agency.id },
    );
    if (full) return sendPage(reply, full, 409);
    const context = { facts: factsOf(person, agency.name), today: plainDateOf(deps.clock.now()) };
    const started = await startDraft(deps.database, {
      tenant: deps.tenant.code,
      procedure: {
        code: definition.code,
        version: filing.version,
        name: definition.name,
        fieldCode: definition.field.code,
        fieldName: definition.field.name,
      },
      agency: { id: agency.id, name: agency.name, identifier: agency.identifier },
      channel: "provincial-portal",
      applicant: person,
      prefill: toStored(pruneAnswers(filing.form, answersOfCase(offer, values), context)),
      fresh,
    });
    if (!started.ok) throw new AppError("conflict", { reason: started.reason });
    return seeOther(reply, stepHref(filing.form, started.dossierId, ""));
  });
}

const EMPTY_FORM: FormDefinition = { id: "none", version: 1, title: { vi: "", en: "" }, pages: [] };

type Offer = NonNullable<Awaited<ReturnType<typeof findFilingToday>>>;

async function offerOf(deps: FilingDeps, code: string): Promise<Offer> {
  const offer = await findFilingToday(deps, code);
  if (!offer) throw new AppError("not-found", { message: "no such procedure" });
  return offer;
}

/** What was answered to see the papers is not asked again. */
function answersOfCase({ definition, filing }: Offer, values: PostBody): Answers {
  const questions = filing && caseQuestions(definition, filing.form);
  return questions ? readCase(questions, values) : {};
}

/** The page instead of one draft too many; nothing when there is room, or an open draft is taken up again. */
async function fullDrafts(
  deps: FilingDeps,
  request: FastifyRequest,
  person: Applicant,
  resume: { readonly code: string; readonly agency: string } | undefined,
): Promise<Html | undefined> {
  const { lang } = request;
  const drafts = await listOldestDrafts(deps.database, { tenant: deps.tenant.code, applicantSub: person.sub });
  const open = drafts.some(
    ({ procedure, agency }) => resume && procedure.code === resume.code && agency.id === resume.agency,
  );
  if (drafts.length < DRAFTS_MAX || open) return undefined;
  const body = fullDraftsPage({
    lang,
    drafts: drafts.map((draft) => ({
      id: draft.id,
      name: draft.procedure.name[lang],
      savedAt: formatDateTime(draft.updatedAt),
    })),
  });
  return deps.page(request, { title: draftMessages[lang].full.title, body, failed: true, width: "narrow" });
}

interface Start {
  /** Answers of the case, from the page of questions. */
  readonly values: PostBody;
  readonly person: Applicant;
  readonly offer: Offer;
  readonly chosen: string;
  readonly agencyMissing?: boolean;
}

async function showStart(
  deps: FilingDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  start: Start,
): Promise<FastifyReply> {
  const { lang } = request;
  const { definition, filing, agencies } = start.offer;
  const draft = await openDraft(deps, start.person, definition.code);
  const questions = filing && caseQuestions(definition, filing.form);
  const answers = answersOfCase(start.offer, start.values);
  const context = { today: plainDateOf(deps.clock.now()), facts: factsOf(start.person, "") };
  const body = filingStartPage({
    lang,
    action: filingPaths.start(definition.code),
    procedureHref: `/thu-tuc/${definition.code}`,
    name: definition.name[lang],
    agencies,
    chosen: start.chosen,
    suggested: suggestedAgency(agencies, start.person.address)?.id,
    fileable: filing !== undefined && agencies.length > 0,
    papers: papersOfCase(definition, questions ?? EMPTY_FORM, answers, context),
    answered: !questions || visibleItems(questions, answers, context).every(({ value }) => !isEmptyAnswer(value)),
    answers: [...new URLSearchParams(caseQuery(answers))],
    ...(questions ? { questionsHref: `${filingPaths.questions(definition.code)}?${caseQuery(answers)}` } : {}),
    agencyMissing: start.agencyMissing ?? false,
    draft: draft && {
      href: `/ho-so/${draft.id}/ke-khai`,
      agency: draft.agency.name,
      savedAt: formatDateTime(draft.updatedAt),
    },
  });
  const title = `${filingMessages[lang].start.title}: ${definition.shortName[lang]}`;
  return sendPage(
    reply,
    deps.page(request, { title, body, failed: start.agencyMissing ?? false, width: "narrow" }),
    start.agencyMissing ? 422 : 200,
  );
}

async function openDraft(deps: FilingDeps, person: Applicant, code: string): Promise<Dossier | undefined> {
  const { dossiers } = await listDossiersOf(deps.database, {
    tenant: deps.tenant.code,
    applicantSub: person.sub,
    drafts: true,
  });
  return dossiers.find((dossier) => dossier.procedure.code === code);
}
