import type { Clock } from "#kit/clock.ts";
import { answerOf, type Callback, type CallbackVariant, type Send } from "../callbacks/index.ts";
import type { StandIn } from "../control/index.ts";
import type { Journal } from "../journal/index.ts";
import type { WalletBook, WalletEvent, WalletPayment } from "./wallet-book.ts";

export interface Wallet {
  readonly phone: string;
  readonly password: string;
  readonly otp: string;
  /** The provider's own code; what `result` means is in `pay-with-wallet.ts`. */
  readonly resultCode: number;
  /** In a word, for the list of wallets to try. */
  readonly result: string;
}

/** The provider's own codes for what can happen to any payment. */
export interface WalletCodes {
  readonly paid: number;
  readonly cancelled: number;
  readonly expired: number;
  readonly wrongOtp: number;
}

export interface CallbackRequest {
  readonly url: string;
  readonly body: string;
}

/** One wallet: its books, its money, and how it speaks to the merchant. */
export interface WalletHouse {
  /** In paths and in the control panel: `/zalopay/vi/…`. */
  readonly id: Extract<StandIn, "zalopay" | "vnpt-pay">;
  /** "ZaloPay" */
  readonly name: string;
  readonly book: WalletBook;
  readonly journal: Journal<WalletEvent>;
  readonly wallets: readonly Wallet[];
  readonly codes: WalletCodes;
  readonly clock: Clock;
  /** ZaloPay calls back for successes only. */
  readonly callsBackFor: "paid" | "every-result";
  /** Waits before each attempt of a callback in ms: ZaloPay tries three times. */
  readonly callbackTries: number;
  /** The signed callback. `forged` claims success under a key that is not the house's. */
  callback(payment: WalletPayment, variant: CallbackVariant): CallbackRequest;
  /** What the merchant answered: accepted ends the trying. */
  readAnswer(answer: { readonly status: number; readonly body: string }): {
    readonly accepted: boolean;
    readonly said: string;
  };
  /** Where the payer's browser goes back to; not authoritative. */
  redirectBack(payment: WalletPayment): string;
}

export function walletCallback(house: WalletHouse, payment: WalletPayment, send: Send): Callback {
  return {
    id: payment.order,
    attempts: payment.callbackAttempts,
    tries: house.callbackTries,
    send: (variant) =>
      answerOf(send({ ...house.callback(payment, variant), method: "POST" }), (answer) => house.readAnswer(answer)),
    record: ({ variant, answer, last }) =>
      void house.journal.append({ kind: "callback-sent", order: payment.order, variant, ...answer, last }),
  };
}
