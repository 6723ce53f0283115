/** Paying without signing in: by the unguessable address of an obligation, and by the hub's question about a dossier. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { createThrottle, formText, formValues, networkOf, seeOther, sendPage, type Throttle } from "#kit/http/index.ts";
import { pick } from "#kit/i18n.ts";
import { isId, newSecretId } from "#kit/ids.ts";
import { askHub } from "./ask-hub.ts";
import { isWorthAsking } from "./ask-hub-schedule.ts";
import { type Fees, type Obligation, orderText, type PayableDossier } from "./fee.ts";
import type { FeeRouteDeps } from "./fee-routes.ts";
import { findObligationByPayCode, findPayableDossier, findUnfinishedRequestFor } from "./fee-view.ts";
import { maskName } from "./mask-name.ts";
import { openGroupPayment } from "./open-payment.ts";
import { payLinkPage, type PayLinkProps } from "./pages/pay-link-page.ts";
import { feePaths } from "./paths.ts";
import { payMessages } from "./pay-messages.ts";
import { answerUnpaidFee } from "./unpaid-fee.ts";

type LinkRequest = FastifyRequest<{ Params: { code: string }; Querystring: { tin?: string } }>;

/** Which link this browser came by, so that it finds back from the hub. */
export const PAY_LINK = "pay-link";

/** Addresses of this kind that do not exist, from one network; after them none is looked up for a while. */
const UNKNOWN_LINKS = { turns: 30, seconds: 600 } as const;
/** Orders opened by one link: each may ask the hub. */
const ORDERS_OF_A_LINK = { turns: 20, seconds: 600 } as const;

interface LinkDeps extends FeeRouteDeps {
  readonly unknown: Throttle;
  readonly orders: Throttle;
}

export function payLinkRoutes(site: FastifyInstance, feeDeps: FeeRouteDeps): void {
  const deps: LinkDeps = {
    ...feeDeps,
    unknown: createThrottle(UNKNOWN_LINKS),
    orders: createThrottle(ORDERS_OF_A_LINK),
  };
  site.get("/nop-thay/:code", async (request: LinkRequest, reply) => show(deps, request, reply));
  site.post("/nop-thay/:code", async (request: LinkRequest, reply) => pay(deps, request, reply));
  site.get("/nop-thay/:code/trang-thai", async (request: LinkRequest) => {
    const { obligation, dossier } = await linked(deps, request);
    return { state: await standOf(deps.fees, obligation, dossier) };
  });
  const config = { csrf: false, api: true };
  site.post("/thanh-toan/tra-cuu", { config, bodyLimit: 5_000 }, async (request, reply) => {
    const bearer = /^Bearer (.{1,500})$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const { status, answer } = await answerUnpaidFee(deps.fees, bearer, request.body);
    return reply.code(status).send(answer);
  });
}

async function show(deps: LinkDeps, request: LinkRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { fees } = deps;
  const { obligation, dossier } = await linked(deps, request);
  const { lang } = request;
  const { tin } = request.query;
  const payee = fees.payeeOf(dossier.agency.id);
  const body = payLinkPage({
    lang,
    code: obligation.payCode,
    orderText: orderText(dossier),
    applicant: maskName(dossier.applicant.name),
    payee: payMessages[lang].account(pick(payee.holderName, lang), payee.account, payee.bankName),
    amount: obligation.total,
    stand: await standOf(fees, obligation, dossier),
    news: tin === "hub-silent" || tin === "refused" || tin === "failed" || tin === "unpaid" ? tin : undefined,
    requestId: newSecretId(),
  });
  void reply.header("cache-control", "private, no-store");
  return sendPage(reply, deps.page(request, { title: payMessages[lang].linkTitle, body }));
}

async function pay(deps: LinkDeps, request: LinkRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { obligation } = await linked(deps, request);
  deps.orders.take(obligation.id);
  const requestId = formText(formValues(request), "yeu-cau");
  const opened = await openGroupPayment(deps.fees, {
    obligations: [obligation.id],
    requestId: isId(requestId) ? requestId : newSecretId(),
    payerIp: request.ip,
  });
  const here = feePaths.payLink(obligation.payCode);
  if (opened.kind !== "redirect") {
    return seeOther(
      reply,
      opened.kind === "hub-silent" || opened.kind === "refused" ? `${here}?tin=${opened.kind}` : here,
    );
  }
  request.session.set(PAY_LINK, obligation.payCode);
  return seeOther(reply, opened.payUrl);
}

async function linked(
  { fees, unknown }: LinkDeps,
  request: LinkRequest,
): Promise<{ obligation: Obligation; dossier: PayableDossier }> {
  const network = networkOf(request);
  if (unknown.wait(network) > 0) throw new AppError("too-many", { reason: "throttled" });
  const db = fees.database.forTenant(fees.tenant);
  const { code } = request.params;
  const obligation = /^[0-9a-f]{32}$/.test(code) ? await findObligationByPayCode(db, code) : undefined;
  const dossier = obligation && (await findPayableDossier(db, obligation.dossierId));
  if (!obligation || !dossier) {
    unknown.take(network);
    throw new AppError("not-found", { message: "no such payment link" });
  }
  return { obligation, dossier };
}

async function standOf(fees: Fees, obligation: Obligation, dossier: PayableDossier): Promise<PayLinkProps["stand"]> {
  if (obligation.state === "paid") return "paid";
  if (obligation.state !== "due" || ["declined", "withdrawn", "stopped"].includes(dossier.state)) return "gone";
  const unfinished = await findUnfinishedRequestFor(fees.database.forTenant(fees.tenant), obligation.id);
  const asks = unfinished !== undefined && isWorthAsking(unfinished, fees.clock.now());
  const now = asks ? await askHub(fees, unfinished) : unfinished;
  if (now?.state === "paid") return "paid";
  return now?.state === "verifying" ? "verifying" : "due";
}
