/** The words of the disputes room. */
import type { DisputeState } from "./dispute-lifecycle.ts";

/**
 * reversal: a provider says that a success was taken back · chargeback: the payer's bank wants it back · complaint: the payer
 * says so, and the provider asks.
 */
export type DisputeKind = "reversal" | "chargeback" | "complaint";

export const DISPUTE_KINDS: readonly DisputeKind[] = ["reversal", "chargeback", "complaint"];

export interface Dispute {
  readonly id: string;
  readonly settlementId: string;
  readonly kind: DisputeKind;
  /** đồng */
  readonly amount: number;
  /** What of it no refund had spoken for: that much can be taken from the agency. */
  readonly reserved: number;
  /** Who noticed it: callback, sweep, return, reconciliation, bank, operator. */
  readonly source: string;
  readonly providerCase: string;
  readonly reason: string;
  /** yyyy-MM-dd: until then the provider takes evidence. */
  readonly dueOn: string;
  readonly state: DisputeState;
  readonly openedAt: Date;
  readonly openedByName: string | null;
  readonly endedAt: Date | null;
  readonly provider: string;
  readonly kept: boolean;
  readonly captured: number;
  readonly hubTransaction: string;
  readonly merchant: string;
  readonly reference: string;
  readonly information: string;
}

export interface DisputeEntry {
  readonly at: Date;
  readonly action: string;
  readonly toState: DisputeState;
  readonly operatorName: string | null;
  readonly note: string;
}
