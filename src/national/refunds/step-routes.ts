import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isPlainDate, type PlainDate } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import type { Html } from "#kit/html.ts";
import { isId, newSecretId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import { forOperator, type Operator, operatorPage, operatorPaths } from "#national/operators/index.ts";
import type { PaymentHub } from "#national/payments/index.ts";
import { refuseWish, takeUpWish } from "./answer-wish.ts";
import { recordTransferPage, refusePage, wishPage } from "./pages/step-pages.ts";
import { findRefund, findWish } from "./refund-view.ts";
import { stepMessages } from "./step-messages.ts";
import { decideTransfer, findTransferToMake, recordTransfer } from "./transfer-by-hand.ts";

/** What was just done, for the board; its words are in `step-messages.ts`. */
export const STEP_SAID = "refund-step-said";

type Typed = Readonly<Record<string, string>>;
interface Failed {
  readonly errors: readonly PageError[];
  readonly typed: Typed;
}
const NOTHING: Failed = { errors: [], typed: {} };

/** The steps of a refund that need a page of their own: an agency's request, a refusal, a transfer by hand. */
export function stepRoutes(site: FastifyInstance, hub: PaymentHub): void {
  const { database } = hub;
  const canRefund = canRefundOf(hub);
  const nameOf = (provider: string) => hub.providers.find(provider)?.name ?? provider;
  const send = (
    operator: Operator,
    request: FastifyRequest,
    reply: FastifyReply,
    page: { title: string; body: Html; failed: boolean },
  ) => {
    const { title, body, failed } = page;
    const whole = operatorPage({ lang: request.lang, title, body, operator, current: "refunds", failed });
    return sendPage(reply, whole, failed ? 422 : 200);
  };
  const done = (request: FastifyRequest, reply: FastifyReply, word: string) => {
    request.session.set(STEP_SAID, word);
    return seeOther(reply, operatorPaths.refunds);
  };

  const showWish = async (operator: Operator, request: FastifyRequest, reply: FastifyReply, failed = NOTHING) => {
    const { wish: id } = request.params as { wish: string };
    const wish = isId(id) ? await findWish(database, id) : undefined;
    if (!wish) return done(request, reply, "unknown");
    const { lang } = request;
    const merchantName = hub.merchants.get(wish.merchant)?.name ?? wish.merchant;
    const providerName = nameOf(wish.provider);
    const more = { canRefund: canRefund(wish.provider), providerName, newId: newSecretId() };
    const body = wishPage({ lang, wish, merchantName, ...more, ...failed });
    return send(operator, request, reply, {
      title: stepMessages[lang].wishTitle,
      body,
      failed: failed.errors.length > 0,
    });
  };
  site.get(`${operatorPaths.refunds}/de-nghi/:wish`, forOperator(database, showWish));
  site.post(
    `${operatorPaths.refunds}/de-nghi/:wish`,
    forOperator(database, async (operator, request, reply) => {
      const { wish: wishId } = request.params as { wish: string };
      const form = formValues(request);
      const t = stepMessages[request.lang];
      const typed = { "ly-do": formText(form, "ly-do"), "bang-tay": formText(form, "bang-tay") };
      if (formText(form, "viec") === "tu-choi") {
        const word = await refuseWish(database, { wishId, operatorId: operator.id, reason: typed["ly-do"] });
        if (word === "refused") return done(request, reply, "wish-refused");
        if (word !== "no-reason") return done(request, reply, word);
        const errors = [{ field: "ly-do", message: t.problems["no-reason"] }];
        return showWish(operator, request, reply, { errors, typed });
      }
      const byHand = typed["bang-tay"] === "co";
      const asked = { wishId, refundId: formText(form, "id"), operatorId: operator.id, byHand, canRefund };
      const taken = await takeUpWish(database, asked);
      if (taken.ok) return done(request, reply, "taken-up");
      if (taken.reason === "unknown") return done(request, reply, "unknown");
      const errors = [{ field: "nhan", message: t.problems[taken.reason] }];
      return showWish(operator, request, reply, { errors, typed });
    }),
  );

  site.get(
    `${operatorPaths.refunds}/:refund`,
    forOperator(database, async (operator, request, reply) => {
      const { refund: id } = request.params as { refund: string };
      const refund = isId(id) ? await findRefund(database, id) : undefined;
      if (!refund) throw new AppError("not-found", { message: "no such refund" });
      if (refund.state !== "requested") return done(request, reply, "already");
      if (refund.requestedBy === operator.id) return done(request, reply, "same-person");
      const { lang } = request;
      const body = refusePage({ lang, refund, providerName: nameOf(refund.provider), ...NOTHING });
      return send(operator, request, reply, { title: stepMessages[lang].decideTitle, body, failed: false });
    }),
  );

  transferRoutes(site, hub, { send, done });
}

interface Answering {
  readonly send: (
    operator: Operator,
    request: FastifyRequest,
    reply: FastifyReply,
    page: { title: string; body: Html; failed: boolean },
  ) => FastifyReply;
  readonly done: (request: FastifyRequest, reply: FastifyReply, word: string) => FastifyReply;
}

function transferRoutes(site: FastifyInstance, hub: PaymentHub, { send, done }: Answering): void {
  const { database, clock } = hub;
  type Address = { what: string; id: string };
  const show = async (operator: Operator, request: FastifyRequest, reply: FastifyReply, failed = NOTHING) => {
    const { what, id } = request.params as Address;
    const transfer = await findTransferToMake(database, what, id);
    if (!transfer) return done(request, reply, "taken");
    const { lang } = request;
    const body = recordTransferPage({ lang, transfer, newId: newSecretId(), ...failed });
    return send(operator, request, reply, {
      title: stepMessages[lang].recordTitle,
      body,
      failed: failed.errors.length > 0,
    });
  };
  site.get(`${operatorPaths.transfersOut}/:what/:id`, forOperator(database, show));
  site.post(
    `${operatorPaths.transfersOut}/:what/:id`,
    forOperator(database, async (operator, request, reply) => {
      const { what, id } = request.params as Address;
      if (what !== "refund" && what !== "return") throw new AppError("not-found", { message: "no such transfer" });
      const form = formValues(request);
      const typed = { "but-toan": formText(form, "but-toan"), ngay: formText(form, "ngay") };
      const word = await recordTransfer(database, {
        id: formText(form, "id"),
        what,
        of: id,
        bankReference: typed["but-toan"],
        transferredOn: readDay(typed.ngay),
        operatorId: operator.id,
        now: clock.now(),
      });
      if (word === "recorded" || word === "replayed") return done(request, reply, "recorded");
      if (word === "unknown" || word === "taken" || word === "not-approved") return done(request, reply, word);
      const field = word === "reference" || word === "reference-used" ? "but-toan" : "ngay";
      const errors = [{ field, message: stepMessages[request.lang].problems[word] }];
      return show(operator, request, reply, { errors, typed });
    }),
  );
  site.post(
    `${operatorPaths.transfersOut}/:transfer`,
    forOperator(database, async (operator, request, reply) => {
      const { transfer: transferId } = request.params as { transfer: string };
      const confirm = formText(formValues(request), "xac-nhan") === "co";
      return done(request, reply, await decideTransfer(database, { transferId, confirm, operatorId: operator.id }));
    }),
  );
}

export function canRefundOf(hub: PaymentHub): (provider: string) => boolean {
  return (provider) => hub.providers.find(provider)?.refund !== undefined;
}

/** `22/07/2020` or `2020-07-22`. */
function readDay(text: string): PlainDate | undefined {
  const local = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim());
  const day = local ? `${local[3]}-${local[2]?.padStart(2, "0")}-${local[1]?.padStart(2, "0")}` : text.trim();
  return isPlainDate(day) ? day : undefined;
}
