/** Writing orders, events and letters: each statement is one transaction by one SQL function (migrations 0120, 0154). */
import { type Database, type Db, statement } from "#kit/db.ts";
import type { PostEvent } from "#protocols/post/index.ts";
import { LETTER_COLUMNS, ORDER_COLUMNS } from "./delivery-view.ts";
import type { DeliveryOrder, Letter, OrderKind, Party, Payer } from "./order.ts";
import type { OrderState } from "./order-lifecycle.ts";

type Actor =
  | { readonly kind: "officer"; readonly id: string; readonly name: string }
  /** id: the sub once more, by which the audit names whoever it was */
  | { readonly kind: "citizen"; readonly sub: string; readonly id: string; readonly name: string }
  | { readonly kind: "system"; readonly name: string };

const orderPut = statement<
  DeliveryOrder,
  [
    tenant: string,
    dossier: string,
    kind: string,
    sender: string,
    receiver: string,
    grams: number,
    postage: number,
    basis: string,
    pays: string,
    dueName: string,
    dueAt: Date,
    actor: string,
  ]
>(
  "delivery.order-put",
  `select ${ORDER_COLUMNS} from post_order_put($1, $2, $3, $4::jsonb, $5::jsonb, $6, $7, $8, $9, $10::jsonb, $11, $12::jsonb) o`,
);

export interface NewOrder {
  readonly tenant: string;
  readonly dossierId: string;
  readonly kind: OrderKind;
  readonly sender: Party;
  readonly receiver: Party;
  readonly grams: number;
  readonly postage: number;
  readonly basis: string;
  readonly pays: Payer;
  /** How the postage is called among the dossier's dues, and until when it is to be paid. */
  readonly due: { readonly name: { readonly vi: string; readonly en: string }; readonly at: Date };
  readonly actor: Actor;
}

/** The order that is under way: a new one, or the one there was. */
export function putOrder(database: Database, order: NewOrder): Promise<DeliveryOrder | undefined> {
  const { tenant, dossierId, kind, sender, receiver, grams, postage, basis, pays, due, actor } = order;
  return database.maybe(orderPut, [
    tenant,
    dossierId,
    kind,
    JSON.stringify(sender),
    JSON.stringify(receiver),
    grams,
    postage,
    basis,
    pays,
    JSON.stringify(due.name),
    due.at,
    JSON.stringify(actor),
  ]);
}

const release = statement<{ done: boolean }, [tenant: string, id: string, toDoor: boolean, actor: string]>(
  "delivery.order-release",
  "select post_order_release($1, $2, $3, $4::jsonb) as done",
);

/** The order leaves for the post: its postage is paid, or will be paid at the door after all. */
export async function releaseOrder(
  database: Database,
  input: { readonly tenant: string; readonly id: string; readonly toDoor: boolean; readonly actor: Actor },
): Promise<boolean> {
  const { tenant, id, toDoor, actor } = input;
  return (await database.one(release, [tenant, id, toDoor, JSON.stringify(actor)])).done;
}

const answered = statement<{ done: boolean }, [string, string, string | null, string | null, string | null]>(
  "delivery.order-answered",
  "select post_order_answered($1, $2, $3, $4, $5::jsonb) as done",
);

/** False when the order does not wait for an answer any more. `officer`: whoever typed the number. A number that another item has throws `conflict` (23505). */
export async function keepAnswer(
  database: Database,
  tenant: string,
  id: string,
  answer: { readonly itemCode: string; readonly officer?: Actor } | { readonly refusal: string },
): Promise<boolean> {
  if ("refusal" in answer) return (await database.one(answered, [tenant, id, null, answer.refusal, null])).done;
  const officer = answer.officer ? JSON.stringify(answer.officer) : null;
  return (await database.one(answered, [tenant, id, answer.itemCode, null, officer])).done;
}

const stuck = statement<unknown, [string, string, string]>(
  "delivery.order-stuck",
  "select post_order_stuck($1, $2, $3)",
);

export async function keepProblem(database: Database, tenant: string, id: string, problem: string): Promise<void> {
  await database.one(stuck, [tenant, id, problem]);
}

export type CancelWord = "cancelled" | "asked" | "stale";

const cancelled = statement<{ word: CancelWord }, [tenant: string, id: string, actor: string]>(
  "delivery.order-cancel",
  "select post_order_cancel($1, $2, $3::jsonb) as word",
);

/** Takes an order back: at once when the post never had it, else the post is asked by a job. stale: over, or asked already. */
export async function cancelOrder(
  database: Database,
  input: { readonly tenant: string; readonly id: string; readonly actor: Actor },
): Promise<CancelWord> {
  return (await database.one(cancelled, [input.tenant, input.id, JSON.stringify(input.actor)])).word;
}

