import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { formatTime } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import { formValues, seeOther, sendPage } from "#kit/http/index.ts";
import {
  type Answers,
  type FieldError,
  type FormDefinition,
  type FormPage,
  type PostBody,
  readFormAction,
  readFormPost,
  validateAnswers,
} from "#province/forms/index.ts";
import { DELIVERY_FORM, DELIVERY_PAGE } from "./filing-delivery.ts";
import type { FilingDeps } from "./filing-deps.ts";
import { type FilingDraft, loadDraft, toStored } from "./filing-draft.ts";
import { filingPaths } from "./filing-paths.ts";
import { areasOf } from "./filing-procedure.ts";
import { keepStash, takeStash } from "./filing-stash.ts";
import { CHECKED_NAME, filingFormPage } from "./pages/filing-form-page.ts";
import type { FrameProps } from "./pages/filing-frame.ts";
import { stepHref, stepsOf } from "./pages/filing-frame.ts";
import { dossierPaths } from "./paths.ts";
import { saveDraft } from "./save-draft.ts";

type Place = { Params: { id: string; page: string }; Querystring: { luu?: string } };

export function filingFormRoutes(site: FastifyInstance, deps: FilingDeps): void {
  site.get<Place>("/ho-so/:id/ke-khai", async (request, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(request.url));
    const draft = await loadDraft(deps, person, request.params.id);
    return seeOther(reply, stepHref(draft.procedure.form, draft.dossier.id, draft.dossier.page ?? ""));
  });
  site.get<Place>("/ho-so/:id/ke-khai/:page", (request, reply) => showStep(deps, request, reply, request.params.page));
  site.post<Place>("/ho-so/:id/ke-khai/:page", (request, reply) => saveStep(deps, request, reply, request.params.page));
  site.get<Place>("/ho-so/:id/nhan-ket-qua", (request, reply) => showStep(deps, request, reply, "delivery"));
  site.post<Place>("/ho-so/:id/nhan-ket-qua", (request, reply) => saveStep(deps, request, reply, "delivery"));
}

type StepRequest = FastifyRequest<Place>;

/** A step that asks questions: a page of the procedure's form, or the delivery page. */
interface Step {
  readonly form: FormDefinition;
  readonly page: FormPage;
}

function stepOf(draft: FilingDraft, name: string): Step {
  if (name === "delivery") return { form: DELIVERY_FORM, page: DELIVERY_PAGE };
  const { form } = draft.procedure;
  const page = form.pages.find((candidate) => candidate.id === name);
  if (!page) throw new AppError("not-found", { message: "no such page of the form" });
  return { form, page };
}

async function showStep(
  deps: FilingDeps,
  request: StepRequest,
  reply: FastifyReply,
  name: string,
): Promise<FastifyReply> {
  const person = deps.person(request);
  if (!person) return seeOther(reply, deps.signInPath(request.url));
  let draft = await loadDraft(deps, person, request.params.id);
  if (draft.dossier.state !== "draft") return seeOther(reply, dossierPaths.dossier(draft.dossier.id));
  const stash = takeStash(request.session, deps.secret, draft.dossier.id, deps.clock.now());
  if (stash) {
    const { form, page } = stepOf(draft, stash.page);
    await save(deps, draft, stash.page, page, readFormPost(form, page, stash.body, draft.answers));
    draft = await loadDraft(deps, person, request.params.id);
  }
  const flash = stash ? "restored" : request.query.luu ? "saved" : undefined;
  return sendStep(deps, request, reply, { draft, name, answers: draft.answers, errors: [], flash });
}

async function saveStep(
  deps: FilingDeps,
  request: StepRequest,
  reply: FastifyReply,
  name: string,
): Promise<FastifyReply> {
  const person = deps.person(request);
  const body: PostBody = formValues(request);
  const { id } = request.params;
  if (!person) {
    // The browser's own saving says so and keeps the page as it is; a pressed button takes what was typed along.
    if (request.headers["x-live"]) return reply.code(401).send();
    keepStash(request.session, deps.secret, { dossierId: id, page: name, body, at: deps.clock.now().getTime() });
    return seeOther(reply, deps.signInPath(request.url));
  }
  const draft = await loadDraft(deps, person, id);
  if (draft.dossier.state !== "draft") return seeOther(reply, filingPaths.sent(id));
  const { form, page } = stepOf(draft, name);
  const answers = readFormPost(form, page, body, draft.answers);
  await save(deps, draft, name, page, answers);
  const here = stepHref(draft.procedure.form, id, name);
  const action = readFormAction(body);
  const live = request.headers["x-live"] !== undefined;
  if (live) return sendLive(deps, request, reply, { draft, name, form, page, body, answers });
  if (action.kind === "update") return seeOther(reply, here);
  if (action.kind === "save") return seeOther(reply, `${here}?luu=1`);
  if (action.kind !== "next") return seeOther(reply, `${here}#${action.section}`);
  const { errors } = validateAnswers(form, answers, { ...draft.context, page: page.id });
  if (errors.length > 0)
    return sendStep(deps, request, reply, { draft, name, answers, errors, flash: undefined, savedNow: true });
  const order = stepsOf(draft.procedure.form);
  return seeOther(reply, stepHref(draft.procedure.form, id, order[order.indexOf(name) + 1] ?? "check"));
}

