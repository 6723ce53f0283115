import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "#kit/errors.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import type { CallbackSender, Send } from "../callbacks/index.ts";
import { type Control, KINDS_AT } from "../control/index.ts";
import { obey } from "../obey.ts";
import type { SandboxShell } from "../shell/index.ts";
import { bankOtpPage } from "./pages/bank-otp-page.ts";
import { cardPage } from "./pages/card-page.ts";
import { errorPage } from "./pages/error-page.ts";
import {
  cancelAtBank,
  giveCard,
  giveOtp,
  returnAddress,
  reverseAtBank,
  settleSuspected,
  type TypedCard,
  vnpayCallback,
} from "./vnpay-bank.ts";
import type { VnpayPayment } from "./vnpay-book.ts";
import { openPayment, type VnpayGateway } from "./vnpay-gateway.ts";
import { answerTransaction, type TransactionAnswer } from "./vnpay-transaction.ts";

export interface VnpayDeps {
  readonly gateway: VnpayGateway;
  readonly control: Control;
  readonly callbacks: CallbackSender;
  readonly send: Send;
  readonly shell: SandboxShell;
}

type PageRequest = FastifyRequest<{ Params: { payId: string } }>;

export function vnpayRoutes(site: FastifyInstance, deps: VnpayDeps): void {
  const { gateway, control } = deps;

  site.get("/vnpay/paymentv2/vpcpay.html", async (request, reply) => {
    const query = singleTexts(request.query as Record<string, unknown>);
    const opened = await obey(control, "vnpay", reply, () => openPayment(gateway, query), ["down", "slow", "hang"]);
    if (!opened) return reply;
    if ("error" in opened) return seeOther(reply, `/vnpay/paymentv2/Payment/Error.html?code=${opened.error}`);
    return seeOther(reply, cardPath(opened.payment));
  });

  site.get("/vnpay/paymentv2/Payment/Error.html", async (request, reply) => {
    const code = String((request.query as Record<string, unknown>).code ?? "99").slice(0, 2);
    return sendPage(reply, errorPage({ shell: deps.shell, lang: request.lang, code }), 400);
  });

  site.get("/vnpay/paymentv2/the/:payId", async (request: PageRequest, reply) => {
    const payment = find(gateway, request.params.payId);
    if (payment.result) return seeOther(reply, returnAddress(gateway, payment));
    return sendPage(
      reply,
      cardPage({ shell: deps.shell, lang: request.lang, payment, cards: gateway.cards, typed: emptyCard(payment) }),
    );
  });

  site.post("/vnpay/paymentv2/the/:payId", async (request: PageRequest, reply) => {
    const payment = find(gateway, request.params.payId);
    const before = payment.result;
    const form = formValues(request);
    if (formText(form, "action") === "cancel") {
      cancelAtBank(gateway, payment);
      return finish(deps, reply, payment, before !== undefined);
    }
    const typed = readCard(form);
    const step = giveCard(gateway, payment, typed);
    if (step.step === "finished") return finish(deps, reply, payment, before !== undefined);
    if (step.step === "otp") return seeOther(reply, `/vnpay/paymentv2/otp/${payment.payId}`);
    // The number never goes back into a page: what is wrong is said, the number is typed again.
    const page = cardPage({
      shell: deps.shell,
      lang: request.lang,
      payment,
      cards: gateway.cards,
      typed: { ...typed, number: "" },
      wrong: step.field,
    });
    return sendPage(reply, page, 422);
  });

  site.get("/vnpay/paymentv2/otp/:payId", async (request: PageRequest, reply) => {
    const payment = find(gateway, request.params.payId);
    if (payment.result) return seeOther(reply, returnAddress(gateway, payment));
    if (!payment.card) return seeOther(reply, cardPath(payment));
    return sendPage(reply, bankOtpPage({ shell: deps.shell, lang: request.lang, payment }));
  });

  site.post("/vnpay/paymentv2/otp/:payId", async (request: PageRequest, reply) => {
    const payment = find(gateway, request.params.payId);
    const form = formValues(request);
    const before = payment.result !== undefined;
    const step = await obey(control, "vnpay", reply, () => {
      const done =
        formText(form, "action") === "cancel"
          ? cancelAtBank(gateway, payment)
          : giveOtp(gateway, payment, formText(form, "otp"), () => control.take("vnpay", KINDS_AT.outcome));
      if (!before && payment.result) tellVnpayMerchant(deps, payment);
      return done;
    });
    if (!step) return reply;
    if (step.step === "finished" && step.after) later(deps, payment, step.after);
    if (step.step === "again") {
      return sendPage(reply, bankOtpPage({ shell: deps.shell, lang: request.lang, payment, wrong: true }), 422);
    }
    return seeOther(reply, returnAddress(gateway, payment));
  });

  site.post(
    "/vnpay/merchant_webapi/api/transaction",
    { config: { csrf: false, api: true } },
    async (request, reply) => {
      const body = (request.body ?? {}) as Record<string, unknown>;
      const answer = await obey<TransactionAnswer>(control, "vnpay", reply, () => answerTransaction(gateway, body));
      return answer ? reply.send(answer.body) : reply;
    },
  );
}

function finish(deps: VnpayDeps, reply: FastifyReply, payment: VnpayPayment, wasFinished: boolean): FastifyReply {
  if (!wasFinished && payment.result) tellVnpayMerchant(deps, payment);
  return seeOther(reply, returnAddress(deps.gateway, payment));
}

/** Not kept over a restart of the sandbox: the control panel can settle what was left undecided. */
function later(deps: VnpayDeps, payment: VnpayPayment, after: { what: "settle" | "reverse"; ms: number }): void {
  setTimeout(() => {
    if (after.what === "reverse") reverseAtBank(deps.gateway, payment);
    else settleSuspected(deps.gateway, payment, "00");
    tellVnpayMerchant(deps, payment);
  }, after.ms).unref();
}

/** Starts the IPN of a finished or reversed payment, in the way that the control panel ordered. */
export function tellVnpayMerchant(deps: Omit<VnpayDeps, "shell">, payment: VnpayPayment): void {
  const behaviour = deps.control.take("vnpay", KINDS_AT.callback);
  deps.callbacks.start(vnpayCallback(deps.gateway, payment, deps.send), behaviour);
}

/** After a restart: goes on with the callbacks that were not finished. */
export function resumeVnpayCallbacks(deps: Omit<VnpayDeps, "shell">): void {
  for (const payment of deps.gateway.book.byPayId.values()) {
    if (payment.result && !payment.callbackDone) {
      deps.callbacks.start(vnpayCallback(deps.gateway, payment, deps.send), undefined);
    }
  }
}

function cardPath(payment: VnpayPayment): string {
  return `/vnpay/paymentv2/the/${payment.payId}`;
}

function emptyCard(payment: VnpayPayment): TypedCard {
  const bank = payment.bankCode === "VNBANK" ? "" : payment.bankCode;
  return { bank, name: "", number: "", month: "", year: "" };
}

function readCard(form: ReturnType<typeof formValues>): TypedCard {
  return {
    bank: formText(form, "bank"),
    name: formText(form, "name"),
    number: formText(form, "number"),
    month: formText(form, "month"),
    year: formText(form, "year"),
  };
}

/** Query parameters that came once, as texts; a repeated one counts as missing. */
function singleTexts(query: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

function find(gateway: VnpayGateway, payId: string): VnpayPayment {
  const payment = gateway.book.byPayId.get(payId);
  if (!payment) throw new AppError("not-found", { message: "no such payment page" });
  return payment;
}
