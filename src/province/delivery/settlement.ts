/** What is owed to the post and how it is paid: the words. */
import type { OrderState } from "./order-lifecycle.ts";

export type SettlementState = "proposed" | "approved" | "paid" | "dropped";

/** A list of what the post carried at the agency's account. */
export interface PostSettlement {
  readonly id: string;
  readonly account: string;
  /** Items ordered up to and with this day. */
  readonly until: string;
  readonly items: number;
  /** đồng */
  readonly amount: number;
  /** Of it: collected from payers; the rest is borne by the agency. */
  readonly collected: number;
  readonly state: SettlementState;
  readonly proposedBy: string;
  readonly proposedName: string;
  readonly proposedAt: Date;
  readonly approvedName: string | null;
  readonly reference: string | null;
  readonly paidAt: Date | null;
}

/** One letter that the post is paid for. */
export interface OwedItem {
  readonly id: string;
  readonly itemCode: string;
  readonly dossierId: string;
  readonly dossier: string;
  readonly orderedAt: Date;
  readonly grams: number;
  /** đồng */
  readonly postage: number;
  readonly pays: "hub" | "agency";
  readonly state: OrderState;
}

export type ProposeWord = "proposed" | "already" | "nothing";
export type ApproveWord = "approved" | "already" | "same-person" | "unknown";
export type PayWord = "paid" | "already" | "not-approved" | "reference-used" | "unknown";
export type DropWord = "dropped" | "already" | "unknown";
