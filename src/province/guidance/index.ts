/**
 * Room: guidance. Words: life event (what happens in a life and the procedures that belong to it), step (of filing, drawn),
 * blank form (the statutory form with empty lines). Promises: every page can be shared and printed, and says the same
 * to somebody who is not signed in; what is drawn is also said in words.
 */
export { type GuidanceDeps, guidanceRoutes } from "./guidance-routes.ts";
