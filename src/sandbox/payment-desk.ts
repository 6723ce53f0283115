import type { CallbackSender, Send } from "./callbacks/index.ts";
import type { Control, PaymentDesk, RecentPayment } from "./control/index.ts";
import {
  type MomoGateway,
  type MomoPayment,
  momoCallback,
  reverseInWallet,
  settlePending,
  tellMomoMerchant,
} from "./momo/index.ts";
import {
  reversePayment,
  settlePending as settleWallet,
  tellMerchant,
  walletCallback,
  walletDesk,
  type WalletHouse,
} from "./wallet/index.ts";
import {
  reverseAtBank,
  settleSuspected,
  tellVnpayMerchant,
  type VnpayGateway,
  type VnpayPayment,
  vnpayCallback,
} from "./vnpay/index.ts";

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
      const { control, callbacks } = deps;
      const house = houseOf(provider);
      if (house) {
        const payment = house.book.byOrder.get(order);
        if (!payment?.pending) return false;
        // 0 is "paid" at the control panel, whatever the provider's own code for it is.
        settleWallet(house, payment, resultCode === 0 ? house.codes.paid : resultCode);
        tellMerchant({ house, control, callbacks, send }, payment);
        return true;
      }
      if (provider === "vnpay") {
        const payment = vnpay.book.byTxnRef.get(order);
        if (payment?.result?.responseCode !== "07") return false;
        settleSuspected(vnpay, payment, String(resultCode).padStart(2, "0"));
        tellVnpayMerchant({ gateway: vnpay, control, callbacks, send }, payment);
        return true;
      }
      const payment = momo.book.byOrder.get(order);
      if (!payment?.pending) return false;
      settlePending(momo, payment, resultCode);
      tellMomoMerchant({ gateway: momo, control, callbacks, send }, payment);
      return true;
    },
    reverse(provider, order) {
      const house = houseOf(provider);
      const held = house?.book.byOrder.get(order);
      if (house && held?.result?.outcome === "paid") {
        reversePayment(house, held);
        return true;
      }
      const card = provider === "vnpay" ? vnpay.book.byTxnRef.get(order) : undefined;
      if (card?.result?.responseCode === "00") {
        const { control, callbacks } = deps;
        if (!card.reversed) {
          reverseAtBank(vnpay, card);
          tellVnpayMerchant({ gateway: vnpay, control, callbacks, send }, card);
        }
        return true;
      }
      const wallet = provider === "momo" ? momo.book.byOrder.get(order) : undefined;
      if (wallet?.result?.resultCode !== 0) return false;
      reverseInWallet(momo, wallet);
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
  const state = payment.reversed
    ? "reversed"
    : result
      ? result.resultCode === 0
        ? "paid"
        : "failed"
      : payment.pending
        ? "pending"
        : "open";
  const code = result ? String(result.resultCode) : "";
  return { provider: "momo", order, orderInfo, amount, createdAt, state, code, callback: callbackState(payment) };
}

function ofVnpay(payment: VnpayPayment): RecentPayment {
  const { txnRef: order, orderInfo, amount, createdAt, result } = payment;
  return {
    provider: "vnpay",
    order,
    orderInfo,
    amount,
    createdAt,
    state: vnpayState(payment),
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

function vnpayState({ result, reversed }: VnpayPayment): RecentPayment["state"] {
  if (reversed) return "reversed";
  if (!result) return "open";
  return result.responseCode === "00" ? "paid" : result.responseCode === "07" ? "pending" : "failed";
}
