/**
 * Look-up (tra cứu): where a dossier stands, without signing in. Promises: a code alone says finished or not, and dates;
 * names, answers and papers are never shown; guessing is slowed by network and by dossier.
 */
export { type LookupDeps, lookupRoutes } from "./lookup-routes.ts";
