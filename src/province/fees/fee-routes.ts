import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import type { Html } from "#kit/html.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { pick, type Text } from "#kit/i18n.ts";
import { isId, newSecretId } from "#kit/ids.ts";
import { askHub } from "./ask-hub.ts";
import { awaitHub } from "./await-hub.ts";
import type { Fees, PayableDossier } from "./fee.ts";
import {
  findObligation,
  findPayableDossier,
  findUnfinishedRequest,
  listTransactions,
  listTransactionsOfDossier,
  type TransactionKey,
} from "./fee-view.ts";
import { messages } from "./messages.ts";
import { openPayment } from "./open-payment.ts";
import { type DuePageProps, duePage } from "./pages/due-page.ts";
import { transactionsPage } from "./pages/transactions-page.ts";
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
  // Only a request of which the hub last said "undecided" is worth asking about on every view.
  if (unfinished?.state === "verifying") await askHub(fees, unfinished);
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
  if (!deps.person(request)) return seeOther(reply, deps.signInPath(here));
  const news = back.outcome === "failed" || back.outcome === "unpaid" ? `?tin=${back.outcome}` : "";
  return seeOther(reply, here + news);
}

async function showTransactions(deps: FeeRouteDeps, request: ListRequest, reply: FastifyReply): Promise<FastifyReply> {
  const person = deps.person(request);
  if (!person) return seeOther(reply, deps.signInPath(feePaths.transactions()));
  const { lang } = request;
  const { rows, next } = await listTransactions(db(deps.fees), person.sub, readKey(request.query.sau));
  const title = pick(deps.labels.transactions, lang);
  const nextPath = next ? `${feePaths.transactions()}?sau=${encodeURIComponent(`${next.key}_${next.id}`)}` : undefined;
  return sendPage(
    reply,
    deps.page(request, { title, wide: true, body: transactionsPage({ lang, title, rows, next: nextPath }) }),
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
