/**
 * Linked procedures (liên thông): one filing, a dossier of each part, each at its own agency with its own code, deadline, state,
 * officer and result; a part that needs an earlier result waits for it and gets its data; an agency of another province takes part
 * by messages.
 *
 * Words: the whole is the filing, a part what one agency handles, a guest a part of another province's filing.
 *
 * Promises: the whole and its parts are filed in one commit; what follows is worked out from where the parts stand, so that a killed
 * process loses nothing; results come together or as they come, as the applicant chose; messages between provinces are signed, taken
 * once, and acted on in order; one that is not done is seen with its cause, asked again within bounds, and sent again by hand.
 */
export { linkedJobs } from "./linked-jobs.ts";
export { type LinkedRouteDeps, linkedRoutes } from "./linked-routes.ts";
export { messages as linkedMessages } from "./messages.ts";
export { fieldsNeededBy } from "./fields-needed.ts";
export { linkedOfDeskDossier, linkedOfDossier, linkedOfList } from "./show-linked.ts";
export { linkOf } from "./link-of.ts";
export { sweepLinked } from "./unfinished.ts";
export { unfinishedRoutes } from "./unfinished-routes.ts";
export { linkedKeyOf, linkedPeerOf } from "./peers.ts";
