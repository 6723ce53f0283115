/**
 * The database's time on our side: one time for every process of a building, whatever its machine's clock says. Deadlines
 * that are compared with `now()` in SQL must be made from it, or a machine ten minutes ahead would ask ten minutes late.
 */
import type { Clock } from "./clock.ts";
import { selectNow } from "./database-clock-store.ts";
import type { Database } from "./db.ts";
import type { Log } from "./log.ts";

const SYNC_EVERY_MS = 30_000;
/** Of another machine's clock nothing is believed beyond this; it only says that somebody should look. */
const WARN_FROM_MS = 5_000;

/** Asks once before it answers and then every 30 s; between, it goes with the machine's monotonic clock. */
export async function startDatabaseClock(database: Database, log: Log): Promise<Clock> {
  // Until the database has answered once: the machine's own time.
  let base = Date.now();
  let at = performance.now();
  const sync = async (): Promise<void> => {
    const before = performance.now();
    const { now } = await database.one(selectNow, []);
    const after = performance.now();
    base = now.getTime();
    at = (before + after) / 2;
    const ahead = Date.now() - base - (performance.now() - at);
    if (Math.abs(ahead) > WARN_FROM_MS)
      log.warn({ aheadMs: Math.round(ahead) }, "this machine's clock differs from the database's");
  };
  const quietly = (): Promise<void> =>
    sync().catch((error: unknown) => log.warn({ err: error }, "the database's time is not known"));
  await quietly();
  setInterval(() => void quietly(), SYNC_EVERY_MS).unref();
  return { now: () => new Date(base + performance.now() - at) };
}
