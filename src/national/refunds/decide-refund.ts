import type { Db } from "#kit/db.ts";
import { isId } from "#kit/ids.ts";
import { type DecideWord, putDecision } from "./refund-store.ts";

/**
 * The second person approves or refuses. Deciding twice changes nothing; the first person is refused by the database
 * itself. An approved refund is on its way with the same commit.
 */
export async function decideRefund(
  db: Db,
  input: { readonly refundId: string; readonly approve: boolean; readonly operatorId: string },
): Promise<DecideWord> {
  return isId(input.refundId) ? putDecision(db, input.refundId, input.approve, input.operatorId) : "unknown";
}
