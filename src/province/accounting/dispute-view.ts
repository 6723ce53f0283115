import { type Db, statement } from "#kit/db.ts";

const selectDisputes = statement<DisputeRow, [agencies: readonly string[]]>(
  "accounting.disputes",
  `select x.id, a.hub_transaction as "hubTransaction", x.amount, x.reason, x.state, x.consequence, x.opened_at as "openedAt",
     (select jsonb_agg(jsonb_build_object('id', d.id, 'name', coalesce(d.code, d.number::text)) order by d.id)
      from settlement s join obligation o on o.id = s.obligation_id join dossier d on d.id = o.dossier_id
      where s.attempt_id = x.attempt_id and d.agency_id = any ($1)) as dossiers
   from payment_dispute x join payment_attempt a on a.id = x.attempt_id
   where exists (select 1 from settlement s join obligation o on o.id = s.obligation_id join dossier d on d.id = o.dossier_id
     where s.attempt_id = x.attempt_id and d.agency_id = any ($1))
   order by (x.state = 'open') desc, x.changed_at desc limit 50`,
);

/** A payment that somebody wants back, or that was taken back, with the officer's dossiers that it paid. */
export interface DisputeRow {
  readonly id: string;
  readonly hubTransaction: string;
  /** đồng */
  readonly amount: number;
  readonly reason: string;
  readonly state: "open" | "kept" | "lost";
  readonly consequence: "reopened" | "returned" | "written-off" | "by-hand" | null;
  readonly openedAt: Date;
  readonly dossiers: readonly { readonly id: string; readonly name: string }[];
}

/** Open ones first, then the latest fifty. `db` is the tenant's. */
export function listDisputes(db: Db, agencies: readonly string[]): Promise<DisputeRow[]> {
  return db.many(selectDisputes, [agencies]);
}
