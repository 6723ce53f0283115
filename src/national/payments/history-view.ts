import { type Db, statement } from "#kit/db.ts";
import { type HistoryWalk, walkHistories } from "#kit/history-walk.ts";

const selectPart = statement<{ id: string; seq: number | null }, [after: string]>(
  "payments.walk-histories",
  `select id, payment_history_broken(id) as seq from payment_order where id > $1 order by id limit 1000`,
);

/** The histories of all orders' attempts, as far as `limitMs` goes. */
export function examineHistories(db: Db, limitMs: number): Promise<HistoryWalk> {
  return walkHistories((after) => db.many(selectPart, [after]), limitMs);
}
