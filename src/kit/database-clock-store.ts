import { statement } from "./db.ts";

/** The time of the database server, not of the transaction. */
export const selectNow = statement<{ now: Date }, []>("kit.now", "select clock_timestamp() as now");
