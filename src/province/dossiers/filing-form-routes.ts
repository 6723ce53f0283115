import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { formatTime } from "#kit/calendar.ts";
import { formValues, seeOther, sendPage } from "#kit/http/index.ts";
import type { PageError } from "#kit/ui/index.ts";
import {
  ACTION_NAME,
  answerAt,
  type Answers,
  factsUsed,
  type FieldError,
  type FormPage,
  marksOf,
  type MergeConflict,
  readFormAction,
  shownErrors,
  validateAnswers,
  writeMarks,
} from "#province/forms/index.ts";
import { type CarriedDraft, carryDraft } from "./carry-draft.ts";
import { CHECKED_NAME } from "./draft-fields.ts";
import type { FilingDeps } from "./filing-deps.ts";
import { type FilingDraft, loadDraft } from "./filing-draft.ts";
import { filingPaths } from "./filing-paths.ts";
import { areasOf } from "./filing-procedure.ts";
import { keepStash, takeStash } from "./filing-stash.ts";
import { conflictLines, findStep, readStepPost, type Step, stepOf, type StepPost, wholeForm } from "./filing-step.ts";
import { unitsFor } from "./filing-units.ts";
import { type AskedBefore, errorsBySeen } from "./new-questions.ts";
import { keepSignatures } from "./keep-signatures.ts";
import { type KnownPanelProps, TAKE_KNOWN } from "./pages/known-panel.ts";
import { filingFormPage } from "./pages/filing-form-page.ts";
import type { FrameProps } from "./pages/filing-frame.ts";
import { stepHref, stepsOf } from "./pages/filing-frame.ts";
import { dossierPaths } from "./paths.ts";
import { type SavedPage, savePage, textOf } from "./save-page.ts";
import { mayTakeKnown, takeKnown } from "./take-known.ts";

type Place = { Params: { id: string; page: string }; Querystring: { luu?: string } };

export function filingFormRoutes(site: FastifyInstance, deps: FilingDeps): void {
  site.get<Place>("/ho-so/:id/ke-khai", async (request, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(request.url));
    const draft = await carryDraft(deps, await loadDraft(deps, person, request.params.id));
    return seeOther(reply, stepHref(draft.procedure.form, draft.dossier.id, draft.dossier.page ?? ""));
  });
  site.get<Place>("/ho-so/:id/ke-khai/:page", (request, reply) => showStep(deps, request, reply, request.params.page));
  site.post<Place>("/ho-so/:id/ke-khai/:page", (request, reply) => saveStep(deps, request, reply, request.params.page));
  site.get<Place>("/ho-so/:id/nhan-ket-qua", (request, reply) => showStep(deps, request, reply, "delivery"));
  site.post<Place>("/ho-so/:id/nhan-ket-qua", (request, reply) => saveStep(deps, request, reply, "delivery"));
}

type StepRequest = FastifyRequest<Place>;

