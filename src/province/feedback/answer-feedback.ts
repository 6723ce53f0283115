import type { Database } from "#kit/db.ts";
import { addAnswer } from "./feedback-store.ts";

/** Gives the one answer. False: somebody else had answered already, and that answer stays. `db` is the tenant's. */
export function answerFeedback(db: Database, id: string, text: string, officerId: string): Promise<boolean> {
  return addAnswer(db, id, text, officerId);
}
