import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import type { Html } from "#kit/html.ts";
import { formList, formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { pick, type Text } from "#kit/i18n.ts";
import { isId, newSecretId } from "#kit/ids.ts";
import { qrSvg } from "#kit/pdf/index.ts";
import { askHub } from "./ask-hub.ts";
import { isWorthAsking } from "./ask-hub-schedule.ts";
import { awaitHub } from "./await-hub.ts";
import type { Fees, PayableDossier } from "./fee.ts";
import {
  findObligation,
  findObligationByPayCode,
  findPayableDossier,
  findUnfinishedRequest,
  listObligations,
  listOwedBy,
  listTransactions,
  listTransactionsOfDossier,
  type TransactionKey,
} from "./fee-view.ts";
import { messages } from "./messages.ts";
import { openGroupPayment, openPayment } from "./open-payment.ts";
import { owedList } from "./pages/owed-list.ts";
import { payResultPage } from "./pages/pay-link-page.ts";
import { type DuePageProps, duePage } from "./pages/due-page.ts";
import { transactionsPage } from "./pages/transactions-page.ts";
import { PAY_LINK, payLinkRoutes } from "./pay-link-routes.ts";
import { payMessages } from "./pay-messages.ts";
import { feePaths } from "./paths.ts";
import { receiveConfirm } from "./receive-confirm.ts";

/** What the pages need from the portal that mounts them. */
export interface FeeRouteDeps {
  readonly fees: Fees;
  readonly labels: { readonly pay: Text; readonly transactions: Text };
  /** Who is signed in; undefined when nobody is. */
  person(request: FastifyRequest): { readonly sub: string } | undefined;
  /** Address that signs in and comes back to a path of this site. */
  signInPath(back: string): string;
  /** The portal's shell around a page. */
  page(
    request: FastifyRequest,
    content: { readonly title: string; readonly body: Html; readonly wide?: boolean },
  ): Html;
}

type DossierRequest = FastifyRequest<{ Params: { id: string }; Querystring: { tin?: string } }>;
type ReturnRequest = FastifyRequest<{ Querystring: { MaThamChieu?: string } }>;
type ListRequest = FastifyRequest<{ Querystring: { sau?: string } }>;

export function feeRoutes(site: FastifyInstance, deps: FeeRouteDeps): void {
  site.get("/ho-so/:id/thanh-toan", async (request: DossierRequest, reply) => showDue(deps, request, reply));
  site.post("/ho-so/:id/thanh-toan", async (request: DossierRequest, reply) => pay(deps, request, reply));
  site.get("/ho-so/:id/thanh-toan/trang-thai", async (request: DossierRequest) => {
    const dossier = await ownDossier(deps, request);
    return { state: await standOf(deps.fees, dossier.id) };
  });
  site.get("/thanh-toan/tra-ve", async (request: ReturnRequest, reply) => comeBack(deps, request, reply));
  site.post("/giao-dich/thanh-toan", async (request, reply) => payTogether(deps, request, reply));
  payLinkRoutes(site, deps);
  site.get("/giao-dich", async (request: ListRequest, reply) => showTransactions(deps, request, reply));
  const config = { csrf: false, api: true };
  site.post("/thanh-toan/xac-nhan", { config, bodyLimit: 20_000 }, async (request) =>
    receiveConfirm(deps.fees, request.body),
  );
}

async function showDue(deps: FeeRouteDeps, request: DossierRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (!deps.person(request)) return seeOther(reply, deps.signInPath(request.url));
  const { fees } = deps;
  const dossier = await ownDossier(deps, request);
  const unfinished = await findUnfinishedRequest(db(fees), dossier.id);
  if (unfinished && isWorthAsking(unfinished, fees.clock.now())) await askHub(fees, unfinished);
  const { lang } = request;
  const { tin } = request.query;
  const body = duePage({
    lang,
    dossierId: dossier.id,
    dossierName: dossier.code ?? String(dossier.number ?? ""),
    procedureName: pick(dossier.procedure.name, lang),
    obligation: await findObligation(db(fees), dossier.id),
    payee: fees.payeeOf(dossier.agency.id),
    transactions: await listTransactionsOfDossier(db(fees), dossier.id),
    stand: await standOf(fees, dossier.id),
    news: tin === "hub-silent" || tin === "refused" || tin === "failed" || tin === "unpaid" ? tin : undefined,
    requestId: newSecretId(),
    payLabel: pick(deps.labels.pay, lang),
    share: await shareOf(fees, dossier.id),
  });
  return sendPage(reply, deps.page(request, { title: messages[lang].dueTitle, body }));
}

async function pay(deps: FeeRouteDeps, request: DossierRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (!deps.person(request)) return seeOther(reply, deps.signInPath(feePaths.payment(request.params.id)));
  const dossier = await ownDossier(deps, request);
  const requestId = formText(formValues(request), "yeu-cau");
  const opened = await openPayment(deps.fees, {
    dossier,
    requestId: isId(requestId) ? requestId : newSecretId(),
    payerIp: request.ip,
  });
  const here = feePaths.payment(dossier.id);
  switch (opened.kind) {
    case "redirect":
      return seeOther(reply, opened.payUrl);
    case "hub-silent":
    case "refused":
      return seeOther(reply, `${here}?tin=${opened.kind}`);
    case "paid":
    case "nothing-due":
    case "dossier-over":
      return seeOther(reply, here);
  }
}

/** The browser is back from the hub: shows what is known, after asking the hub. It settles nothing by itself. */
async function comeBack(deps: FeeRouteDeps, request: ReturnRequest, reply: FastifyReply): Promise<FastifyReply> {
  const back = await awaitHub(deps.fees, request.query.MaThamChieu ?? "");
  if (!back) throw new AppError("not-found", { message: "no such payment reference" });
  const here = feePaths.payment(back.dossierId);
  const news = back.outcome === "failed" || back.outcome === "unpaid" ? `?tin=${back.outcome}` : "";
  const person = deps.person(request);
  const dossier = await findPayableDossier(db(deps.fees), back.dossierId);
  if (person && dossier?.applicantSub === person.sub) return seeOther(reply, here + news);
  // Somebody who pays for another: back to the link they came by, or one word when they came from elsewhere.
  const link = request.session.get<string>(PAY_LINK);
  const linked = link ? await findObligationByPayCode(db(deps.fees), link) : undefined;
  if (linked?.dossierId === back.dossierId) return seeOther(reply, feePaths.payLink(linked.payCode) + news);
  const { lang } = request;
  const body = payResultPage(lang, back.outcome, person ? feePaths.account() : deps.signInPath(here));
  return sendPage(reply, deps.page(request, { title: payMessages[lang].resultTitle, body }));
}

/** One payment for what was chosen in the list of what the person owes. */
async function payTogether(deps: FeeRouteDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const person = deps.person(request);
  if (!person) return seeOther(reply, deps.signInPath(feePaths.transactions()));
  const { fees } = deps;
  const form = formValues(request);
  const t = payMessages[request.lang];
  const asked = new Set(formList(form, "khoan"));
  const chosen = (await listOwedBy(db(fees), person.sub)).filter((row) => asked.has(row.obligationId));
  const again = (error: string) =>
    showTransactions(deps, request as ListRequest, reply, { error, chosen: chosen.map((row) => row.obligationId) });
  if (chosen.length === 0) return again(asked.size > 0 ? t.paidElsewhere : t.chooseOne);
  if (new Set(chosen.map((row) => fees.payeeOf(row.agencyId).account)).size > 1) return again(t.payeesDiffer);
  const requestId = formText(form, "yeu-cau");
  const opened = await openGroupPayment(fees, {
    obligations: chosen.map((row) => row.obligationId),
    requestId: isId(requestId) ? requestId : newSecretId(),
    payerIp: request.ip,
  });
  if (opened.kind === "redirect") return seeOther(reply, opened.payUrl);
  if (opened.kind === "hub-silent") return again(t.hubSilent);
  return again(opened.kind === "refused" ? t.refused : t.paidElsewhere);
}

async function showTransactions(
  deps: FeeRouteDeps,
  request: ListRequest,
  reply: FastifyReply,
  tried?: { readonly error: string; readonly chosen: readonly string[] },
): Promise<FastifyReply> {
  const person = deps.person(request);
  if (!person) return seeOther(reply, deps.signInPath(feePaths.transactions()));
  const { lang } = request;
  const { rows, next } = await listTransactions(db(deps.fees), person.sub, readKey(request.query.sau));
  const title = pick(deps.labels.transactions, lang);
  const nextPath = next ? `${feePaths.transactions()}?sau=${encodeURIComponent(`${next.key}_${next.id}`)}` : undefined;
  const owed = (await listOwedBy(db(deps.fees), person.sub)).map((row) => ({
    ...row,
    payee: deps.fees.payeeOf(row.agencyId),
  }));
  const list = owedList({
    lang,
    rows: owed,
    chosen: tried?.chosen ?? [],
    error: tried?.error,
    requestId: newSecretId(),
  });
  const body = transactionsPage({ lang, title, rows, next: nextPath, owed: list });
  return sendPage(reply, deps.page(request, { title, wide: true, body }), tried ? 422 : 200);
}

/** Addresses by which somebody else can pay, one for each thing due, with their QR codes. */
async function shareOf(fees: Fees, dossierId: string): Promise<DuePageProps["share"]> {
  const due = (await listObligations(db(fees), dossierId)).filter((one) => one.state === "due");
  return Promise.all(
    due.map(async ({ payCode }) => {
      const address = fees.portalOrigin + feePaths.payLink(payCode);
      return { address, qr: Buffer.from(await qrSvg(address)).toString("utf8") };
    }),
  );
}

function readKey(text: string | undefined): TransactionKey | undefined {
  const [key = "", id = ""] = (text ?? "").split("_");
  return isId(id) && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/.test(key) ? { key, id } : undefined;
}

function db(fees: Fees) {
  return fees.database.forTenant(fees.tenant);
}

async function standOf(fees: Fees, dossierId: string): Promise<DuePageProps["stand"]> {
  const obligation = await findObligation(db(fees), dossierId);
  if (!obligation) return "nothing-due";
  if (obligation.state === "paid") return "paid";
  if (obligation.state !== "due") return "exempt";
  if (isOver(await findPayableDossier(db(fees), dossierId))) return "over";
  return (await findUnfinishedRequest(db(fees), dossierId))?.state === "verifying" ? "verifying" : "due";
}

function isOver(dossier: PayableDossier | undefined): boolean {
  return dossier?.state === "declined" || dossier?.state === "withdrawn" || dossier?.state === "stopped";
}

/** The person's own filed dossier; to everybody else it does not exist. */
async function ownDossier(deps: FeeRouteDeps, request: DossierRequest): Promise<PayableDossier> {
  const person = deps.person(request);
  if (!person) throw new AppError("unauthenticated");
  const dossier = isId(request.params.id) ? await findPayableDossier(db(deps.fees), request.params.id) : undefined;
  if (dossier?.applicantSub !== person.sub)
    throw new AppError("not-found", { message: "no such dossier of this person" });
  return dossier;
}
