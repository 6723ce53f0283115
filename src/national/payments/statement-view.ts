import { type Db, statement } from "#kit/db.ts";
import type { UnmatchedReason } from "./payment.ts";

export interface UnmatchedTransfer {
  readonly account: string;
  readonly line: string;
  readonly bookedAt: Date;
  /** đồng */
  readonly amount: number;
  readonly content: string;
  readonly reason: UnmatchedReason;
  /** The attempt that its content names, if it names one. */
  readonly attemptId: string | null;
}

const UNMATCHED = `account, line, booked_at as "bookedAt", amount, content, reason, attempt_id as "attemptId"`;

const selectUnmatched = statement<UnmatchedTransfer, [bookedAfter: Date, lineAfter: string, limit: number]>(
  "payments.list-unmatched-transfers",
  `select ${UNMATCHED} from bank_statement_line where outcome = 'unmatched' and (booked_at, line) > ($1, $2)
   order by booked_at, line limit $3`,
);

const selectOfAttempt = statement<UnmatchedTransfer, [attempt: string]>(
  "payments.list-unmatched-of-attempt",
  `select ${UNMATCHED} from bank_statement_line where attempt_id = $1 and outcome = 'unmatched'
   order by booked_at, line limit 20`,
);

/** Money that came in and fits nothing, oldest first; the next page starts behind the last row. */
export function listUnmatchedTransfers(
  db: Db,
  limit: number,
  behind?: Pick<UnmatchedTransfer, "bookedAt" | "line">,
): Promise<UnmatchedTransfer[]> {
  return db.many(selectUnmatched, [behind?.bookedAt ?? new Date(0), behind?.line ?? "", Math.min(limit, 200)]);
}

/** Transfers that name this attempt and are not its payment: another amount, or a second time. */
export function listUnmatchedOf(db: Db, attemptId: string): Promise<UnmatchedTransfer[]> {
  return db.many(selectOfAttempt, [attemptId]);
}
