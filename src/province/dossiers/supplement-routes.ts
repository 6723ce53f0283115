/** Answering a supplement request: one page, one form; every POST keeps first what was typed and chosen, then judges. */
import type { MultipartFile } from "@fastify/multipart";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { plainDateOf } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import { seeOther, sendPage } from "#kit/http/index.ts";
import { isId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import {
  type Answers as FormAnswers,
  type FieldError,
  type FormContext,
  pageErrors,
  type PostBody,
  readFormPost,
  renderFormPage,
  renderSummary,
  summarizeAnswers,
  validateAnswers,
} from "#province/forms/index.ts";
import type { AccountDeps } from "./account-deps.ts";
import { answerSupplement, saveSupplementAnswer } from "./answer-supplement.ts";
import { removeFile } from "./change-files.ts";
import type { Answers, Applicant, Dossier, Outcome, Refusal, Stand, SupplementRound } from "./dossier.ts";
import { findDossierOf, findOpenSupplement, listFiles, listSupplements } from "./dossier-view.ts";
import { sendFile } from "./download-routes.ts";
import { factsOf, toStored } from "./filing-draft.ts";
import { filingMessages } from "./filing-messages.ts";
import { keepStash, takeStash } from "./filing-stash.ts";
import { areasOf, type FilingProcedure, findFilingVersion } from "./filing-procedure.ts";
import { messages, refusalText } from "./messages.ts";
import { supplementFileControl, supplementPage } from "./pages/supplement-page.ts";
import { dossierPaths } from "./paths.ts";
import { openForm, type OpenedForm } from "./supplement-form.ts";
import { takePaper } from "./upload-paper.ts";
import type { UploadProblem } from "./upload-problem.ts";
import { type Choices, readChoice, usePapers } from "./use-papers.ts";

/** The stash's name for this page, beside the names of a form's pages. */
const PAGE = "bo-sung";

type DossierRequest = FastifyRequest<{ Params: { id: string }; Querystring: { luu?: string } }>;

/** What the account's routes share. */
export interface OwnDossiers {
  ownDossier(
    request: DossierRequest,
    reply: FastifyReply,
  ): Promise<{ person: Applicant; dossier: Dossier } | undefined>;
  refuse(request: FastifyRequest, reply: FastifyReply, dossierId: string, reason: Refusal): FastifyReply;
  sent(request: FastifyRequest): void;
}

/** Everything the page and the judgement look at. */
interface Opened {
  readonly dossier: Dossier;
  readonly round: SupplementRound;
  readonly filing: FilingProcedure | undefined;
  readonly opened: OpenedForm | null;
  readonly context: FormContext;
  /** the dossier's answers with what was typed so far over them */
  readonly answers: FormAnswers;
}

export function supplementRoutes(site: FastifyInstance, deps: AccountDeps, own: OwnDossiers): void {
  sampleRoute(site, deps);
  site.get("/ho-so/:id/bo-sung", async (request: DossierRequest, reply) => {
    const owned = await own.ownDossier(request, reply);
    if (!owned) return reply;
    const open = await load(deps, owned.dossier);
    if (!open) return own.refuse(request, reply, owned.dossier.id, "wrong-state");
    const stash = takeStash(request.session, deps.secret, open.dossier.id, deps.clock.now());
    if (stash) {
      const answers = await keepTyped(deps, open, stash.body);
      return show(deps, request, reply, { ...open, answers }, { said: filingMessages[request.lang].restored });
    }
    const said = request.query.luu === "1" ? messages[request.lang].supplement.saved : undefined;
    return show(deps, request, reply, open, { said });
  });

  site.post("/ho-so/:id/bo-sung", async (request: DossierRequest, reply) => {
    const live = request.headers["x-live"] !== undefined;
    if (!deps.person(request)) {
      // The browser's own upload says so and keeps the page; a pressed button takes what was typed along.
      if (live) return reply.code(401).send();
      const { id } = request.params;
      const { body } = await readParts(request, async () => undefined);
      keepStash(request.session, deps.secret, { dossierId: id, page: PAGE, body, at: deps.clock.now().getTime() });
      return seeOther(reply, deps.signInPath(dossierPaths.supplement(id)));
    }
    const owned = await own.ownDossier(request, reply);
    if (!owned) return reply;
    const before = await load(deps, owned.dossier);
    if (!before) return own.refuse(request, reply, owned.dossier.id, "wrong-state");
    const posted = await takePost(deps, request, before);
    // One file sent by the browser element: a short answer instead of a page.
    if (live) return reply.code(posted.errors.length > 0 ? 422 : 200).send({ errors: posted.errors });
    const open = { ...before, answers: posted.answers };
    const { chosen } = posted;
    if (posted.errors.length > 0) return show(deps, request, reply, open, { errors: posted.errors, chosen });
    if (posted.action !== "send") return seeOther(reply, `${dossierPaths.supplement(open.dossier.id)}?luu=1`);
    const verdict = await send(deps, request, open);
    if (verdict.errors.length > 0) return show(deps, request, reply, open, { errors: verdict.errors });
    if (!verdict.outcome.ok) return own.refuse(request, reply, open.dossier.id, verdict.outcome.reason);
    own.sent(request);
    return seeOther(reply, dossierPaths.dossier(open.dossier.id));
  });
}

/** What the office sent along to show what is wanted: for the owner, as a download. */
function sampleRoute(site: FastifyInstance, deps: AccountDeps): void {
  type BySample = FastifyRequest<{ Params: { id: string; round: string; item: string } }>;
  site.get("/ho-so/:id/bo-sung/:round/mau/:item", async (request: BySample, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(request.url));
    const { id, round, item } = request.params;
    const key = { tenant: deps.tenant.code, dossierId: id, applicantSub: person.sub };
    const dossier = isId(id) ? await findDossierOf(deps.database, key) : undefined;
    const rounds = dossier ? await listSupplements(deps.database, key) : [];
    const asked = rounds.find((one) => String(one.round) === round)?.items ?? [];
    const file = asked.find((_, index) => String(index + 1) === item)?.example?.file;
    if (!file) throw new AppError("not-found", { message: "no such sample for this person" });
    return sendFile(reply, deps.store, file);
  });
}