const cancelAnswered = statement<{ done: boolean }, [string, string, string | null, string | null]>(
  "delivery.order-cancel-answered",
  "select post_order_cancel_answered($1, $2, $3, $4) as done",
);

/** What the post said of it; `note`: what an officer still has to do. False when nobody waits for it any more. */
export async function keepCancelAnswer(
  database: Database,
  tenant: string,
  id: string,
  answer: { readonly refusal: string } | { readonly note: string | null },
): Promise<boolean> {
  const [refusal, note] = "refusal" in answer ? [answer.refusal, null] : [null, answer.note];
  return (await database.one(cancelAnswered, [tenant, id, refusal, note])).done;
}

export type EventWord = "new" | "late" | "already" | "after-cancel" | "unknown";

const eventPut = statement<{ word: EventWord }, [string, string, string, string, string]>(
  "delivery.event-put",
  "select post_event_put($1, $2, $3, $4::jsonb, $5) as word",
);

export async function putEvent(
  database: Database,
  about: { readonly tenant: string; readonly orderId: string; readonly itemCode: string },
  event: PostEvent,
  state: OrderState,
): Promise<EventWord> {
  const { tenant, orderId, itemCode } = about;
  return (await database.one(eventPut, [tenant, orderId, itemCode, JSON.stringify(event), state])).word;
}

const byHand = statement<{ done: boolean }, [string, string, string, string]>(
  "delivery.order-by-hand",
  "select post_order_by_hand($1, $2, $3, $4::jsonb) as done",
);

export async function actByHand(
  database: Database,
  input: {
    readonly tenant: string;
    readonly id: string;
    readonly what: "collected" | "returned" | "again";
    readonly actor: Actor;
  },
): Promise<boolean> {
  return (await database.one(byHand, [input.tenant, input.id, input.what, JSON.stringify(input.actor)])).done;
}

const letterPut = statement<
  Letter & { readonly fresh: boolean },
  [
    tenant: string,
    agency: string,
    code: string,
    sender: string,
    postmarked: string | null,
    arrived: string,
    officer: string,
  ]
>(
  "delivery.letter-put",
  `select ${LETTER_COLUMNS}, l.registered_at = transaction_timestamp() as fresh
   from post_letter_put($1, $2, $3, $4, $5::date, $6::date, $7::jsonb) l`,
);

export interface NewLetter {
  readonly tenant: string;
  readonly agencyId: string;
  readonly itemCode: string;
  readonly senderName: string;
  readonly postmarkedOn: string | null;
  readonly arrivedOn: string;
  readonly officer: Actor;
}

/** The letter as it stands in the book: a number that was registered before answers its first row, which is not fresh. */
export function putLetter(database: Database, letter: NewLetter): Promise<Letter & { readonly fresh: boolean }> {
  const { tenant, agencyId, itemCode, senderName, postmarkedOn, arrivedOn, officer } = letter;
  return database.one(letterPut, [
    tenant,
    agencyId,
    itemCode,
    senderName,
    postmarkedOn,
    arrivedOn,
    JSON.stringify(officer),
  ]);
}

const letterJoin = statement<{ done: boolean }, [string, string, string, string]>(
  "delivery.letter-join",
  "select post_letter_join($1, $2, $3, $4::jsonb) as done",
);

/** The letter belongs to a dossier that is filed already; false when it has one. */
export async function joinLetter(
  database: Database,
  input: { readonly tenant: string; readonly id: string; readonly dossierId: string; readonly officer: Actor },
): Promise<boolean> {
  const { tenant, id, dossierId, officer } = input;
  return (await database.one(letterJoin, [tenant, id, dossierId, JSON.stringify(officer)])).done;
}

const claimQuiet = statement<QuietOrder, [seconds: number, limit: number]>(
  "delivery.claim-quiet",
  `update post_order set heard_at = clock_timestamp() where id in (
     select id from post_order
     where (state in ('ordered', 'collected', 'in-transit', 'out-for-delivery', 'delivery-failed', 'returning')
         or (state = 'sending' and cancel = 'asked'))
       and heard_at < clock_timestamp() - make_interval(secs => $1) order by heard_at limit $2 for update skip locked)
   returning id, coalesce(cancel = 'asked', false) as cancelling`,
);

export interface QuietOrder {
  readonly id: string;
  /** The post was asked to take it back and has not answered. */
  readonly cancelling: boolean;
}

/** Orders of which nothing was heard for so long: asked about now, and not again before the same time has passed. */
export function claimQuietOrders(db: Db, seconds: number, limit: number): Promise<QuietOrder[]> {
  return db.many(claimQuiet, [seconds, limit]);
}
