/** The words of the refunds room. */
import type { RefundState } from "./refund-lifecycle.ts";

export interface Refund {
  readonly id: string;
  readonly settlementId: string;
  /** đồng */
  readonly amount: number;
  readonly reason: string;
  readonly state: RefundState;
  readonly requestedBy: string;
  readonly requestedByName: string;
  readonly requestedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedByName: string | null;
  readonly decidedAt: Date | null;
  readonly providerTransaction: string | null;
  readonly providerCode: string | null;
  readonly doneAt: Date | null;
  /** A person transfers it at the bank. */
  readonly byHand: boolean;
  readonly payee: string;
  /** The agency's request that it answers. */
  readonly wishId: string | null;
  readonly decisionNote: string | null;
  /** The payment that it gives back. */
  readonly provider: string;
  readonly transaction: string;
  readonly captured: number;
  readonly hubTransaction: string;
  readonly information: string;
}

/** A capture of which money must go back: a second payment, or one that came too late. */
export interface RefundDue {
  readonly settlementId: string;
  readonly amount: number;
  /** Not yet spoken for by a refund. */
  readonly remaining: number;
  readonly reason: string;
  readonly since: Date;
  readonly provider: string;
  readonly hubTransaction: string;
  readonly information: string;
}

/** An agency asks for one of its payments to go back; nobody has taken it up. */
export interface RefundWish {
  readonly id: string;
  readonly merchant: string;
  readonly settlementId: string;
  /** đồng */
  readonly amount: number;
  readonly captured: number;
  readonly reason: string;
  readonly payee: string;
  readonly receivedAt: Date;
  readonly provider: string;
  readonly hubTransaction: string;
  readonly information: string;
}
