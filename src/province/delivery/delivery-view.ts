/** Reading orders, what the post told, and letters. Every list is limited. `db` is the tenant's. */
import { type Db, statement } from "#kit/db.ts";
import { type DeliveryOrder, type Letter, ORDER_LISTS, type OrderList, type TrackedEvent } from "./order.ts";

export const ORDER_COLUMNS = `o.id, o.dossier_id as "dossierId", o.agency_id as "agencyId", o.kind, o.round, o.state, o.sender,
  o.receiver, o.grams, o.postage, o.basis, o.pays, o.item_code as "itemCode", o.problem, o.cancel, o.cancel_note as "cancelNote", o.created_at as "createdAt",
  o.changed_at as "changedAt"`;

export const LETTER_COLUMNS = `l.id, l.agency_id as "agencyId", l.item_code as "itemCode", l.sender_name as "senderName",
  to_char(l.postmarked_on, 'YYYY-MM-DD') as "postmarkedOn", to_char(l.arrived_on, 'YYYY-MM-DD') as "arrivedOn",
  l.dossier_id as "dossierId"`;

const byId = statement<DeliveryOrder, [id: string]>(
  "delivery.find-order",
  `select ${ORDER_COLUMNS} from post_order o where o.id = $1`,
);

export function findOrder(db: Db, id: string): Promise<DeliveryOrder | undefined> {
  return db.maybe(byId, [id]);
}

const ofDossier = statement<DeliveryOrder, [dossierId: string]>(
  "delivery.orders-of-dossier",
  `select ${ORDER_COLUMNS} from post_order o where o.dossier_id = $1 order by o.created_at desc, o.id limit 40`,
);

/** Newest first. */
export function listOrdersOf(db: Db, dossierId: string): Promise<DeliveryOrder[]> {
  return db.many(ofDossier, [dossierId]);
}

const events = statement<TrackedEvent & { readonly orderId: string }, [dossierId: string]>(
  "delivery.events-of-dossier",
  `select e.order_id as "orderId", e.event_id as "eventId", e.sequence, e.kind, e.at, e.place, e.note
   from post_event e join post_order o on o.id = e.order_id where o.dossier_id = $1
   order by e.sequence desc, e.at desc limit 400`,
);

/** What the post told of a dossier's orders, by order, newest first. */
export async function listEventsOf(db: Db, dossierId: string): Promise<ReadonlyMap<string, readonly TrackedEvent[]>> {
  const byOrder = new Map<string, TrackedEvent[]>();
  for (const { orderId, ...event } of await db.many(events, [dossierId]))
    byOrder.set(orderId, [...(byOrder.get(orderId) ?? []), event]);
  return byOrder;
}

/** An order as the desk's list shows it. */
export interface DeskOrder extends DeliveryOrder {
  readonly dossierNumber: number | null;
  readonly dossierCode: string | null;
  readonly applicant: string;
  /** `changedAt` in microseconds, as exactly as it is stored: where the next page begins. */
  readonly micros: number;
}

const DESK_COLUMNS = `${ORDER_COLUMNS}, d.number as "dossierNumber", d.code as "dossierCode", d.applicant ->> 'name' as applicant,
  (extract(epoch from o.changed_at) * 1000000)::bigint as micros`;

/** A letter that the post has had for longer is looked into. */
const LONG_AWAY = "15 days";

const IN_LIST: Readonly<Record<OrderList, string>> = {
  give: "(o.state in ('awaiting-postage', 'sending', 'ordered') and o.problem is null)",
  away: `(o.state in ('collected', 'in-transit', 'out-for-delivery') and o.changed_at >= now() - interval '${LONG_AWAY}')`,
  trouble: `(o.state in ('delivery-failed', 'returning', 'refused') or (o.state = 'sending' and o.problem is not null)
    or (o.state in ('collected', 'in-transit', 'out-for-delivery') and o.changed_at < now() - interval '${LONG_AWAY}')
    or (o.cancel = 'refused' and exists (select 1 from dossier x where x.id = o.dossier_id and x.state in ('declined', 'withdrawn', 'stopped')))
    or (o.state = 'cancelled' and o.problem is not null)
    or (o.state in ('returned', 'lost') and not exists (
      select 1 from post_order later where later.dossier_id = o.dossier_id and later.kind = o.kind and later.round > o.round)
      and not exists (select 1 from result_handover h where h.dossier_id = o.dossier_id and o.kind = 'result')))`,
  over: "o.state in ('delivered', 'returned', 'lost', 'refused', 'cancelled')",
};

const listed = Object.fromEntries(
  ORDER_LISTS.map((list) => [
    list,
    statement<DeskOrder, [agencies: readonly string[], micros: number | null, id: string | null, limit: number]>(
      `delivery.desk-${list}`,
      `select ${DESK_COLUMNS}
       from post_order o join dossier d on d.id = o.dossier_id
       where o.agency_id = any ($1) and ${IN_LIST[list]} and ($2::bigint is null
         or (o.changed_at, o.id) < (timestamptz 'epoch' + $2 * interval '1 microsecond', $3::uuid))
       order by o.changed_at desc, o.id desc limit $4`,
    ),
  ]),
) as Readonly<
  Record<
    OrderList,
    ReturnType<
      typeof statement<
        DeskOrder,
        [agencies: readonly string[], micros: number | null, id: string | null, limit: number]
      >
    >
  >
