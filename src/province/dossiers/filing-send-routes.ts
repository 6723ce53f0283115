import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { formatDateTime } from "#kit/calendar.ts";
import type { Captcha } from "#kit/captcha.ts";
import { formText, formValues, type FormValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId, newId } from "#kit/ids.ts";
import type { Lang } from "#kit/i18n.ts";
import type { PageError } from "#kit/ui/index.ts";
import { findObligation } from "#province/fees/index.ts";
import { placedMessage, summarizeAnswers } from "#province/forms/index.ts";
import { type CarriedDraft, carryDraft } from "./carry-draft.ts";
import type { Dossier } from "./dossier.ts";
import { listFiles, listPartDossiers } from "./dossier-view.ts";
import { draftMessages } from "./draft-messages.ts";
import { fileReviewed } from "./file-reviewed.ts";
import { deliveryForm } from "./filing-delivery.ts";
import type { FilingDeps } from "./filing-deps.ts";
import { type FilingDraft, type FilingReview, loadDraft, reviewDraft } from "./filing-draft.ts";
import { frameOf } from "./filing-form-routes.ts";
import { filingMessages } from "./filing-messages.ts";
import { filingPaths } from "./filing-paths.ts";
import { refusalText } from "./messages.ts";
import { fileControl } from "./pages/filing-papers-page.ts";
import { filingCheckPage } from "./pages/filing-check-page.ts";
import { stepHref } from "./pages/filing-frame.ts";
import { dossierPaths } from "./paths.ts";
import { filingSentPage } from "./pages/filing-sent-page.ts";

type Place = { Params: { id: string } };

const CAPTCHA_PURPOSE = "filing";

export function filingSendRoutes(site: FastifyInstance, deps: FilingDeps): void {
  site.get<Place>("/ho-so/:id/kiem-tra", async (request, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(request.url));
    const draft = await carryDraft(deps, await loadDraft(deps, person, request.params.id));
    if (draft.dossier.state !== "draft") return seeOther(reply, sentPath(deps, draft.dossier.id));
    const review = await reviewDraft(deps, draft);
    return sendCheck(deps, request, reply, { draft, review, errors: [], submissionId: newId() });
  });

  site.post<Place>("/ho-so/:id/kiem-tra", async (request, reply) => {
    const person = deps.person(request);
    // Nothing is typed on this page but the code: signing in leads back to it.
    if (!person) return seeOther(reply, deps.signInPath(request.url));
    const loaded = await loadDraft(deps, person, request.params.id);
    const draft = await carryDraft(deps, loaded);
    const sent = sentPath(deps, draft.dossier.id);
    if (draft.dossier.state !== "draft") return seeOther(reply, sent);
    const values = formValues(request);
    const review = await reviewDraft(deps, draft);
    const given = formText(values, "submissionId");
    const check = { draft, review, submissionId: isId(given) ? given : newId() };
    const refused = versionRefusal(loaded, draft, request.lang);
    if (refused) return sendCheck(deps, request, reply, { ...check, errors: [{ field: "main", message: refused }] });
    if (problemsOf(draft, review, request.lang).length > 0)
      return sendCheck(deps, request, reply, { ...check, errors: [] });
    const captcha = await captchaError(deps, request.lang, values);
    if (captcha) return sendCheck(deps, request, reply, { ...check, errors: [captcha] });
    const filed = await file(deps, check, values);
    if (filed.ok) await deps.counter?.onFiled(request, draft.dossier.id);
    // Another tab or a second click was first: one dossier, and its page.
    if (filed.ok || filed.reason === "already-filed") return seeOther(reply, sent);
    const message = refusalText(filed.reason, request.lang);
    // Bound to other content: the page that is shown now is what the next press sends.
    const submissionId = filed.reason === "submission-reused" ? newId() : check.submissionId;
    return sendCheck(deps, request, reply, { draft, review, submissionId, errors: [{ field: "main", message }] });
  });

  site.get<Place>("/ho-so/:id/da-gui", async (request, reply) => {
    const person = deps.person(request);
    if (!person) return seeOther(reply, deps.signInPath(request.url));
    const draft = await loadDraft(deps, person, request.params.id);
    const { dossier } = draft;
    if (dossier.state === "draft" || dossier.number === null) return seeOther(reply, filingPaths.check(dossier.id));
    if (deps.counter) return seeOther(reply, deps.counter.donePath(dossier.id));
    return sendSent(deps, request, reply, draft, dossier.number);
  });
}

function sentPath(deps: FilingDeps, dossierId: string): string {
  return deps.counter?.donePath(dossierId) ?? filingPaths.sent(dossierId);
}

/** What was read is what is sent: a form that changed meanwhile, or that nobody takes any more, is not. */
function versionRefusal(loaded: FilingDraft, draft: CarriedDraft, lang: Lang): string | undefined {
  if (draft.withdrawn) return draftMessages[lang].withdrawn.cannot;
  return draft.procedure === loaded.procedure ? undefined : draftMessages[lang].changedBeforeSending;
}

