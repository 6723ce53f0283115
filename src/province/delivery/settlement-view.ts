/** Reading what is owed to the post. Every list is limited. `db` is the tenant's; `agencies` are those that the officer sees. */
import { type Db, statement } from "#kit/db.ts";
import type { OwedItem, PostSettlement } from "./settlement.ts";

const ITEM = `o.id, coalesce(o.item_code, '') as "itemCode", o.dossier_id as "dossierId", coalesce(d.code, d.number::text, '') as dossier,
  o.created_at as "orderedAt", o.grams, o.postage, o.pays, o.state`;

const owed = statement<OwedItem, [agencies: readonly string[], limit: number]>(
  "delivery.owed-items",
  `select ${ITEM} from post_order o join dossier d on d.id = o.dossier_id
   where o.agency_id = any ($1) and post_order_is_owed(o) order by o.created_at, o.id limit $2`,
);

const total = statement<OwedTotal, [agencies: readonly string[]]>(
  "delivery.owed-total",
  `select count(*)::int as items, coalesce(sum(o.postage), 0)::bigint as amount from post_order o
   where o.agency_id = any ($1) and post_order_is_owed(o)`,
);

const listItems = statement<OwedItem, [settlement: string]>(
  "delivery.settlement-items",
  `select ${ITEM} from post_order o join dossier d on d.id = o.dossier_id where o.settlement_id = $1
   order by o.created_at, o.id limit 20000`,
);

const SETTLEMENT = `s.id, s.account, to_char(s.until, 'YYYY-MM-DD') as until, s.items, s.amount, s.collected, s.state,
  s.proposed_by as "proposedBy", s.proposed_name as "proposedName", s.proposed_at as "proposedAt", s.approved_name as "approvedName",
  s.reference, s.paid_at as "paidAt"`;

const listed = statement<PostSettlement, [agencies: readonly string[], limit: number]>(
  "delivery.settlements",
  `select ${SETTLEMENT} from post_settlement s where s.agency_id = any ($1) and s.state <> 'dropped'
   order by s.state = 'paid', s.proposed_at desc, s.id limit $2`,
);

const one = statement<PostSettlement, [id: string, agencies: readonly string[]]>(
  "delivery.find-settlement",
  `select ${SETTLEMENT} from post_settlement s where s.id = $1 and s.agency_id = any ($2)`,
);

export interface OwedTotal {
  readonly items: number;
  /** đồng */
  readonly amount: number;
}

/** What the post carried at the agency's account and stands in no list yet, the oldest first. */
export function listOwedItems(db: Db, agencies: readonly string[], limit: number): Promise<OwedItem[]> {
  return db.many(owed, [agencies, limit]);
}

export function readOwedTotal(db: Db, agencies: readonly string[]): Promise<OwedTotal> {
  return db.one(total, [agencies]);
}

/** Those that wait for somebody first. */
export function listSettlements(db: Db, agencies: readonly string[], limit: number): Promise<PostSettlement[]> {
  return db.many(listed, [agencies, limit]);
}

export function findSettlementList(
  db: Db,
  id: string,
  agencies: readonly string[],
): Promise<PostSettlement | undefined> {
  return db.maybe(one, [id, agencies]);
}

export function listSettlementItems(db: Db, id: string): Promise<OwedItem[]> {
  return db.many(listItems, [id]);
}