>;

/** The last changed first; `after` is the last row of the page before. */
export function listDeskOrders(
  db: Db,
  list: OrderList,
  agencies: readonly string[],
  after: { readonly micros: number; readonly id: string } | undefined,
  limit: number,
): Promise<DeskOrder[]> {
  return db.many(listed[list], [agencies, after?.micros ?? null, after?.id ?? null, limit]);
}

const counts = statement<Readonly<Record<OrderList, number>>, [agencies: readonly string[]]>(
  "delivery.desk-counts",
  `select count(*) filter (where ${IN_LIST.give}) as give, count(*) filter (where ${IN_LIST.away}) as away,
     count(*) filter (where ${IN_LIST.trouble}) as trouble, 0 as over
   from post_order o where o.agency_id = any ($1) and (o.state <> 'delivered' and (o.state <> 'cancelled' or o.problem is not null))`,
);

export function countDeskOrders(db: Db, agencies: readonly string[]): Promise<Readonly<Record<OrderList, number>>> {
  return db.one(counts, [agencies]);
}

const awaited = statement<DeskOrder, [agencies: readonly string[]]>(
  "delivery.awaited-papers",
  `select ${DESK_COLUMNS}
   from post_order o join dossier d on d.id = o.dossier_id
   where o.agency_id = any ($1) and o.kind = 'papers' and o.item_code is not null and not exists (
       select 1 from post_letter l where l.item_code = o.item_code)
     and o.state in ('ordered', 'collected', 'in-transit', 'out-for-delivery', 'delivery-failed', 'delivered')
   order by o.state = 'delivered' desc, o.created_at, o.id limit 100`,
);

/** Papers on their way from people's homes that the counter has not registered; those the post calls delivered first. */
export function listAwaitedPapers(db: Db, agencies: readonly string[]): Promise<DeskOrder[]> {
  return db.many(awaited, [agencies]);
}

export interface DeskLetter extends Letter {
  readonly dossierNumber: number | null;
  readonly dossierCode: string | null;
  readonly registeredBy: string;
}

const LETTER_ROW = `${LETTER_COLUMNS}, d.number as "dossierNumber", d.code as "dossierCode", l.registered_by ->> 'name' as "registeredBy"`;

const waiting = statement<DeskLetter, [agencies: readonly string[]]>(
  "delivery.waiting-letters",
  `select ${LETTER_ROW} from post_letter l left join dossier d on d.id = l.dossier_id
   where l.agency_id = any ($1) and (l.dossier_id is null or d.discarded_at is not null)
   order by l.arrived_on, l.id limit 200`,
);

/** Opened and not yet a dossier, the oldest first. */
export function listWaitingLetters(db: Db, agencies: readonly string[]): Promise<DeskLetter[]> {
  return db.many(waiting, [agencies]);
}

const recent = statement<DeskLetter, [agencies: readonly string[], limit: number]>(
  "delivery.recent-letters",
  `select ${LETTER_ROW} from post_letter l join dossier d on d.id = l.dossier_id and d.discarded_at is null
   where l.agency_id = any ($1) order by l.registered_at desc limit $2`,
);

export function listRecentLetters(db: Db, agencies: readonly string[], limit: number): Promise<DeskLetter[]> {
  return db.many(recent, [agencies, limit]);
}

const letterById = statement<Letter, [id: string]>(
  "delivery.find-letter",
  `select ${LETTER_COLUMNS} from post_letter l where l.id = $1`,
);

export function findLetter(db: Db, id: string): Promise<Letter | undefined> {
  return db.maybe(letterById, [id]);
}

const holder = statement<Holder, [itemCode: string]>(
  "delivery.item-holder",
  `select l.agency_id as "agencyId", true as registered from post_letter l where l.item_code = $1
   union all
   select o.agency_id, false from post_order o where o.item_code = $1 and o.kind = 'papers'
     and not exists (select 1 from post_letter l where l.item_code = $1)`,
);

/** Whose a postal item is. `registered`: it stands in the unit's book; else its papers are on their way there. */
export interface Holder {
  readonly agencyId: string;
  readonly registered: boolean;
}

export function findHolder(db: Db, itemCode: string): Promise<Holder | undefined> {
  return db.maybe(holder, [itemCode]);
}

const named = statement<{ id: string; name: string }, [name: string, agencies: readonly string[]]>(
  "delivery.dossier-by-name",
  `select id, coalesce(code, number::text) as name from dossier
   where (code = $1 or number = case when $1 ~ '^[0-9]{1,12}$' then $1::bigint end) and agency_id = any ($2) and state <> 'draft'
   limit 1`,
);

/** A filed dossier of these units by its code or number as it stands on a letter. */
export function findNamedDossier(
  db: Db,
  name: string,
  agencies: readonly string[],
): Promise<{ readonly id: string; readonly name: string } | undefined> {
  return db.maybe(named, [name, agencies]);
}
