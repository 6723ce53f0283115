import type { FastifyInstance, FastifyReply } from "fastify";
import { AppError } from "#kit/errors.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import type { CallbackSender, Send } from "../callbacks/index.ts";
import { type Control, KINDS_AT } from "../control/index.ts";
import type { SandboxShell } from "../shell/index.ts";
import { walletPage } from "./pages/wallet-page.ts";
import { waitingPage } from "./pages/waiting-page.ts";
import { cancelInWallet, payWithWallet, reversePayment, settlePending, type WalletStep } from "./pay-with-wallet.ts";
import type { WalletPayment } from "./wallet-book.ts";
import { type WalletHouse, walletCallback } from "./wallet-house.ts";

export interface WalletDeps {
  readonly house: WalletHouse;
  readonly control: Control;
  readonly callbacks: CallbackSender;
  readonly send: Send;
  readonly shell: SandboxShell;
}

/** The payer's page: `/zalopay/vi/<payId>`. */
export function walletRoutes(site: FastifyInstance, deps: WalletDeps): void {
  const { house, control } = deps;
  site.get<{ Params: { payId: string } }>(`/${house.id}/vi/:payId`, async (request, reply) => {
    const payment = find(house, request.params.payId);
    if (payment.result) return seeOther(reply, house.redirectBack(payment));
    if (payment.pending) {
      const back = house.redirectBack(payment);
      return sendPage(reply, waitingPage({ shell: deps.shell, lang: request.lang, name: house.name, payment, back }));
    }
    return show(deps, reply, payment, request.lang, { phone: "" });
  });

  site.post<{ Params: { payId: string } }>(`/${house.id}/vi/:payId`, async (request, reply) => {
    const payment = find(house, request.params.payId);
    const form = formValues(request);
    const typed = { phone: formText(form, "phone"), password: formText(form, "password"), otp: formText(form, "otp") };
    const before = payment.result;
    const step =
      formText(form, "action") === "cancel"
        ? cancelInWallet(house, payment)
        : payWithWallet(house, payment, typed, () => control.take(house.id, KINDS_AT.outcome));
    if (!before && payment.result) tellMerchant(deps, payment);
    if (step.step === "again") {
      const wrong = { field: step.field, reason: step.reason };
      return show(deps, reply, payment, request.lang, { phone: typed.phone }, wrong);
    }
    if (step.after) later(deps, payment, step.after);
    return seeOther(reply, payment.result ? house.redirectBack(payment) : `/${house.id}/vi/${payment.payId}`);
  });
}

function show(
  deps: WalletDeps,
  reply: FastifyReply,
  payment: WalletPayment,
  lang: "vi" | "en",
  typed: { readonly phone: string },
  wrong?: Pick<Extract<WalletStep, { step: "again" }>, "field" | "reason">,
): FastifyReply {
  const { house, shell } = deps;
  const page = walletPage({
    shell,
    lang,
    id: house.id,
    name: house.name,
    wallets: house.wallets,
    payment,
    typed,
    ...(wrong ? { wrong } : {}),
  });
  return sendPage(reply, page, wrong ? 422 : 200);
}

/** Not kept over a restart of the sandbox: the control panel can settle what was left pending. */
function later(deps: WalletDeps, payment: WalletPayment, after: { what: "settle" | "reverse"; ms: number }): void {
  const { house } = deps;
  setTimeout(() => {
    if (after.what === "reverse") return reversePayment(house, payment);
    if (payment.result) return;
    settlePending(house, payment, house.codes.paid);
    tellMerchant(deps, payment);
  }, after.ms).unref();
}

/** Starts the callback of a finished payment, in the way that the control panel ordered. */
export function tellMerchant(deps: Omit<WalletDeps, "shell">, payment: WalletPayment): void {
  const { house } = deps;
  if (house.callsBackFor === "paid" && payment.result?.outcome !== "paid") return;
  const behaviour = deps.control.take(house.id, KINDS_AT.callback);
  deps.callbacks.start(walletCallback(house, payment, deps.send), behaviour);
}

/** After a restart: goes on with the callbacks that were not finished. */
export function resumeWalletCallbacks(deps: Omit<WalletDeps, "shell">): void {
  const { house } = deps;
  for (const payment of house.book.byOrder.values()) {
    const owed = house.callsBackFor === "every-result" || payment.result?.outcome === "paid";
    if (payment.result && owed && !payment.callbackDone) {
      deps.callbacks.start(walletCallback(house, payment, deps.send), undefined);
    }
  }
}

function find(house: WalletHouse, payId: string): WalletPayment {
  const payment = house.book.byPayId.get(payId);
  if (!payment) throw new AppError("not-found", { message: "no such payment page" });
  return payment;
}