async function load(deps: AccountDeps, dossier: Dossier): Promise<Opened | undefined> {
  if (dossier.state !== "supplement-requested") return undefined;
  const round = await findOpenSupplement(deps.database, { tenant: deps.tenant.code, dossierId: dossier.id });
  if (!round) return undefined;
  const filing = await findFilingVersion(deps, dossier.procedure.code, dossier.procedure.version);
  return {
    dossier,
    round,
    filing,
    opened: filing ? openForm(filing.form, round.items) : null,
    context: { today: plainDateOf(deps.clock.now()), facts: factsOf(dossier.applicant, dossier.agency.name) },
    answers: { ...dossier.answers, ...round.buffer } as FormAnswers,
  };
}

interface Posted {
  readonly action: string;
  readonly answers: FormAnswers;
  readonly errors: readonly PageError[];
  /** Offers that were ticked, by component. */
  readonly chosen: Choices["chosen"];
}

/** Keeps every file and every typed value of the post; what is wrong with a file stands at its control. */
async function takePost(deps: AccountDeps, request: FastifyRequest, open: Opened): Promise<Posted> {
  const errors: PageError[] = [];
  const refuse = (component: string, problem: UploadProblem, name: string) =>
    errors.push({
      field: supplementFileControl(component),
      message: filingMessages[request.lang].problems[problem](name),
    });
  const components = open.round.items.filter((item) => item.target === "component").map((item) => item.ref);
  let last = components[0] ?? "";
  const { body, overLimit } = await readParts(request, async (component, file) => {
    if (!components.includes(component)) return;
    last = component;
    const paper = { component, name: file.filename, content: file.file };
    const taken = await takePaper(deps, keyOf(deps, open.dossier), paper);
    if (!taken.ok) refuse(component, taken.problem, taken.name);
  });
  if (overLimit) refuse(last, "too-many-at-once", "");
  const choices: Choices = { chosen: new Map(), consents: new Set() };
  for (const [name, values] of Object.entries(body))
    for (const value of values) readChoice(choices, new Set(components), name, value);
  const by = { applicantSub: open.dossier.applicantSub, dossierId: open.dossier.id, lang: request.lang };
  errors.push(...(await usePapers(deps.ownPapers, by, choices)));
  const action = body["_action"]?.at(-1) ?? "save";
  if (action.startsWith("remove:")) {
    const removed = await removeFile(deps.database, { ...keyOf(deps, open.dossier), fileId: fileIdOf(action) });
    if (!removed.ok && removed.reason !== "file-not-found") throw new AppError("conflict", { reason: removed.reason });
  }
  return { action, errors, chosen: choices.chosen, answers: await keepTyped(deps, open, body) };
}

/** The texts of a multipart form by name, each file handed to `take` with its component. The stream is read to its end. */
async function readParts(
  request: FastifyRequest,
  take: (component: string, file: MultipartFile) => Promise<void>,
): Promise<{ body: Record<string, string[]>; overLimit: boolean }> {
  if (!request.isMultipart())
    throw new AppError("unsupported", { message: "a supplement comes as multipart/form-data" });
  const body: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  try {
    for await (const part of request.parts()) {
      if (part.type === "field") {
        if (typeof part.value === "string")
          body[part.fieldname] = [...(body[part.fieldname] ?? []), part.value.normalize("NFC")];
        continue;
      }
      // An empty file control sends a part without a name.
      if (part.filename) await take(part.fieldname.replace(/^file\./, ""), part);
      part.file.resume();
    }
  } catch (error) {
    const code = (error as { code?: unknown } | null)?.code;
    if (code !== "FST_FILES_LIMIT" && code !== "FST_PARTS_LIMIT") throw error;
    return { body, overLimit: true };
  }
  return { body, overLimit: false };
}

