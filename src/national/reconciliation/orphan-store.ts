import type { PlainDate } from "#kit/calendar.ts";
import { type Db, statement } from "#kit/db.ts";
import type { FileRow } from "./reconciliation.ts";

const selectAttempts = statement<
  { reference: string; id: string; succeeded: boolean },
  [provider: string, references: readonly string[]]
>(
  "reconciliation.attempts-named",
  `select provider_order as reference, id, state = 'succeeded' as succeeded from payment_attempt
   where provider = $1 and provider_order = any ($2)`,
);

const insertOrphans = statement<{ reference: string }, [provider: string, rows: string]>(
  "reconciliation.keep-orphans",
  `with found as (
     insert into payment_orphan (provider, reference, provider_transaction, amount, occurred_on)
     select $1, r.reference, r.transaction, r.amount, r."occurredOn"
     from jsonb_to_recordset($2::jsonb) as r(reference text, transaction text, amount bigint, "occurredOn" date)
     on conflict do nothing returning reference, amount)
   select reference, audit_put('system', 'payment.orphan', $1 || ':' || reference, jsonb_build_object('amount', amount)) from found`,
);

/** Those that nobody has been told of otherwise: once a settlement file has the line, it stands in the work list. */
const selectOrphans = statement<Orphan, []>(
  "reconciliation.orphans",
  `select o.provider, o.reference, o.amount, o.occurred_on as "occurredOn", o.found_at as "foundAt" from payment_orphan o
   where not exists (select 1 from payment_attempt a where a.provider = o.provider and a.provider_order = o.reference)
     and not exists (select 1 from reconciliation_difference d join reconciliation_import i on i.id = d.import_id
       where i.provider = o.provider and d.reference = o.reference and not d.is_refund)
   order by o.found_at, o.provider, o.reference limit 50`,
);

export interface Orphan {
  readonly provider: string;
  /** The provider's name of the payment. */
  readonly reference: string;
  /** đồng */
  readonly amount: number;
  readonly occurredOn: PlainDate;
  readonly foundAt: Date;
}

/** Our attempts of these names at the provider, by name. */
export async function findAttemptsNamed(
  db: Db,
  provider: string,
  references: readonly string[],
): Promise<Map<string, { readonly id: string; readonly succeeded: boolean }>> {
  const rows = await db.many(selectAttempts, [provider, references]);
  return new Map(rows.map(({ reference, ...attempt }) => [reference, attempt]));
}

/** Writes down those that are new; answers their names. */
export async function keepOrphans(db: Db, provider: string, rows: readonly FileRow[]): Promise<readonly string[]> {
  const known = rows.map(({ reference, transaction, amount, occurredOn }) => ({
    reference,
    transaction,
    amount,
    occurredOn,
  }));
  return (await db.many(insertOrphans, [provider, JSON.stringify(known)])).map((row) => row.reference);
}

export function listOrphans(db: Db): Promise<Orphan[]> {
  return db.many(selectOrphans, []);
}
