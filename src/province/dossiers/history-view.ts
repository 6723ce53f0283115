import { type Database, type Db, statement } from "#kit/db.ts";
import { type HistoryWalk, walkHistories } from "#kit/history-walk.ts";
import type { HistoryEntry } from "./dossier.ts";

const selectPart = statement<{ id: string; seq: number | null }, [after: string]>(
  "dossiers.walk-histories",
  `select id, history_break(id) as seq from dossier where id > $1 order by id limit 1000`,
);

/** The histories of all dossiers of the tenant whose `db` it is, as far as `limitMs` goes. */
export function examineHistories(db: Db, limitMs: number): Promise<HistoryWalk> {
  return walkHistories((after) => db.many(selectPart, [after]), limitMs);
}

const since = statement<HistoryEntry, [dossierId: string, version: number]>(
  "dossiers.history-since",
  `select dossier_id as "dossierId", seq, at, actor, action, from_state as "from", to_state as "to", detail,
     encode(hash, 'hex') as hash
   from dossier_history where dossier_id = $1 and version > $2 order by seq limit 50`,
);

/** What was done to a dossier after a version of it, oldest first: what an officer who looked at that version does not know. */
export function listHistorySince(
  database: Database,
  key: { readonly tenant: string; readonly dossierId: string; readonly version: number },
): Promise<HistoryEntry[]> {
  return database.forTenant(key.tenant).many(since, [key.dossierId, key.version]);
}
