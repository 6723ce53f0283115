/**
 * Hand-over (bàn giao): a result on paper goes to its owner, or to somebody with an authorisation, against a signature drawn
 * on the screen. Promises: written once, never changed; only a result that may be returned is handed over.
 */
export { type HandoverDeps, handoverRoutes } from "./handover-routes.ts";