interface Check {
  readonly draft: CarriedDraft;
  readonly review: FilingReview;
  readonly submissionId: string;
}

function file(deps: FilingDeps, check: Check, values: FormValues) {
  const files = formText(values, "files")
    .split(",")
    .filter(Boolean)
    .map((entry) => ({ id: entry.split(":")[0] ?? "", sha256: entry.split(":")[1] ?? "" }));
  return fileReviewed(deps, check, files);
}

async function captchaError(deps: FilingDeps, lang: Lang, values: FormValues): Promise<PageError | undefined> {
  if (!deps.tenant.askSecurityCode) return undefined;
  const t = filingMessages[lang].check;
  const answer = await deps.captcha.judge(
    CAPTCHA_PURPOSE,
    formText(values, "captchaToken"),
    formText(values, "captcha"),
  );
  if (answer === "right") return undefined;
  const message = answer === "missing" ? t.captchaMissing : answer === "wrong" ? t.captchaWrong : t.captchaExpired;
  return { field: "captcha", message };
}

/** What keeps the dossier from being sent, each with the place where it is put right. */
function problemsOf(draft: FilingDraft, review: FilingReview, lang: Lang): { href: string; message: string }[] {
  const { dossier, procedure } = draft;
  const papers = filingPaths.papers(dossier.id);
  return [
    ...review.errors.map((error) => ({
      href: `${stepHref(procedure.form, dossier.id, error.page)}#${error.field}`,
      message: placedMessage(error, lang),
    })),
    ...review.missing.map((component) => ({
      href: `${papers}#${fileControl(component.code)}`,
      message: filingMessages[lang].papers.missing(component.name[lang]),
    })),
    ...review.lost.map((file) => ({
      href: `${papers}#${fileControl(file.component)}`,
      message: filingMessages[lang].check.lost(file.name),
    })),
    ...review.deliveryErrors.map((error) => ({
      href: `${filingPaths.delivery(dossier.id)}#${error.field}`,
      message: placedMessage(error, lang),
    })),
    ...(review.assessment
      ? []
      : [{ href: stepHref(procedure.form, dossier.id, ""), message: filingMessages[lang].check.amountChanged }]),
  ];
}

async function sendCheck(
  deps: FilingDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  check: Check & { readonly errors: readonly PageError[] },
): Promise<FastifyReply> {
  const { lang } = request;
  const { draft, review } = check;
  const { title } = filingMessages[lang].check;
  const problems = problemsOf(draft, review, lang);
  let captcha: Captcha | undefined;
  if (deps.tenant.askSecurityCode && problems.length === 0) captcha = deps.captcha.issue(CAPTCHA_PURPOSE);
  const body = filingCheckPage({
    ...frameOf(deps, draft, "check", title, lang),
    answers: summarizeAnswers(draft.procedure.form, draft.answers, draft.context, { lang }),
    delivery: summarizeAnswers(deliveryForm(draft.dossier.channel).form, draft.answers, draft.context, { lang }),
    files: review.files,
    components: draft.procedure.definition.components,
    assessment: review.assessment,
    problems,
    errors: check.errors,
    submitLabel: deps.tenant.labels.submit[lang],
    submissionId: check.submissionId,
    captcha,
    declarationHref: deps.portalOrigin ? dossierPaths.declaration(draft.dossier.id) : undefined,
  });
  const failed = problems.length > 0 || check.errors.length > 0;
  return sendPage(
    reply,
    deps.page(request, { title, body, failed, width: "wide" }),
    request.method === "POST" && failed ? 422 : 200,
  );
}

async function owedBy(deps: FilingDeps, dossiers: readonly Dossier[], lang: Lang) {
  const db = deps.database.forTenant(deps.tenant.code);
  const owing = dossiers.filter(({ feeState }) => feeState === "due");
  return Promise.all(
    owing.map(async ({ id, procedure }) => {
      const total = (await findObligation(db, id))?.total ?? 0;
      return { dossierId: id, name: procedure.name[lang], total };
    }),
  );
}

async function sendSent(
  deps: FilingDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  draft: FilingDraft,
  number: number,
): Promise<FastifyReply> {
  const { lang } = request;
  const { dossier } = draft;
  const { title } = filingMessages[lang].sent;
  const files = await listFiles(deps.database, { tenant: deps.tenant.code, dossierId: dossier.id });
  const linked = dossier.linkedWhole === dossier.id;
  const owing = linked
    ? await listPartDossiers(deps.database, { tenant: deps.tenant.code, dossierId: dossier.id })
    : [dossier];
  const body = filingSentPage({
    lang,
    dossierId: dossier.id,
    number,
    procedure: dossier.procedure.name[lang],
    agency: dossier.agency.name,
    filedAt: formatDateTime(dossier.filedAt ?? dossier.updatedAt),
    files: files.length,
    owed: await owedBy(deps, owing, lang),
    linked,
    payLabel: deps.tenant.labels.pay[lang],
    accountLabel: deps.tenant.labels.account[lang],
  });
  return sendPage(reply, deps.page(request, { title, body, failed: false, width: "narrow" }));
}
