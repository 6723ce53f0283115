import type { Database } from "#kit/db.ts";
import type { Answers, Delivery, Outcome, Stand } from "./dossier.ts";
import { updateDraft } from "./dossier-store.ts";

export interface SaveDraft {
  readonly tenant: string;
  readonly dossierId: string;
  readonly applicantSub: string;
  /** Answers of the page that was saved, by item id: present keys replace, `null` removes, absent keys stay. */
  readonly answers?: Answers;
  readonly delivery?: Delivery;
  /** page the person is on, so that another device opens there */
  readonly page?: string;
  /** version of the draft the page was made from; when given and older than the stored one: `stale-draft` */
  readonly revision?: number;
}

/**
 * "Lưu" and the saving by itself. Not validated: a draft may hold anything typed. Two tabs on different pages both keep
 * what they typed, because answers are merged by item id.
 */
export async function saveDraft(database: Database, input: SaveDraft): Promise<Outcome<Stand & { savedAt: Date }>> {
  return updateDraft(database, input);
}
