import type { Recorded } from "../journal/index.ts";

/** One payment in a wallet's books. Amounts in đồng. */
export interface WalletPayment {
  /** Unguessable id of the payment page. */
  readonly payId: string;
  /** The merchant's name of it. */
  readonly order: string;
  readonly merchant: string;
  readonly amount: number;
  readonly orderInfo: string;
  readonly returnUrl: string;
  readonly callbackUrl: string;
  /** What else the protocol repeats in its callback. */
  readonly wire: Readonly<Record<string, string | number>>;
  readonly createdAt: string;
  readonly expiresAt: string;
  /** Undefined while the payer has not finished. */
  result?: {
    readonly outcome: "paid" | "failed";
    readonly code: number;
    readonly transaction: number;
    readonly at: string;
  };
  /** True once the payer has confirmed and the wallet has not decided. */
  pending: boolean;
  /** The wallet took a finished payment back by itself. */
  reversed: boolean;
  refunds: WalletRefund[];
  wrongOtps: number;
  callbackAttempts: number;
  callbackDone: boolean;
}

export interface WalletRefund {
  readonly refund: string;
  readonly amount: number;
  readonly transaction: number;
  readonly at: string;
}

type Order = Pick<
  WalletPayment,
  "payId" | "order" | "merchant" | "amount" | "orderInfo" | "returnUrl" | "callbackUrl" | "wire" | "expiresAt"
>;

export type WalletEvent =
  | ({ readonly kind: "created" } & Order)
  | { readonly kind: "refused"; readonly call: string; readonly code: string; readonly order: string }
  | { readonly kind: "wrong-otp"; readonly order: string }
  | { readonly kind: "pending"; readonly order: string }
  | {
      readonly kind: "captured";
      readonly order: string;
      readonly amount: number;
      readonly code: number;
      readonly transaction: number;
      readonly wallet: string;
    }
  | { readonly kind: "failed"; readonly order: string; readonly code: number; readonly transaction: number }
  | { readonly kind: "reversed"; readonly order: string; readonly amount: number; readonly transaction: number }
  | {
      readonly kind: "refunded";
      readonly order: string;
      readonly refund: string;
      readonly amount: number;
      readonly transaction: number;
    }
  | {
      readonly kind: "callback-sent";
      readonly order: string;
      readonly variant: string;
      readonly accepted: boolean;
      readonly said: string;
      readonly last: boolean;
    };

/** A wallet's books: rebuilt from the journal, changed only by its events. */
export class WalletBook {
  readonly byOrder = new Map<string, WalletPayment>();
  readonly byPayId = new Map<string, WalletPayment>();
  readonly byTransaction = new Map<number, WalletPayment>();
  readonly refunds = new Map<string, WalletRefund>();

  readonly apply = (event: Recorded<WalletEvent>): void => {
    if (event.kind === "refused") return;
    if (event.kind === "created") return this.#created(event);
    const payment = this.byOrder.get(event.order);
    if (payment) this.#change(payment, event);
  };

  #created(event: Recorded<Extract<WalletEvent, { kind: "created" }>>): void {
    const { seq: _seq, kind: _kind, at, ...order } = event;
    const payment: WalletPayment = {
      ...order,
      createdAt: at,
      pending: false,
      reversed: false,
      refunds: [],
      wrongOtps: 0,
      callbackAttempts: 0,
      callbackDone: false,
    };
    this.byOrder.set(event.order, payment);
    this.byPayId.set(event.payId, payment);
  }

  #change(payment: WalletPayment, event: Recorded<Exclude<WalletEvent, { kind: "created" | "refused" }>>): void {
    switch (event.kind) {
      case "wrong-otp":
        payment.wrongOtps += 1;
        return;
      case "pending":
        payment.pending = true;
        return;
      case "captured":
      case "failed": {
        const outcome = event.kind === "captured" ? "paid" : "failed";
        payment.pending = false;
        payment.result = { outcome, code: event.code, transaction: event.transaction, at: event.at };
        this.byTransaction.set(event.transaction, payment);
        return;
      }
      case "reversed":
        payment.reversed = true;
        return;
      case "refunded": {
        const { refund, amount, transaction, at } = event;
        payment.refunds.push({ refund, amount, transaction, at });
        this.refunds.set(refund, { refund, amount, transaction, at });
        return;
      }
      case "callback-sent":
        if (event.variant === "true") payment.callbackAttempts += 1;
        if (event.last) payment.callbackDone = true;
    }
  }
}
