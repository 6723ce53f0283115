import type { PlainDate } from "#kit/calendar.ts";
import type { Db } from "#kit/db.ts";
import { remitThrough } from "./reconciliation-store.ts";

/**
 * Pays on to the payees' treasury accounts what was captured up to the day (Vietnamese calendar) and paid out by the
 * providers, refunds taken off. Repeating it pays nothing twice. Answers how many remittances were made.
 */
export function remitCollected(db: Db, through: PlainDate): Promise<number> {
  return remitThrough(db, through);
}
