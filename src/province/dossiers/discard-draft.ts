import type { Database } from "#kit/db.ts";
import type { Dossier, Outcome, Stand } from "./dossier.ts";
import { type DraftKey, readOldestDrafts, writeDiscard } from "./draft-store.ts";

/** More open drafts than this are forgotten ones; whoever wants another is shown the oldest. */
export const DRAFTS_MAX = 50;

/** "Xóa bản nháp": answers, names and papers go at once; the row stays, without them, because history refers to it. */
export async function discardDraft(database: Database, key: DraftKey): Promise<Outcome<Stand>> {
  return writeDiscard(database, key);
}

/** The person's open drafts, the longest untouched first, at most as many as there may be. */
export function listOldestDrafts(
  database: Database,
  key: { readonly tenant: string; readonly applicantSub: string },
): Promise<Dossier[]> {
  return readOldestDrafts(database, key, DRAFTS_MAX);
}
