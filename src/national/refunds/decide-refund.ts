import type { Db } from "#kit/db.ts";
import { isId } from "#kit/ids.ts";
import { type DecideWord, putDecision } from "./refund-store.ts";

/**
 * The second person approves or refuses. Deciding twice changes nothing; the first person is refused by the database
 * itself. An approved refund is on its way with the same commit, or waits for a transfer by hand.
 */
export async function decideRefund(
  db: Db,
  input: {
    readonly refundId: string;
    readonly approve: boolean;
    readonly operatorId: string;
    /** Why not: an agency that asked for the refund reads it. */
    readonly note?: string;
  },
): Promise<DecideWord> {
  if (!isId(input.refundId)) return "unknown";
  const note = (input.note ?? "").normalize("NFC").trim().slice(0, 500);
  return putDecision(db, { id: input.refundId, approve: input.approve, operatorId: input.operatorId, note });
}
