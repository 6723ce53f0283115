/** Stand-ins that take payments. */
export const PAYMENT_STAND_INS = ["momo", "vnpay", "zalopay", "vnpt-pay"] as const;
export type PaymentStandIn = (typeof PAYMENT_STAND_INS)[number];

/** A payment of any provider as the control panel lists it. */
export interface RecentPayment {
  readonly provider: PaymentStandIn;
  readonly order: string;
  readonly orderInfo: string;
  /** đồng */
  readonly amount: number;
  readonly createdAt: string;
  readonly state: "open" | "pending" | "paid" | "failed" | "reversed";
  /** The provider's result code, when there is one. */
  readonly code: string;
  readonly callback: "none" | "waiting" | "done";
}

/** What the control panel may do to payments; the app wires it to the providers. */
export interface PaymentDesk {
  recent(limit: number): readonly RecentPayment[];
  /** Sends a callback now, besides the schedule. False: there is no such payment, or it is not finished. */
  sendCallback(
    provider: PaymentStandIn,
    order: string,
    variant: "true" | "forged" | "other-amount",
  ): Promise<{ said: string } | undefined>;
  /** Ends a pending payment. False: there is no such payment, or it is not pending. */
  settle(provider: PaymentStandIn, order: string, resultCode: number): boolean;
  /** Takes a paid payment back, as a bank does after a complaint. False: there is no such payment. */
  reverse(provider: PaymentStandIn, order: string): boolean;
}
