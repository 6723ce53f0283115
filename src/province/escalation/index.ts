/**
 * Escalation (nhắc hạn, đôn đốc): warnings before a limit passes, what is late to the heads. Words: level, digest, urge, watch.
 * Promises: who has a dossier is told at half, at a fifth and when it is late, once for each date; heads get one digest a
 * working day; the watch goes on after any break where it was.
 */
export { watchLimits, type WatchDeps } from "./watch-limits.ts";
export { type WatchRouteDeps, watchRoutes } from "./watch-routes.ts";
