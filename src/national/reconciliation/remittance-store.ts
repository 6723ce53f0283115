import { type Db, statement } from "#kit/db.ts";

const selectUnordered = statement<UnorderedRemittance, []>(
  "remittance.list-unordered",
  `select r.id, r.merchant, r.payee_account as account, r.amount, r.through from remittance r
   where r.payee_account ~ '^[0-9]{6,20}$' and not exists (select 1 from remittance_order o where o.remittance_id = r.id)
   order by r.made_at limit 100`,
);

const insertOrder = statement<unknown, [id: string, line: string]>(
  "remittance.put-order",
  "insert into remittance_order (remittance_id, bank_line) values ($1, $2) on conflict do nothing",
);

export interface UnorderedRemittance {
  readonly id: string;
  readonly merchant: string;
  readonly account: string;
  /** đồng */
  readonly amount: number;
  /** Last day whose payments are in it. */
  readonly through: string;
}

export function listUnordered(db: Db): Promise<UnorderedRemittance[]> {
  return db.many(selectUnordered, []);
}

export async function putOrder(db: Db, id: string, line: string): Promise<void> {
  await db.run(insertOrder, [id, line]);
}
