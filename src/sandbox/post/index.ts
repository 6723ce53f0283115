/** The public post: orders, items on their way, and agencies that are told of every event. */
export { PostBook, type PostJournalEvent } from "./post-book.ts";
export { type PostHouse, resumePost } from "./post-house.ts";
export { postRoutes } from "./post-routes.ts";
