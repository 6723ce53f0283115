/** Life of an order to the public post. Pure: the post's events decide, whatever order they arrive in. */
import type { PostEventKind } from "#protocols/post/index.ts";

export const ORDER_STATES = [
  "awaiting-postage",
  "sending",
  "ordered",
  "collected",
  "in-transit",
  "out-for-delivery",
  "delivery-failed",
  "delivered",
  "returning",
  "returned",
  "lost",
  "refused",
  "cancelled",
] as const;

export type OrderState = (typeof ORDER_STATES)[number];

const STATE_OF: Readonly<Record<PostEventKind, OrderState>> = {
  accepted: "ordered",
  collected: "collected",
  "in-transit": "in-transit",
  "out-for-delivery": "out-for-delivery",
  "delivery-failed": "delivery-failed",
  delivered: "delivered",
  returning: "returning",
  returned: "returned",
  lost: "lost",
};

/** What an event makes of its order when nothing newer is known. */
export function stateAfter(kind: PostEventKind): OrderState {
  return STATE_OF[kind];
}

const OVER: ReadonlySet<OrderState> = new Set(["delivered", "returned", "lost", "refused", "cancelled"]);

/** Nothing more comes of it; another order may follow. */
export function isOrderOver(state: OrderState): boolean {
  return OVER.has(state);
}

/** What an officer may do about an order by hand. */
export const HAND_ACTS = ["collected", "returned", "cancelled", "again", "to-door", "item-code"] as const;
export type HandAct = (typeof HAND_ACTS)[number];

const BY_HAND: Readonly<Partial<Record<OrderState, readonly HandAct[]>>> = {
  "awaiting-postage": ["to-door", "cancelled"],
  sending: ["again", "item-code", "cancelled"],
  refused: ["item-code"],
  ordered: ["collected", "cancelled"],
  collected: ["returned"],
  "in-transit": ["returned"],
  "out-for-delivery": ["returned"],
  "delivery-failed": ["returned"],
  returning: ["returned"],
};

/** The buttons of an order at the desk. Results only are given to a courier and come back; papers just arrive. */
export function handActs(order: {
  readonly state: OrderState;
  readonly kind: "result" | "papers";
  readonly problem: string | null;
  readonly cancel: "asked" | "refused" | null;
}): HandAct[] {
  return (BY_HAND[order.state] ?? []).filter((act) => {
    // Whoever wants it back waits for the post.
    if (act === "cancelled") return order.cancel !== "asked";
    if (act === "again" || act === "item-code") return order.problem !== null && order.cancel !== "asked";
    return order.kind === "result" || (act !== "collected" && act !== "returned");
  });
}
