import type { FastifyInstance, FastifyReply } from "fastify";
import { AppError } from "#kit/errors.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import type { CallbackSender, Send } from "../callbacks/index.ts";
import { type Control, KINDS_AT } from "../control/index.ts";
import { obey } from "../obey.ts";
import type { SandboxShell } from "../shell/index.ts";
import type { MomoPayment } from "./momo-book.ts";
import { createPayment, type MomoAnswer, type MomoGateway, queryPayment, refundPayment } from "./momo-gateway.ts";
import {
  cancelInWallet,
  momoCallback,
  payWithWallet,
  redirectBack,
  reverseInWallet,
  settlePending,
  type WalletStep,
} from "./momo-wallet.ts";
import { pendingPage } from "./pages/pending-page.ts";
import { walletPage } from "./pages/wallet-page.ts";

export interface MomoDeps {
  readonly gateway: MomoGateway;
  readonly control: Control;
  readonly callbacks: CallbackSender;
  readonly send: Send;
  readonly shell: SandboxShell;
}

const CALLS = { create: createPayment, query: queryPayment, refund: refundPayment } as const;

export function momoRoutes(site: FastifyInstance, deps: MomoDeps): void {
  const { gateway, control } = deps;

  // MoMo's host has the path without a prefix; the sandbox's own address puts the provider's name before it.
  for (const prefix of ["/momo/v2/gateway/api", "/v2/gateway/api"]) {
    for (const [name, call] of Object.entries(CALLS)) {
      site.post(`${prefix}/${name}`, { config: { csrf: false, api: true } }, async (request, reply) => {
        const body = (request.body ?? {}) as Record<string, unknown>;
        const answer = await obey<MomoAnswer>(control, "momo", reply, () => call(gateway, body));
        return answer ? reply.code(answer.status).send(answer.body) : reply;
      });
    }
  }

  site.get<{ Params: { payId: string } }>("/momo/vi/:payId", async (request, reply) => {
    const payment = find(gateway, request.params.payId);
    if (payment.result) return seeOther(reply, redirectBack(gateway, payment));
    if (payment.pending) {
      const back = redirectBack(gateway, payment);
      return sendPage(reply, pendingPage({ shell: deps.shell, lang: request.lang, payment, back }));
    }
    return sendPage(
      reply,
      walletPage({ shell: deps.shell, lang: request.lang, payment, wallets: gateway.wallets, typed: { phone: "" } }),
    );
  });

  site.post<{ Params: { payId: string } }>("/momo/vi/:payId", async (request, reply) => {
    const payment = find(gateway, request.params.payId);
    const form = formValues(request);
    const typed = { phone: formText(form, "phone"), password: formText(form, "password"), otp: formText(form, "otp") };
    const before = payment.result;
    const step =
      formText(form, "action") === "cancel"
        ? cancelInWallet(gateway, payment)
        : payWithWallet(gateway, payment, typed, () => control.take("momo", KINDS_AT.outcome));
    if (!before && payment.result) tellMomoMerchant(deps, payment);
    if (step.step === "finished" && step.after) later(deps, payment, step.after);
    return answerStep(deps, reply, payment, step, typed.phone, request.lang);
  });
}

function answerStep(
  deps: MomoDeps,
  reply: FastifyReply,
  payment: MomoPayment,
  step: WalletStep,
  phone: string,
  lang: "vi" | "en",
): FastifyReply {
  if (step.step === "again") {
    const wrong = { field: step.field, reason: step.reason };
    return sendPage(
      reply,
      walletPage({ shell: deps.shell, lang, payment, wallets: deps.gateway.wallets, typed: { phone }, wrong }),
      422,
    );
  }
  return seeOther(reply, payment.result ? redirectBack(deps.gateway, payment) : `/momo/vi/${payment.payId}`);
}

/** Not kept over a restart of the sandbox: the control panel can settle what was left pending. */
function later(deps: MomoDeps, payment: MomoPayment, after: { what: "settle" | "reverse"; ms: number }): void {
  setTimeout(() => {
    if (after.what === "reverse") return reverseInWallet(deps.gateway, payment);
    if (payment.result) return;
    settlePending(deps.gateway, payment, 0);
    tellMomoMerchant(deps, payment);
  }, after.ms).unref();
}

/** Starts the IPN of a finished payment, in the way that the control panel ordered. */
export function tellMomoMerchant(deps: Omit<MomoDeps, "shell">, payment: MomoPayment): void {
  const behaviour = deps.control.take("momo", KINDS_AT.callback);
  deps.callbacks.start(momoCallback(deps.gateway, payment, deps.send), behaviour);
}

/** After a restart: goes on with the callbacks that were not finished. */
export function resumeMomoCallbacks(deps: Omit<MomoDeps, "shell">): void {
  for (const payment of deps.gateway.book.byOrder.values()) {
    if (payment.result && !payment.callbackDone) {
      deps.callbacks.start(momoCallback(deps.gateway, payment, deps.send), undefined);
    }
  }
}

function find(gateway: MomoGateway, payId: string): MomoPayment {
  const payment = gateway.book.byPayId.get(payId);
  if (!payment) throw new AppError("not-found", { message: "no such payment page" });
  return payment;
}
