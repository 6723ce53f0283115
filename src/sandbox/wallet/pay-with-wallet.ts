import { randomInt } from "node:crypto";
import type { Behaviour } from "../control/index.ts";
import type { WalletPayment } from "./wallet-book.ts";
import type { WalletHouse } from "./wallet-house.ts";

const MOST_WRONG_OTPS = 3;

export type WalletStep =
  /** `after`: something more happens by itself, in so many ms. */
  | { readonly step: "finished"; readonly after?: { readonly what: "settle" | "reverse"; readonly ms: number } }
  | {
      readonly step: "again";
      readonly field: "phone" | "password" | "otp";
      readonly reason: "unknown-wallet" | "wrong-password" | "wrong-otp";
    };

/** How long a wallet of the kinds "late" and "reversed" waits, unless the control panel says otherwise. */
const LATE_MS = 20 * 60_000;
const REVERSED_MS = 5_000;

/**
 * The payer presses "Xác nhận thanh toán". Ends the payment, leaves it pending, or says what to type again. A finished
 * payment stays as it is, whatever is pressed: one order, one outcome.
 */
export function payWithWallet(
  house: WalletHouse,
  payment: WalletPayment,
  typed: { readonly phone: string; readonly password: string; readonly otp: string },
  ordered: () => Behaviour | undefined,
): WalletStep {
  if (payment.result || payment.pending) return { step: "finished" };
  if (isOver(house, payment)) return fail(house, payment, house.codes.expired);
  const phone = typed.phone.replace(/[\s.]/g, "");
  const wallet = house.wallets.find((one) => one.phone === phone);
  if (!wallet) return { step: "again", field: "phone", reason: "unknown-wallet" };
  if (typed.password !== wallet.password) return { step: "again", field: "password", reason: "wrong-password" };
  if (typed.otp.trim() !== wallet.otp) {
    house.journal.append({ kind: "wrong-otp", order: payment.order });
    if (payment.wrongOtps >= MOST_WRONG_OTPS) return fail(house, payment, house.codes.wrongOtp);
    return { step: "again", field: "otp", reason: "wrong-otp" };
  }
  const behaviour = ordered();
  if (behaviour?.kind === "decline") return fail(house, payment, Number(behaviour.code));
  if (behaviour?.kind === "settle-late") return wait(house, payment, behaviour.ms);
  if (behaviour?.kind === "reversal") return captureAndReverse(house, payment, phone, behaviour.ms);
  switch (wallet.result) {
    case "success":
      return capture(house, payment, phone);
    case "reversed":
      return captureAndReverse(house, payment, phone, REVERSED_MS);
    case "late":
      return wait(house, payment, LATE_MS);
    case "no-answer":
      return wait(house, payment);
    default:
      return fail(house, payment, wallet.resultCode);
  }
}

/** The payer refuses. */
export function cancelInWallet(house: WalletHouse, payment: WalletPayment): WalletStep {
  return payment.result || payment.pending ? { step: "finished" } : fail(house, payment, house.codes.cancelled);
}

/** Ends a pending payment one way or the other: the control panel decides, as the wallet's back office would. */
export function settlePending(house: WalletHouse, payment: WalletPayment, code: number): WalletStep {
  if (payment.result) return { step: "finished" };
  return code === house.codes.paid ? capture(house, payment, "") : fail(house, payment, code);
}

/** The wallet takes a finished payment back, as a bank does after a complaint. No callback tells of it. */
export function reversePayment(house: WalletHouse, payment: WalletPayment): void {
  if (payment.result?.outcome !== "paid" || payment.reversed) return;
  const { amount, order } = payment;
  house.journal.append({ kind: "reversed", order, amount, transaction: newTransaction() });
}

export function isOver(house: WalletHouse, payment: WalletPayment): boolean {
  return house.clock.now().getTime() >= Date.parse(payment.expiresAt);
}

/** Twelve digits. */
export function newTransaction(): number {
  return randomInt(100_000_000_000, 281_000_000_000_000);
}

function wait(house: WalletHouse, payment: WalletPayment, settleAfterMs?: number): WalletStep {
  house.journal.append({ kind: "pending", order: payment.order });
  return settleAfterMs === undefined
    ? { step: "finished" }
    : { step: "finished", after: { what: "settle", ms: settleAfterMs } };
}

function captureAndReverse(house: WalletHouse, payment: WalletPayment, phone: string, ms: number): WalletStep {
  capture(house, payment, phone);
  return { step: "finished", after: { what: "reverse", ms } };
}

function capture(house: WalletHouse, payment: WalletPayment, phone: string): WalletStep {
  house.journal.append({
    kind: "captured",
    order: payment.order,
    amount: payment.amount,
    code: house.codes.paid,
    transaction: newTransaction(),
    wallet: `••••••${phone.slice(-4)}`,
  });
  return { step: "finished" };
}

function fail(house: WalletHouse, payment: WalletPayment, code: number): WalletStep {
  house.journal.append({ kind: "failed", order: payment.order, code, transaction: newTransaction() });
  return { step: "finished" };
}
