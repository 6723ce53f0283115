import { type Db, statement } from "#kit/db.ts";
import type { Absence, RoutingRule } from "./order.ts";

const rules = statement<RoutingRule, []>(
  "inbox.rules",
  `select id, position, procedure_code as "procedureCode", field_code as "fieldCode", agency_id as "agencyId", officers::text[] as officers
   from routing_rule where ended_at is null order by position, id limit 200`,
);
const absences = statement<Absence, [today: string]>(
  "inbox.absences",
  `select a.id, o.name as officer, s.name as substitute, a.from_date as "from", a.to_date as "to", a.reason
   from officer_absence a join officer o on o.id = a.officer_id join officer s on s.id = a.substitute_id
   where a.ended_at is null and a.to_date >= $1::date order by a.from_date, a.id limit 200`,
);
// Each change with its trace, in one statement.
const addRule = statement<
  unknown,
  [
    id: string,
    position: number,
    procedure: string | null,
    field: string | null,
    agency: string | null,
    officers: string[],
    by: string,
  ]
>(
  "inbox.add-rule",
  `with rule as (insert into routing_rule (id, position, procedure_code, field_code, agency_id, officers, decided_by)
     values ($1, $2, $3, $4, $5, $6::uuid[], $7) returning id)
   select audit_put($7, 'routing.add', 'routing:' || id, jsonb_build_object('position', $2::int, 'procedure', $3::text,
     'field', $4::text, 'agency', $5::text, 'officers', $6::text[])) from rule`,
);
const endRule = statement<unknown, [id: string, by: string]>(
  "inbox.end-rule",
  `with rule as (update routing_rule set ended_at = clock_timestamp() where id = $1 and ended_at is null returning id)
   select audit_put($2, 'routing.end', 'routing:' || id, '{}') from rule`,
);
const addAbsence = statement<
  unknown,
  [id: string, officer: string, substitute: string, from: string, to: string, reason: string, by: string]
>(
  "inbox.add-absence",
  `with absence as (insert into officer_absence (id, officer_id, substitute_id, from_date, to_date, reason, decided_by)
     values ($1, $2, $3, $4, $5, $6, $7) returning id, officer_id, substitute_id, from_date, to_date)
   select audit_put($7, 'absence.add', 'officer:' || officer_id,
     jsonb_build_object('substitute', substitute_id, 'from', from_date, 'to', to_date)) from absence`,
);
const endAbsence = statement<unknown, [id: string, by: string]>(
  "inbox.end-absence",
  `with absence as (update officer_absence set ended_at = clock_timestamp() where id = $1 and ended_at is null
     returning officer_id)
   select audit_put($2, 'absence.end', 'officer:' || officer_id, '{}') from absence`,
);
const route = statement<{ done: { ok: boolean } }, [tenant: string, id: string, today: string]>(
  "inbox.route",
  "select dossier_route($1, $2, $3::date) as done",
);

export function listRules(db: Db): Promise<RoutingRule[]> {
  return db.many(rules, []);
}

/** Those of a day and later. */
export function listAbsences(db: Db, today: string): Promise<Absence[]> {
  return db.many(absences, [today]);
}

export async function insertRule(db: Db, rule: RoutingRule, by: string): Promise<void> {
  const { id, position, procedureCode, fieldCode, agencyId, officers } = rule;
  await db.many(addRule, [id, position, procedureCode, fieldCode, agencyId, [...officers], by]);
}

export async function closeRule(db: Db, id: string, by: string): Promise<void> {
  await db.many(endRule, [id, by]);
}

/** `officer` and `substitute` are ids here. */
export async function insertAbsence(db: Db, absence: Absence, by: string): Promise<void> {
  const { id, officer, substitute, from, to, reason } = absence;
  await db.many(addAbsence, [id, officer, substitute, from, to, reason, by]);
}

export async function closeAbsence(db: Db, id: string, by: string): Promise<void> {
  await db.many(endAbsence, [id, by]);
}

/** Gives one filed dossier to an officer by the rules; false when none fits or somebody has it. */
export async function routeDossier(db: Db, tenant: string, dossierId: string, today: string): Promise<boolean> {
  return (await db.one(route, [tenant, dossierId, today])).done.ok;
}