/** A button's value that is not an id finds no file. */
function fileIdOf(action: string): string {
  const id = action.slice("remove:".length);
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : "00000000-0000-0000-0000-000000000000";
}

async function keepTyped(deps: AccountDeps, open: Opened, body: PostBody): Promise<FormAnswers> {
  if (!open.opened) return open.answers;
  const { form, page, keys } = open.opened;
  const typed = readFormPost(form, page, body, open.answers);
  const kept = await saveSupplementAnswer(deps.database, {
    ...keyOf(deps, open.dossier),
    answers: only(typed, keys),
    openedKeys: keys,
  });
  if (!kept.ok) throw new AppError("conflict", { reason: kept.reason });
  return typed;
}

/** Judges the whole form, but only what is opened can be wrong: the rest was right when it was filed. */
async function send(
  deps: AccountDeps,
  request: FastifyRequest,
  open: Opened,
): Promise<{ errors: readonly PageError[]; outcome: Outcome<Stand> }> {
  const { dossier, filing, opened } = open;
  const key = keyOf(deps, dossier);
  const keys = opened?.keys ?? [];
  const validation = filing ? validateAnswers(filing.form, open.answers, open.context) : undefined;
  const isOpen = (error: FieldError) =>
    !opened?.frozen.has(error.item) &&
    (keys.includes(error.section && error.row ? error.section : error.item) || keys.includes(error.field));
  const errors = [
    ...pageErrors((validation?.errors ?? []).filter(isOpen), request.lang),
    ...(await missingPapers(deps, request, open)),
  ];
  if (errors.length > 0) return { errors, outcome: { ok: false, reason: "incomplete-answer" } };
  const answers = opened && validation ? only(validation.answers, keys) : {};
  const consequences = opened && validation ? changesOf(dossier.answers, toStored(validation.answers)) : {};
  const outcome = await answerSupplement(deps.database, { ...key, answers, openedKeys: keys, consequences });
  const incomplete = !outcome.ok && outcome.reason === "incomplete-answer";
  return {
    errors: incomplete ? [{ field: "main", message: refusalText("incomplete-answer", request.lang) }] : [],
    outcome,
  };
}

async function missingPapers(deps: AccountDeps, request: FastifyRequest, open: Opened): Promise<PageError[]> {
  const files = await listFiles(deps.database, { tenant: deps.tenant.code, dossierId: open.dossier.id });
  return open.round.items
    .filter(
      (item) =>
        item.target === "component" && !files.some((file) => file.component === item.ref && file.status === "pending"),
    )
    .map((item) => ({
      field: supplementFileControl(item.ref),
      message: messages[request.lang].supplement.paperMissing(item.label),
    }));
}

/** What differs between the stored answers and the new ones; null for those that are gone. */
function changesOf(before: Answers, after: Answers): Answers {
  const changes: Answers = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (JSON.stringify(before[key]) !== JSON.stringify(after[key])) changes[key] = after[key] ?? null;
  }
  return changes;
}

function only(answers: FormAnswers, keys: readonly string[]): Answers {
  return toStored(Object.fromEntries(Object.entries(answers).filter(([key]) => keys.includes(key))));
}

function keyOf(deps: AccountDeps, dossier: Dossier) {
  return { tenant: deps.tenant.code, dossierId: dossier.id, applicantSub: dossier.applicantSub };
}

async function show(
  deps: AccountDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  open: Opened,
  more: {
    readonly errors?: readonly PageError[];
    readonly said?: string | undefined;
    readonly chosen?: Choices["chosen"];
  },
): Promise<FastifyReply> {
  const { lang } = request;
  const errors = more.errors ?? [];
  const { dossier, round, filing, opened, context, answers } = open;
  const components = round.items.filter((item) => item.target === "component").map((item) => item.ref);
  const files = await listFiles(deps.database, { tenant: deps.tenant.code, dossierId: dossier.id });
  const asked = filing?.definition.components.filter(({ code }) => components.includes(code)) ?? [];
  const fieldErrors = errors.map(
    (error): FieldError => ({
      field: error.field,
      item: error.field,
      page: "",
      reason: "",
      message: { vi: error.message, en: error.message },
    }),
  );
  const body = supplementPage({
    lang,
    dossier,
    round,
    fields: opened
      ? renderFormPage({
          form: opened.form,
          page: opened.page,
          answers,
          context,
          lang,
          errors: fieldErrors,
          areas: areasOf(deps.tenant),
        })
      : null,
    files: files.filter((file) => components.includes(file.component)),
    frozen: filing
      ? renderSummary(summarizeAnswers(filing.form, dossier.answers as FormAnswers, context, { lang }), {
          lang,
          heading: "h3",
        })
      : null,
    errors,
    said: more.said,
    offers: (await deps.ownPapers?.offersFor(dossier.applicantSub, asked)) ?? new Map(),
    chosen: more.chosen ?? new Map(),
  });
  const failed = errors.length > 0;
  return sendPage(
    reply,
    deps.page(request, { title: messages[lang].supplement.title, body, failed, width: "narrow" }),
    failed ? 422 : 200,
  );
}
