/**
 * The inbox: what waits for an officer, most urgent first. Promises: only dossiers of the officer's units; a page costs the
 * same however many dossiers there are; no identity numbers in lists.
 */
export { type InboxRow, type Tab, TABS, type Urgency, urgencyOf } from "./inbox.ts";
export { type InboxDeps, inboxRoutes } from "./inbox-routes.ts";
export { countInbox, type InboxOwner, listInbox } from "./inbox-view.ts";
export { dossierStateTag } from "./pages/inbox-page.ts";
