import type { Database } from "#kit/db.ts";
import { deleteOwnPaper } from "./own-paper-store.ts";

/** Deletes the person's own upload. Dossiers that used it keep it; without them the worker takes the bytes away. */
export function deletePaper(
  database: Database,
  key: { readonly tenant: string; readonly applicantSub: string; readonly id: string },
): Promise<boolean> {
  return deleteOwnPaper(database, key);
}
