import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import type { Html } from "#kit/html.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId, newSecretId } from "#kit/ids.ts";
import { nationalPage } from "#national/portal/index.ts";
import { awaitResult } from "./await-result.ts";
import { giveUpAttempt } from "./give-up-attempt.ts";
import { messages } from "./messages.ts";
import { orderPage, orderTitle } from "./pages/order-page.ts";
import { resultPage } from "./pages/result-page.ts";
import { reviewPage } from "./pages/review-page.ts";
import { paymentPaths } from "./paths.ts";
import type { PaymentAttempt, PaymentHub } from "./payment.ts";
import { getAttempt, getOrder, offerChannels, resultStand, viewResult } from "./payment-view.ts";
import { returnRoutes } from "./return-routes.ts";
import { startAttempt } from "./start-attempt.ts";
import { transferRoutes } from "./transfer-routes.ts";
import { unmatchedRoutes } from "./unmatched-routes.ts";

type OrderRequest = FastifyRequest<{ Params: { order: string }; Querystring: { kenh?: string; loi?: string } }>;
type AttemptRequest = FastifyRequest<{ Params: { attempt: string }; Querystring: { cho?: string } }>;

/** The payer's pages. Whoever knows the order's random address may pay it, as with any payment link. */
export function paymentRoutes(site: FastifyInstance, hub: PaymentHub): void {
  transferRoutes(site, hub);
  returnRoutes(site);
  unmatchedRoutes(site, hub);
  site.get("/thanh-toan/:order", async (request: OrderRequest, reply) => showOrder(hub, request, reply, false));
  site.get("/thanh-toan/:order/don-hang", async (request: OrderRequest, reply) => showReview(hub, request, reply));
  site.post("/thanh-toan/:order/thanh-toan", async (request: OrderRequest, reply) => pay(hub, request, reply));
  site.get("/thanh-toan/ket-qua/:attempt", async (request: AttemptRequest, reply) => showResult(hub, request, reply));
  site.get("/thanh-toan/ket-qua/:attempt/trang-thai", async (request: AttemptRequest) => {
    const { attempt } = await getAttempt(hub, request.params.attempt);
    return { state: resultStand(attempt).kind };
  });
  site.post("/thanh-toan/ket-qua/:attempt/chon-cach-khac", async (request: AttemptRequest, reply) => {
    const { attempt, order } = await getAttempt(hub, request.params.attempt);
    const word = await giveUpAttempt(hub, attempt.id);
    return seeOther(reply, word === "wait" ? `${paymentPaths.result(attempt.id)}?cho=1` : paymentPaths.order(order.id));
  });
}

async function showOrder(
  hub: PaymentHub,
  request: OrderRequest,
  reply: FastifyReply,
  nothingChosen: boolean,
): Promise<FastifyReply> {
  const { order, view } = await getOrder(hub, request.params.order);
  const { lang } = request;
  const body = orderPage({ lang, order: view, channels: offerChannels(hub, order.amount), nothingChosen });
  return send(request, reply, orderTitle(lang, view.stand), body, nothingChosen);
}

async function showReview(hub: PaymentHub, request: OrderRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { order, view } = await getOrder(hub, request.params.order);
  const found = hub.providers.findChannel(request.query.kenh ?? "");
  // A channel that does not take this amount cannot be chosen on the page; an address typed by hand shows the page again.
  const takes = found && order.amount >= found.provider.amountMin && order.amount <= found.provider.amountMax;
  const chosen = takes ? found : undefined;
  if (view.stand.kind !== "open") return seeOther(reply, paymentPaths.order(order.id));
  if (!chosen) return showOrder(hub, request, reply, true);
  const { lang } = request;
  const attemptId = newSecretId();
  const body = reviewPage({
    lang,
    order: view,
    channel: chosen.channel,
    providerName: chosen.provider.name,
    attemptId,
  });
  return send(request, reply, messages[lang].orderTitle, body);
}

async function pay(hub: PaymentHub, request: OrderRequest, reply: FastifyReply): Promise<FastifyReply> {
  const values = formValues(request);
  const attemptId = formText(values, "lan");
  if (!isId(attemptId) || !isId(request.params.order)) throw new AppError("invalid", { message: "no attempt id" });
  const answer = await startAttempt(hub, {
    orderId: request.params.order,
    attemptId,
    channel: formText(values, "kenh"),
    payerIp: request.ip,
    lang: request.lang,
  });
  switch (answer.kind) {
    case "redirect":
      return seeOther(reply, answer.payUrl);
    case "see-attempt":
      return seeOther(reply, paymentPaths.result(answer.attemptId));
    case "see-order":
      return seeOther(reply, paymentPaths.order(request.params.order));
    case "not-found":
      throw new AppError("not-found", { message: "no such order or channel" });
  }
}

async function showResult(hub: PaymentHub, request: AttemptRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { order } = await getAttempt(hub, request.params.attempt);
  const attempt = await awaitResult(hub, request.params.attempt);
  if (!attempt) throw new AppError("not-found");
  const { lang } = request;
  const told = codeOfReturn(hub, attempt, request.query);
  const shown = told === undefined ? attempt : { ...attempt, providerCode: told };
  const props = viewResult(hub, order, shown, lang, request.query.cho === "1");
  const t = messages[lang];
  const title = {
    paid: t.paidTitle,
    "to-be-returned": t.returnedTitle,
    "taken-back": t.takenBackTitle,
    failed: t.failedTitle,
    open: props.transferUrl ? t.transferOpenTitle : t.openTitle,
    verifying: t.verifyingTitle,
  };
  return send(request, reply, title[props.stand.kind], resultPage(props));
}

/**
 * Why it was declined, as the provider's signed return address says (VNPAY's answer to a question does not): for this
 * page only, as everything that a browser brings.
 */
function codeOfReturn(hub: PaymentHub, attempt: PaymentAttempt, query: AttemptRequest["query"]): string | undefined {
  if (attempt.provider !== "vnpay" || attempt.reason !== "declined") return undefined;
  const texts = Object.entries(query).filter(
    (pair): pair is [string, string] => pair[0].startsWith("vnp_") && typeof pair[1] === "string",
  );
  const reading = hub.providers.get("vnpay").readCallback({ query: Object.fromEntries(texts), body: null });
  const same = reading.trusted && reading.providerOrder === attempt.providerOrder && reading.report.kind === "failed";
  return same ? reading.report.code : undefined;
}

function send(request: FastifyRequest, reply: FastifyReply, title: string, body: Html, failed = false): FastifyReply {
  const path = request.url.split("?")[0] ?? "/";
  return sendPage(reply, nationalPage({ lang: request.lang, title, body, plain: true, failed, path }));
}