async function showStep(
  deps: FilingDeps,
  request: StepRequest,
  reply: FastifyReply,
  name: string,
): Promise<FastifyReply> {
  const person = deps.person(request);
  if (!person) return seeOther(reply, deps.signInPath(request.url));
  let draft: CarriedDraft = await carryDraft(deps, await loadDraft(deps, person, request.params.id));
  if (draft.dossier.state !== "draft") return seeOther(reply, dossierPaths.dossier(draft.dossier.id));
  // An address that was kept (a bookmark, another tab) may name a page of an older version.
  if (!findStep(draft, name)) return seeOther(reply, stepHref(draft.procedure.form, draft.dossier.id, ""));
  const stash = takeStash(request.session, deps.secret, draft.dossier.id, deps.clock.now());
  if (stash) {
    const step = findStep(draft, stash.page) ?? wholeForm(draft);
    const saved = await savePage(deps, draft, { ...step, step: stash.page, body: stash.body });
    draft = { ...draft, ...saved.draft };
    if (saved.conflicts.length > 0) {
      return sendStep(deps, request, reply, {
        ...saved,
        draft,
        name,
        errors: [],
        flash: undefined,
        stored: draft.answers,
      });
    }
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
  const { id } = request.params;
  if (!person) {
    // The browser's own saving says so and keeps the page as it is; a pressed button takes what was typed along.
    if (request.headers["x-live"]) return reply.code(401).send();
    if (!request.isMultipart()) {
      const body = formValues(request);
      keepStash(request.session, deps.secret, { dossierId: id, page: name, body, at: deps.clock.now().getTime() });
    }
    return seeOther(reply, deps.signInPath(request.url));
  }
  let draft = await loadDraft(deps, person, id);
  if (draft.dossier.state !== "draft") return seeOther(reply, deps.counter?.donePath(id) ?? filingPaths.sent(id));
  const known = findStep(draft, name);
  const step = known ?? wholeForm(draft);
  const before = { answers: draft.answers, context: draft.context };
  const post = await readStepPost(deps, request, draft, step);
  const saved = await savePage(deps, draft, { ...step, step: known ? name : "", body: post.body });
  draft = saved.draft;
  if (!known) return seeOther(reply, stepHref(draft.procedure.form, id, ""));
  if (request.headers["x-live"] !== undefined)
    return answerLive(deps, request, reply, { draft, name, step, post, saved });
  await keepSignatures(deps, draft, step.page);
  // A file that has just come is an answer too.
  if (request.isMultipart()) draft = { ...draft, context: (await loadDraft(deps, person, id)).context };
  if (saved.conflicts.length > 0 || post.errors.length > 0) {
    const shown = { ...saved, name, errors: [], fileErrors: post.errors, flash: undefined, savedNow: true };
    return sendStep(deps, request, reply, { ...shown, draft, stored: draft.answers });
  }
  return goOn(deps, request, reply, { draft, name, step, post, answers: saved.answers, before });
}

interface Saved {
  readonly draft: FilingDraft;
  readonly name: string;
  readonly step: Step;
  readonly post: StepPost;
  readonly answers: Answers;
  /** What the page was shown by. */
  readonly before: Pick<AskedBefore, "answers" | "context">;
}

/** What the pressed button asks for. */
async function goOn(deps: FilingDeps, request: StepRequest, reply: FastifyReply, saved: Saved): Promise<FastifyReply> {
  const { draft, name, answers } = saved;
  const { form, page } = saved.step;
  const here = stepHref(draft.procedure.form, draft.dossier.id, name);
  if (textOf(saved.post.body, ACTION_NAME) === TAKE_KNOWN) {
    await takeKnown(deps, draft.dossier.applicant, draft);
    return seeOther(reply, here);
  }
  const action = readFormAction(saved.post.body);
  if (action.kind === "update") return seeOther(reply, here);
  if (action.kind === "save") return seeOther(reply, `${here}?luu=1`);
  if (action.kind !== "next") return seeOther(reply, `${here}#${action.section}`);
  const { errors } = validateAnswers(form, answers, { ...draft.context, page: page.id });
  if (errors.length > 0) {
    const { seen, opened } = errorsBySeen(errors, { form, ...saved.before, body: saved.post.body });
    const [first] = seen.length === 0 ? opened : [];
    const flash = first && { opened: first.field };
    return sendStep(deps, request, reply, { draft, name, answers, errors: seen, flash, savedNow: true });
  }
  const order = stepsOf(draft.procedure.form);
  return seeOther(reply, stepHref(draft.procedure.form, draft.dossier.id, order[order.indexOf(name) + 1] ?? "check"));
}

interface LiveSave extends Omit<Saved, "answers" | "before"> {
  readonly saved: SavedPage;
}

/**
 * The browser saves by itself. `x-live: json`: it shows the questions itself, and hears what is stored. `x-live: 1`
 * (its engine did not load): the page comes back with the questions of now.
 */
function answerLive(
  deps: FilingDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  live: LiveSave,
): FastifyReply | Promise<FastifyReply> {
  const { draft, name, saved } = live;
  const { form, page } = live.step;
  if (request.headers["x-live"] === "json") {
    if (saved.conflicts.length > 0) return reply.code(409).send({ conflicts: saved.conflicts.map(({ id }) => id) });
    return reply.send({
      savedAt: formatTime(deps.clock.now()),
      shown: writeMarks(marksOf(form, page, saved.answers, draft.context)),
      taken: saved.taken,
      answers: Object.fromEntries(saved.taken.map((id) => [id, answerAt(saved.answers, id) ?? null])),
    });
  }
  const { errors } = validateAnswers(form, saved.answers, { ...draft.context, page: page.id });
  const checked = textOf(live.post.body, CHECKED_NAME) === "1";
  const shown = { draft, name, answers: saved.answers, errors: shownErrors(errors, checked), flash: undefined };
  return sendStep(deps, request, reply, { ...shown, savedNow: true, checked, live: true });
}

interface Shown {
  readonly draft: CarriedDraft;
  readonly name: string;
  readonly answers: Answers;
  readonly errors: readonly FieldError[];
  readonly fileErrors?: readonly PageError[];
  readonly flash: FrameProps["flash"];
  readonly savedNow?: boolean;
  /** The person has asked to go on from this page before. */
  readonly checked?: boolean;
  readonly live?: boolean;
  readonly conflicts?: readonly MergeConflict[];
  /** What is stored, where it differs from what is shown. */
  readonly stored?: Answers;
}

async function sendStep(
  deps: FilingDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  shown: Shown,
): Promise<FastifyReply> {
  const { lang } = request;
  const { draft, name, answers, errors } = shown;
  const { form, page } = stepOf(draft, name);
  const { context } = draft;
  const units = await unitsFor(page);
  const areas = shown.live ? [] : areasOf(deps.tenant);
  const frame = frameOf(deps, draft, name, page.title[lang], lang);
  const body = filingFormPage({
    ...frame,
    flash: shown.flash,
    ...(shown.savedNow ? { savedAt: formatTime(deps.clock.now()) } : {}),
    action: stepHref(draft.procedure.form, draft.dossier.id, name),
    errors,
    fileErrors: shown.fileErrors ?? [],
    checked: shown.checked ?? errors.length > 0,
    shown: writeMarks(marksOf(form, page, shown.stored ?? answers, context)),
    known: knownOf(deps, draft, page),
    conflicts: conflictLines(page, shown.conflicts ?? [], lang),
    questions: { form, page, answers, context, lang, areas, ...(units ? { units } : {}) },
  });
  // The browser element takes the questions only: the frame around them need not travel with every save.
  if (shown.live) return sendPage(reply, body);
  const conflict = (shown.conflicts?.length ?? 0) > 0;
  const failed = errors.length > 0 || conflict || (shown.fileErrors?.length ?? 0) > 0;
  const html = deps.page(request, {
    title: page.title[lang],
    description: `${frame.procedureName}: ${page.title[lang]}`,
    body,
    failed,
    width: "wide",
  });
  return sendPage(reply, html, conflict ? 409 : failed ? 422 : 200);
}

/** On the first page, and wherever something could be filled in. */
function knownOf(deps: FilingDeps, draft: CarriedDraft, page: FormPage): KnownPanelProps | undefined {
  // Consent to be asked about is the person's own to give, in their account.
  if (deps.counter) return undefined;
  const { form } = draft.procedure;
  const { known } = draft.dossier;
  if (form.pages[0]?.id !== page.id && factsUsed(page, "population").length === 0) return undefined;
  return { known, may: mayTakeKnown(deps, draft) };
}

/** What all pages of a filing have in common. */
export function frameOf(
  deps: FilingDeps,
  draft: CarriedDraft,
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
    counter: deps.counter !== undefined,
    draftState: { changes: draft.changes, withdrawn: draft.withdrawn },
  };
}
