/** Rules and absences: read, decided and ended by an administrator. */
import type { Database } from "#kit/db.ts";
import { newId } from "#kit/ids.ts";
import type { Officer } from "#province/officers/index.ts";
import type { Absence, RoutingRule } from "./order.ts";
import { closeAbsence, closeRule, insertAbsence, insertRule, listAbsences, listRules } from "./order-store.ts";

/** `db` is the tenant's. */
export async function readOrder(
  db: Database,
  today: string,
): Promise<{ readonly rules: readonly RoutingRule[]; readonly absences: readonly Absence[] }> {
  const [rules, absences] = await Promise.all([listRules(db), listAbsences(db, today)]);
  return { rules, absences };
}

export function addRule(db: Database, by: Officer, rule: Omit<RoutingRule, "id">): Promise<void> {
  return insertRule(db, { ...rule, id: newId() }, actor(by));
}

/** `officer` and `substitute` are ids. */
export function addAbsence(db: Database, by: Officer, absence: Omit<Absence, "id">): Promise<void> {
  return insertAbsence(db, { ...absence, id: newId() }, actor(by));
}

export function endRule(db: Database, by: Officer, id: string): Promise<void> {
  return closeRule(db, id, actor(by));
}

export function endAbsence(db: Database, by: Officer, id: string): Promise<void> {
  return closeAbsence(db, id, actor(by));
}

function actor(by: Officer): string {
  return `officer:${by.id}`;
}
