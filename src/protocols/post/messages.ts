/** What province and public post say to each other. Amounts are whole đồng, instants ISO 8601. */

/** result: from the agency to a person's home; papers: from a home to the agency. */
export const SERVICES = ["result", "papers"] as const;
export type PostService = (typeof SERVICES)[number];

export interface PostParty {
  readonly name: string;
  readonly phone?: string;
  /** One line, the smallest unit first, in the units that were written. */
  readonly address: string;
  /** The same place in the units of today, when they are others. */
  readonly addressToday?: string;
}

export interface PostOrder {
  /** Of the agency, unique: the same reference is the same order, however often it is sent. */
  readonly reference: string;
  readonly service: PostService;
  readonly from: PostParty;
  readonly to: PostParty;
  readonly weightGrams: number;
  readonly postage: { readonly amount: number; readonly paid: "at-the-door" | "by-the-agency" };
  /** What lies in it, in words: "Kết quả hồ sơ 000.20.31.H53-261120-0001". */
  readonly content: string;
}

/** itemCode: the post's number of the item (UPU S10: two letters, nine digits, VN). */
export type PostOrderAnswer =
  | { readonly reference: string; readonly accepted: true; readonly itemCode: string }
  | { readonly reference: string; readonly accepted: false; readonly reason: string };

/** Nobody wants what was ordered any more. Asked again it answers the same. */
export interface PostCancel {
  readonly reference: string;
}

/**
 * Refused: the item is under way, and its events go on. A reference that the post has never had is cancelled too, and an order
 * that still comes under it is not accepted.
 */
export type PostCancelAnswer =
  | { readonly reference: string; readonly cancelled: true }
  | { readonly reference: string; readonly cancelled: false; readonly reason: string };

export const EVENT_KINDS = [
  "accepted",
  "collected",
  "in-transit",
  "out-for-delivery",
  "delivery-failed",
  "delivered",
  "returning",
  "returned",
  "lost",
] as const;
export type PostEventKind = (typeof EVENT_KINDS)[number];

export interface PostEvent {
  /** Of the post, unique. */
  readonly id: string;
  /** Grows along the way of one item: events may arrive in any order. */
  readonly sequence: number;
  readonly kind: PostEventKind;
  readonly at: string;
  readonly place: string;
  /** Why it failed, who took it. */
  readonly note?: string;
}

/** The post tells of one event. */
export interface PostNotice {
  readonly reference: string;
  readonly itemCode: string;
  readonly event: PostEvent;
}

/** Everything that the post knows of an order; `known: false`: it never had it. */
export type PostTracking =
  | { readonly reference: string; readonly known: false }
  | {
      readonly reference: string;
      readonly known: true;
      readonly itemCode: string;
      readonly events: readonly PostEvent[];
    };

const ITEM_CODE = /^[A-Z]{2}\d{9}VN$/;
const TEXT_MAX = 500;
const EVENTS_MAX = 200;

export function isPostOrder(value: unknown): value is PostOrder {
  const order = fields(value);
  const postage = fields(order?.["postage"]);
  return (
    order !== undefined &&
    isText(order["reference"], 64) &&
    SERVICES.some((one) => one === order["service"]) &&
    isParty(order["from"]) &&
    isParty(order["to"]) &&
    isWhole(order["weightGrams"], 1, 30_000) &&
    postage !== undefined &&
    isWhole(postage["amount"], 0, 10_000_000) &&
    (postage["paid"] === "at-the-door" || postage["paid"] === "by-the-agency") &&
    isText(order["content"], TEXT_MAX)
  );
}

export function isPostOrderAnswer(value: unknown): value is PostOrderAnswer {
  const answer = fields(value);
  if (!answer || !isText(answer["reference"], 64)) return false;
  if (answer["accepted"] === false) return isText(answer["reason"], TEXT_MAX);
  return answer["accepted"] === true && isItemCode(answer["itemCode"]);
}

export function isPostCancel(value: unknown): value is PostCancel {
  return isText(fields(value)?.["reference"], 64);
}

export function isPostCancelAnswer(value: unknown): value is PostCancelAnswer {
  const answer = fields(value);
  if (!answer || !isText(answer["reference"], 64)) return false;
  return answer["cancelled"] === true || (answer["cancelled"] === false && isText(answer["reason"], TEXT_MAX));
}

export function isPostNotice(value: unknown): value is PostNotice {
  const notice = fields(value);
  return (
    notice !== undefined &&
    isText(notice["reference"], 64) &&
    isItemCode(notice["itemCode"]) &&
    isPostEvent(notice["event"])
  );
}

export function isPostTracking(value: unknown): value is PostTracking {
  const tracking = fields(value);
  if (!tracking || !isText(tracking["reference"], 64)) return false;
  if (tracking["known"] === false) return true;
  const events = tracking["events"];
  return (
    tracking["known"] === true &&
    isItemCode(tracking["itemCode"]) &&
    Array.isArray(events) &&
    events.length <= EVENTS_MAX &&
    events.every(isPostEvent)
  );
}

export function isItemCode(value: unknown): value is string {
  return typeof value === "string" && ITEM_CODE.test(value);
}

function isPostEvent(value: unknown): value is PostEvent {
  const event = fields(value);
  return (
    event !== undefined &&
    isText(event["id"], 64) &&
    isWhole(event["sequence"], 1, 10_000) &&
    EVENT_KINDS.some((one) => one === event["kind"]) &&
    typeof event["at"] === "string" &&
    !Number.isNaN(Date.parse(event["at"])) &&
    typeof event["place"] === "string" &&
    event["place"].length <= TEXT_MAX &&
    (event["note"] === undefined || isText(event["note"], TEXT_MAX))
  );
}

function isParty(value: unknown): boolean {
  const party = fields(value);
  return (
    party !== undefined &&
    isText(party["name"], 200) &&
    isText(party["address"], TEXT_MAX) &&
    (party["phone"] === undefined || (typeof party["phone"] === "string" && /^\d{8,15}$/.test(party["phone"]))) &&
    (party["addressToday"] === undefined || isText(party["addressToday"], TEXT_MAX))
  );
}

function fields(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function isText(value: unknown, max: number): boolean {
  return typeof value === "string" && value !== "" && value.length <= max;
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= most;
}
