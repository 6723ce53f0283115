import type { Database } from "#kit/db.ts";
import { type BatchKey, discardRows } from "./batch-store.ts";

/** Throws a batch's rows away that are not filed; false while some are being filed. */
export function discardBatch(database: Database, key: BatchKey): Promise<boolean> {
  return discardRows(database, key);
}
