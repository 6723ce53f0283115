import type { Recorded } from "../journal/index.ts";

/** One payment order in the wallet's books. Amounts in đồng. */
export interface MomoPayment {
  /** Unguessable id of the payment page. */
  readonly payId: string;
  readonly partnerCode: string;
  readonly requestId: string;
  readonly orderId: string;
  readonly amount: number;
  readonly orderInfo: string;
  readonly redirectUrl: string;
  readonly ipnUrl: string;
  readonly extraData: string;
  readonly requestType: string;
  readonly lang: "vi" | "en";
  readonly createdAt: string;
  readonly expiresAt: string;
  /** Undefined while the payer has not finished. 0 = paid, everything else failed for good. */
  result?: { readonly resultCode: number; readonly transId: number; readonly payType: string; readonly at: string };
  /** True once the payer has confirmed and the wallet has not decided (result code 7000). */
  pending: boolean;
  /** The wallet took a finished payment back by itself. */
  reversed: boolean;
  refunds: MomoRefund[];
  wrongOtps: number;
  callbackAttempts: number;
  callbackDone: boolean;
}

export interface MomoRefund {
  readonly requestId: string;
  readonly orderId: string;
  readonly amount: number;
  readonly transId: number;
  readonly resultCode: number;
  readonly at: string;
}

export type MomoEvent =
  | ({ readonly kind: "created" } & Omit<
      MomoPayment,
      "createdAt" | "result" | "pending" | "reversed" | "refunds" | "wrongOtps" | "callbackAttempts" | "callbackDone"
    >)
  | {
      readonly kind: "refused";
      readonly call: string;
      readonly resultCode: number;
      readonly orderId: string;
      readonly requestId: string;
    }
  | { readonly kind: "wrong-otp"; readonly orderId: string }
  | { readonly kind: "pending"; readonly orderId: string }
  | {
      readonly kind: "captured";
      readonly orderId: string;
      readonly amount: number;
      readonly transId: number;
      readonly payType: string;
      readonly wallet: string;
    }
  | {
      readonly kind: "failed";
      readonly orderId: string;
      readonly resultCode: number;
      readonly transId: number;
      readonly payType: string;
    }
  | { readonly kind: "reversed"; readonly orderId: string; readonly amount: number }
  | {
      readonly kind: "refunded";
      readonly paymentOrderId: string;
      readonly orderId: string;
      readonly requestId: string;
      readonly amount: number;
      readonly transId: number;
    }
  | {
      readonly kind: "callback-sent";
      readonly orderId: string;
      readonly variant: string;
      readonly accepted: boolean;
      readonly said: string;
      readonly last: boolean;
    };

/** The wallet's books: rebuilt from the journal, changed only by its events. */
export class MomoBook {
  readonly byOrder = new Map<string, MomoPayment>();
  readonly byPayId = new Map<string, MomoPayment>();
  readonly byTransId = new Map<number, MomoPayment>();
  /** requestId → what it was used for: a request id counts once for all calls that change something. */
  readonly requestIds = new Set<string>();
  readonly refundOrders = new Set<string>();

  readonly apply = (event: Recorded<MomoEvent>): void => {
    switch (event.kind) {
      case "created":
        return this.#created(event);
      case "captured":
        return this.#finished(event.orderId, { ...event, resultCode: 0 });
      case "failed":
        return this.#finished(event.orderId, event);
      case "wrong-otp":
        return this.#change(event.orderId, (payment) => {
          payment.wrongOtps += 1;
        });
      case "pending":
        return this.#change(event.orderId, (payment) => {
          payment.pending = true;
        });
      case "reversed":
        return this.#change(event.orderId, (payment) => {
          payment.reversed = true;
        });
      case "refunded":
        this.refundOrders.add(event.orderId);
        this.requestIds.add(event.requestId);
        return this.#change(event.paymentOrderId, (payment) => {
          payment.refunds.push({ ...event, resultCode: 0 });
        });
      case "callback-sent":
        return this.#change(event.orderId, (payment) => {
          if (event.variant === "true") payment.callbackAttempts += 1;
          if (event.last) payment.callbackDone = true;
        });
      default:
        return;
    }
  };

  #created(event: Recorded<Extract<MomoEvent, { kind: "created" }>>): void {
    const { seq: _seq, kind: _kind, at, ...order } = event;
    const payment: MomoPayment = {
      ...order,
      createdAt: at,
      pending: false,
      reversed: false,
      refunds: [],
      wrongOtps: 0,
      callbackAttempts: 0,
      callbackDone: false,
    };
    this.byOrder.set(event.orderId, payment);
    this.byPayId.set(event.payId, payment);
    this.requestIds.add(event.requestId);
  }

  #finished(
    orderId: string,
    result: { readonly resultCode: number; readonly transId: number; readonly payType: string; readonly at: string },
  ): void {
    this.#change(orderId, (payment) => {
      const { resultCode, transId, payType, at } = result;
      payment.pending = false;
      payment.result = { resultCode, transId, payType, at };
      this.byTransId.set(transId, payment);
    });
  }

  #change(orderId: string, change: (payment: MomoPayment) => void): void {
    const payment = this.byOrder.get(orderId);
    if (payment) change(payment);
  }
}
