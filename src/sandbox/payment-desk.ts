import type { CallbackSender, Send } from "./callbacks/index.ts";
import type { Control, PaymentDesk, RecentPayment } from "./control/index.ts";
import { type MomoGateway, type MomoPayment, momoCallback, settlePending, tellMomoMerchant } from "./momo/index.ts";
import { reversePayment, settlePending as settleWallet, tellMerchant, walletCallback, walletDesk, type WalletHouse } from "./wallet/index.ts";
import { type VnpayGateway, type VnpayPayment, vnpayCallback } from "./vnpay/index.ts";

/** The payments of all providers, for the control panel. */
export function createPaymentDesk(deps: {
  readonly momo: MomoGateway;
  readonly vnpay: VnpayGateway;
  readonly wallets: readonly WalletHouse[];
  readonly control: Control;
  readonly callbacks: CallbackSender;
  readonly send: Send;
}): PaymentDesk {
  const { momo, vnpay, wallets, send } = deps;
  const houseOf = (provider: string) => wallets.find((house) => house.id === provider);
  return {
    recent(limit) {
      const all = [
        ...[...momo.book.byOrder.values()].map(ofMomo),
        ...[...vnpay.book.byPayId.values()].map(ofVnpay),
        ...wallets.flatMap(walletDesk),
      ];
      return all.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1)).slice(0, limit);
    },
    async sendCallback(provider, order, variant) {
      const house = houseOf(provider);
      const callback = house
        ? callbackOf(house.book.byOrder.get(order), variant, (payment) => walletCallback(house, payment, send))
        : provider === "momo"
          ? callbackOf(momo.book.byOrder.get(order), variant, (payment) => momoCallback(momo, payment, send))
          : callbackOf(vnpay.book.byTxnRef.get(order), variant, (payment) => vnpayCallback(vnpay, payment, send));
      if (!callback) return undefined;
      const answer = await callback.send(variant);
      callback.record({ variant, answer, last: false });
      return { said: answer.said };
    },
    settle(provider, order, resultCode) {
      const house = houseOf(provider);
      const held = house?.book.byOrder.get(order);
      if (house) {
        if (!held?.pending) return false;
        // 0 is "paid" at the control panel, whatever the provider's own code for it is.
        settleWallet(house, held, resultCode === 0 ? house.codes.paid : resultCode);
        tellMerchant({ house, control: deps.control, callbacks: deps.callbacks, send }, held);
        return true;
      }
      const payment = provider === "momo" ? momo.book.byOrder.get(order) : undefined;
      if (!payment?.pending) return false;
      settlePending(momo, payment, resultCode);
      tellMomoMerchant({ gateway: momo, control: deps.control, callbacks: deps.callbacks, send }, payment);
      return true;
    },
    reverse(provider, order) {
      const house = houseOf(provider);
      const payment = house?.book.byOrder.get(order);
      if (!house || payment?.result?.outcome !== "paid") return false;
      reversePayment(house, payment);
      return true;
    },
  };
}

/** A true callback needs a result; a forged one can be sent by anybody at any time. */
function callbackOf<Payment extends { readonly result?: unknown }, Callback>(
  payment: Payment | undefined,
  variant: string,
  make: (payment: Payment) => Callback,
): Callback | undefined {
  return payment && (payment.result !== undefined || variant === "forged") ? make(payment) : undefined;
}

function ofMomo(payment: MomoPayment): RecentPayment {
  const { orderId: order, orderInfo, amount, createdAt, result } = payment;
  const state = result ? (result.resultCode === 0 ? "paid" : "failed") : payment.pending ? "pending" : "open";
  const code = result ? String(result.resultCode) : "";
  return { provider: "momo", order, orderInfo, amount, createdAt, state, code, callback: callbackState(payment) };
}

function ofVnpay(payment: VnpayPayment): RecentPayment {
  const { txnRef: order, orderInfo, amount, createdAt, result } = payment;
  const state = result ? (result.responseCode === "00" ? "paid" : "failed") : "open";
  return {
    provider: "vnpay",
    order,
    orderInfo,
    amount,
    createdAt,
    state,
    code: result?.responseCode ?? "",
    callback: callbackState(payment),
  };
}

function callbackState(payment: {
  readonly result?: unknown;
  readonly callbackDone: boolean;
}): RecentPayment["callback"] {
  return payment.result === undefined ? "none" : payment.callbackDone ? "done" : "waiting";
}
