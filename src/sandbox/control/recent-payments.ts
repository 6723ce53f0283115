/** A payment of either provider as the control panel lists it. */
export interface RecentPayment {
  readonly provider: "momo" | "vnpay";
  readonly order: string;
  readonly orderInfo: string;
  /** đồng */
  readonly amount: number;
  readonly createdAt: string;
  readonly state: "open" | "pending" | "paid" | "failed";
  /** The provider's result code, when there is one. */
  readonly code: string;
  readonly callback: "none" | "waiting" | "done";
}

/** What the control panel may do to payments; the app wires it to the providers. */
export interface PaymentDesk {
  recent(limit: number): readonly RecentPayment[];
  /** Sends a callback now, besides the schedule. False: there is no such payment, or it is not finished. */
  sendCallback(
    provider: "momo" | "vnpay",
    order: string,
    variant: "true" | "forged" | "other-amount",
  ): Promise<{ said: string } | undefined>;
  /** Ends a pending payment. False: there is no such payment, or it is not pending. */
  settle(provider: "momo" | "vnpay", order: string, resultCode: number): boolean;
}