interface Live extends Step {
  readonly draft: FilingDraft;
  readonly name: string;
  readonly body: PostBody;
  readonly answers: Answers;
}

/**
 * The browser saves by itself: the page comes back with the questions of now. What is wrong is marked as soon as it is
 * typed; what is only still empty is marked when the person has once asked to go on.
 */
function sendLive(deps: FilingDeps, request: FastifyRequest, reply: FastifyReply, live: Live): FastifyReply {
  const { draft, name, form, page, answers } = live;
  const { errors } = validateAnswers(form, answers, { ...draft.context, page: page.id });
  const checked = live.body[CHECKED_NAME] === "1";
  const shown = errors.filter((error) => checked || !error.reason.startsWith("required-"));
  return sendStep(deps, request, reply, {
    draft,
    name,
    answers,
    errors: shown,
    flash: undefined,
    savedNow: true,
    checked,
    live: true,
  });
}

/** Writes the page's own items only: two tabs on two pages both keep what they typed. */
async function save(
  deps: FilingDeps,
  draft: FilingDraft,
  step: string,
  page: FormPage,
  answers: Answers,
): Promise<void> {
  const own = new Set(
    page.sections.flatMap((section) => (section.repeat ? [section.id] : section.items.map((item) => item.id))),
  );
  const saved = await saveDraft(deps.database, {
    tenant: deps.tenant.code,
    dossierId: draft.dossier.id,
    applicantSub: draft.dossier.applicantSub,
    answers: toStored(Object.fromEntries(Object.entries(answers).filter(([id]) => own.has(id)))),
    page: step,
  });
  if (!saved.ok && saved.reason !== "already-filed" && saved.reason !== "wrong-state") {
    throw new AppError("conflict", { reason: saved.reason });
  }
}

interface Shown {
  readonly draft: FilingDraft;
  readonly name: string;
  readonly answers: Answers;
  readonly errors: readonly FieldError[];
  readonly flash: FrameProps["flash"];
  readonly savedNow?: boolean;
  /** The person has asked to go on from this page before. */
  readonly checked?: boolean;
  readonly live?: boolean;
}

function sendStep(deps: FilingDeps, request: FastifyRequest, reply: FastifyReply, shown: Shown): FastifyReply {
  const { lang } = request;
  const { draft, name, answers, errors } = shown;
  const { form, page } = stepOf(draft, name);
  const body = filingFormPage({
    ...frameOf(deps, draft, name, page.title[lang], lang),
    flash: shown.flash,
    ...(shown.savedNow ? { savedAt: formatTime(deps.clock.now()) } : {}),
    action: stepHref(draft.procedure.form, draft.dossier.id, name),
    errors,
    checked: shown.checked ?? errors.length > 0,
    questions: { form, page, answers, context: draft.context, lang, areas: shown.live ? [] : areasOf(deps.tenant) },
  });
  // The browser element takes the questions only: the frame around them need not travel with every save.
  if (shown.live) return sendPage(reply, body);
  const failed = errors.length > 0;
  return sendPage(
    reply,
    deps.page(request, { title: page.title[lang], body, failed, width: "wide" }),
    failed ? 422 : 200,
  );
}

/** What all pages of a filing have in common. */
export function frameOf(
  deps: FilingDeps,
  draft: FilingDraft,
  step: string,
  title: string,
  lang: FrameProps["lang"],
): FrameProps {
  const { dossier, procedure } = draft;
  const touched = dossier.updatedAt.getTime() > dossier.createdAt.getTime();
  return {
    lang,
    dossierId: dossier.id,
    procedureName: procedure.definition.shortName[lang],
    form: procedure.form,
    step,
    title,
    savedAt: touched ? formatTime(dossier.updatedAt) : undefined,
    accountLabel: deps.tenant.labels.account[lang],
  };
}
