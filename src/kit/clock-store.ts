import { statement } from "./db.ts";

export const selectNow = statement<{ now: Date }, []>("kit.now", "select clock_timestamp() as now");
