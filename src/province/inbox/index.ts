/**
 * The inbox: what waits for an officer, most urgent first. Promises: only dossiers of the officer's units; a page costs the
 * same however many dossiers there are; no identity numbers in lists.
 */
export { type InboxRow, type Tab, TABS, type Urgency, urgencyOf } from "./inbox.ts";
export { inboxRoutes } from "./inbox-routes.ts";
export type { InboxDeps } from "./looking.ts";
export { type DeskActs, mayGive } from "./batch.ts";
export { writeAssignment as assignDossier } from "./inbox-store.ts";
export { messages as inboxMessages } from "./messages.ts";
export { besideNav, keepPlace } from "./place.ts";
export { countInbox, type InboxOwner, listInbox } from "./inbox-view.ts";
export { routingJobs } from "./order-jobs.ts";
export { orderRoutes } from "./order-routes.ts";
export { momentsAt } from "./lanes.ts";
export { readSearch } from "./search-words.ts";
export { searchInbox } from "./search-view.ts";
export { dossierStateTag } from "./pages/list-table.ts";
