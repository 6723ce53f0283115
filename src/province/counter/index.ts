/**
 * The counter (quầy): an officer files for the person who stands there or whose letter came by post, with the same forms as
 * online. Promises: no account is needed, and what was filed joins the account of the same number and name when its owner
 * signs in; the officer is the actor in the history; the dossier leaves with its code and its receipt slip.
 */
export type { CounterDeps } from "./counter-deps.ts";
export { counterRoutes } from "./counter-routes.ts";
export { joinPerson, subOfPerson } from "./counter-people.ts";
