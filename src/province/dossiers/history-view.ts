import { type Db, statement } from "#kit/db.ts";
import { type HistoryWalk, walkHistories } from "#kit/history-walk.ts";

const selectPart = statement<{ id: string; seq: number | null }, [after: string]>(
  "dossiers.walk-histories",
  `select id, history_break(id) as seq from dossier where id > $1 order by id limit 1000`,
);

/** The histories of all dossiers of the tenant whose `db` it is, as far as `limitMs` goes. */
export function examineHistories(db: Db, limitMs: number): Promise<HistoryWalk> {
  return walkHistories((after) => db.many(selectPart, [after]), limitMs);
}
