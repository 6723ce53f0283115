import type { Recorded } from "../journal/index.ts";

/** One transaction in the gateway's books. Amounts in đồng (the wire carries them ×100). */
export interface VnpayPayment {
  readonly payId: string;
  readonly tmnCode: string;
  readonly txnRef: string;
  readonly amount: number;
  readonly orderInfo: string;
  readonly returnUrl: string;
  readonly locale: "vn" | "en";
  /** The bank the merchant chose, or empty: then the payer chooses. */
  readonly bankCode: string;
  /** vnp_CreateDate as sent (yyyyMMddHHmmss, GMT+7): querydr names it as TransactionDate. */
  readonly createDate: string;
  readonly expiresAt: string;
  readonly createdAt: string;
  card?: { readonly bankCode: string; readonly lastFour: string; readonly outcome: CardOutcome };
  result?: {
    readonly responseCode: string;
    readonly transactionNo: string;
    readonly bankCode: string;
    readonly at: string;
  };
  refunds: {
    readonly requestId: string;
    readonly amount: number;
    readonly transactionNo: string;
    readonly at: string;
  }[];
  /** The bank took a finished payment back by itself. */
  reversed: boolean;
  wrongCards: number;
  wrongOtps: number;
  callbackAttempts: number;
  callbackDone: boolean;
}

/** What the bank does with a card that was typed correctly. */
export type CardOutcome = "success" | "insufficient-funds" | "locked" | "expired";

export type VnpayEvent =
  | {
      readonly kind: "created";
      readonly payId: string;
      readonly tmnCode: string;
      readonly txnRef: string;
      readonly amount: number;
      readonly orderInfo: string;
      readonly returnUrl: string;
      readonly locale: "vn" | "en";
      readonly bankCode: string;
      readonly createDate: string;
      readonly expiresAt: string;
    }
  | { readonly kind: "refused"; readonly call: string; readonly code: string; readonly txnRef: string }
  | { readonly kind: "wrong-card"; readonly payId: string }
  | {
      readonly kind: "card-accepted";
      readonly payId: string;
      readonly bankCode: string;
      readonly lastFour: string;
      readonly outcome: CardOutcome;
    }
  | { readonly kind: "wrong-otp"; readonly payId: string }
  | {
      readonly kind: "captured";
      readonly payId: string;
      readonly txnRef: string;
      readonly amount: number;
      readonly transactionNo: string;
      readonly bankCode: string;
      readonly lastFour: string;
    }
  | {
      readonly kind: "failed";
      readonly payId: string;
      readonly txnRef: string;
      readonly responseCode: string;
      readonly transactionNo: string;
      readonly bankCode: string;
    }
  | { readonly kind: "reversed"; readonly payId: string; readonly txnRef: string; readonly amount: number }
  | {
      readonly kind: "refunded";
      readonly payId: string;
      readonly requestId: string;
      readonly amount: number;
      readonly transactionNo: string;
    }
  | {
      readonly kind: "callback-sent";
      readonly payId: string;
      readonly variant: string;
      readonly accepted: boolean;
      readonly said: string;
      readonly last: boolean;
    };

/** The gateway's books: rebuilt from the journal, changed only by its events. */
export class VnpayBook {
  readonly byPayId = new Map<string, VnpayPayment>();
  readonly byTxnRef = new Map<string, VnpayPayment>();
  readonly requestIds = new Set<string>();

  readonly apply = (event: Recorded<VnpayEvent>): void => {
    if (event.kind === "refused") return;
    if (event.kind === "created") return this.#created(event);
    const payment = this.byPayId.get(event.payId);
    if (payment) this.#change(payment, event);
  };

  #created(event: Recorded<Extract<VnpayEvent, { kind: "created" }>>): void {
    const { seq: _seq, kind: _kind, at, ...order } = event;
    const payment: VnpayPayment = {
      ...order,
      createdAt: at,
      refunds: [],
      reversed: false,
      wrongCards: 0,
      wrongOtps: 0,
      callbackAttempts: 0,
      callbackDone: false,
    };
    this.byPayId.set(event.payId, payment);
    this.byTxnRef.set(event.txnRef, payment);
  }

  #change(payment: VnpayPayment, event: Recorded<Exclude<VnpayEvent, { kind: "created" | "refused" }>>): void {
    switch (event.kind) {
      case "wrong-card":
        payment.wrongCards += 1;
        return;
      case "card-accepted":
        payment.card = { bankCode: event.bankCode, lastFour: event.lastFour, outcome: event.outcome };
        return;
      case "wrong-otp":
        payment.wrongOtps += 1;
        return;
      case "captured":
      case "failed": {
        const responseCode = event.kind === "captured" ? "00" : event.responseCode;
        payment.result = { responseCode, transactionNo: event.transactionNo, bankCode: event.bankCode, at: event.at };
        return;
      }
      case "reversed":
        payment.reversed = true;
        // It is told like the result, with as many tries.
        payment.callbackAttempts = 0;
        payment.callbackDone = false;
        return;
      case "refunded":
        payment.refunds.push(event);
        this.requestIds.add(event.requestId);
        return;
      case "callback-sent":
        if (event.variant === "true") payment.callbackAttempts += 1;
        if (event.last) payment.callbackDone = true;
    }
  }
}
