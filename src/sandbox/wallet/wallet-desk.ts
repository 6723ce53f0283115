import type { RecentPayment } from "../control/index.ts";
import type { WalletBook, WalletPayment } from "./wallet-book.ts";
import type { WalletHouse } from "./wallet-house.ts";

/** A wallet's payments as the control panel lists them. */
export function walletDesk(house: Pick<WalletHouse, "id"> & { readonly book: WalletBook }): RecentPayment[] {
  return [...house.book.byOrder.values()].map((payment) => ({
    provider: house.id,
    order: payment.order,
    orderInfo: payment.orderInfo,
    amount: payment.amount,
    createdAt: payment.createdAt,
    state: stateOf(payment),
    code: payment.result ? String(payment.result.code) : "",
    callback: payment.result === undefined ? "none" : payment.callbackDone ? "done" : "waiting",
  }));
}

function stateOf(payment: WalletPayment): RecentPayment["state"] {
  if (payment.reversed) return "reversed";
  if (payment.result) return payment.result.outcome;
  return payment.pending ? "pending" : "open";
}
