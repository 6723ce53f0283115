/** The words of the delivery room: an order to the public post, what the post tells of it, and letters that come in. */
import type { PostEventKind } from "#protocols/post/index.ts";
import type { OrderState } from "./order-lifecycle.ts";

/** result: from the agency to the person's home; papers: from there to the agency. */
export type OrderKind = "result" | "papers";

/** Who pays the post: the person at the door, the person through the hub beforehand, or the agency (what the post lost). */
export type Payer = "door" | "hub" | "agency";

export interface Party {
  readonly name: string;
  readonly phone?: string;
  /** One line as it was written. */
  readonly address: string;
  /** As the place is called today, when that is something else. */
  readonly addressToday?: string;
}

export interface DeliveryOrder {
  readonly id: string;
  readonly dossierId: string;
  readonly agencyId: string;
  readonly kind: OrderKind;
  /** The how manieth of the dossier and kind, from 1. */
  readonly round: number;
  readonly state: OrderState;
  readonly sender: Party;
  readonly receiver: Party;
  readonly grams: number;
  /** đồng */
  readonly postage: number;
  readonly basis: string;
  readonly pays: Payer;
  readonly itemCode: string | null;
  /** Why the post refused it, or why the last try failed. */
  readonly problem: string | null;
  /** The post was asked to take it back: asked and not answered, or refused because the item is under way. */
  readonly cancel: "asked" | "refused" | null;
  /** The post's reason, or what is left to do by hand. */
  readonly cancelNote: string | null;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

export interface TrackedEvent {
  readonly eventId: string;
  readonly sequence: number;
  readonly kind: PostEventKind;
  readonly at: Date;
  readonly place: string;
  readonly note: string | null;
}

/** A letter as it was registered when it came. */
export interface Letter {
  readonly id: string;
  readonly agencyId: string;
  readonly itemCode: string;
  readonly senderName: string;
  /** Day of the post's stamp; null when it cannot be read. */
  readonly postmarkedOn: string | null;
  readonly arrivedOn: string;
  readonly dossierId: string | null;
}

/** give: waits for the courier; away: with the post; trouble: somebody has to do something; over: the rest. */
export const ORDER_LISTS = ["give", "away", "trouble", "over"] as const;
export type OrderList = (typeof ORDER_LISTS)[number];
