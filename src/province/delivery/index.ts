/**
 * Delivery (bưu chính): the public post brings results home, fetches papers, and letters come in. Words: order, item, event,
 * letter. Promises: an order is made once for what was chosen at filing; the post knows it by its reference, so that a kill
 * anywhere orders once; its events are understood once and in whatever order they come, forged ones never; what failed is
 * told to the citizen and stands on the counter's list; postage is a table of data and, through the hub, an obligation of
 * its own, for which only the letter waits and which goes on to the post by lists of two people; what is cancelled is taken
 * back at the post.
 */
export { deliveryJobs, type DeliveryJobDeps } from "./delivery-jobs.ts";
export { deliveryOf } from "./delivery-of.ts";
export { deliveryDeskRoutes, type DeliveryDeskDeps } from "./desk-routes.ts";
export { deliveryPortalRoutes, type DeliveryPortalDeps } from "./portal-routes.ts";
export { findHolder, findLetter } from "./delivery-view.ts";
export type { Letter } from "./order.ts";
export { postListRoutes } from "./list-routes.ts";
export { postEventRoutes, type PostEventDeps } from "./post-event-routes.ts";
export { postFromConfig } from "./post-from-config.ts";
export { postageRoutes, type PostageRouteDeps } from "./settlement-routes.ts";
