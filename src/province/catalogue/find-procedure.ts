import type { Database } from "#kit/db.ts";
import { plainDateOf } from "#kit/calendar.ts";
import { type Clock, systemClock } from "#kit/clock.ts";
import { findExact, findFormOf, findLatest, type PublishedProcedure } from "./catalogue-store.ts";

/** The version in force today; undefined for a code this province does not publish. `db` is the tenant's. */
export function findProcedure(
  db: Database,
  code: string,
  clock: Clock = systemClock,
): Promise<PublishedProcedure | undefined> {
  return findLatest(db, code, plainDateOf(clock.now()));
}

/** The version a dossier was filed under, for ever the same. `db` is the tenant's. */
export function getProcedureVersion(
  db: Database,
  code: string,
  version: number,
): Promise<PublishedProcedure | undefined> {
  return findExact(db, code, version);
}

/** The form published with that version, as JSON; null when the procedure is information only. */
export function getProcedureForm(db: Database, code: string, version: number): Promise<unknown> {
  return findFormOf(db, code, version);
}
