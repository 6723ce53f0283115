/**
 * Catalogue feed: what a province publishes, for the national portal's search. GET {portal}/nguon/thu-tuc?sau=CURSOR answers
 * what changed since then, oldest first, and the cursor behind it; without a cursor, everything. Public, as the catalogue is.
 */
export { FEED_PATH, type FeedItem, type FeedPage, ITEMS_MAX } from "./messages.ts";
export { readCatalogueFeed } from "./client.ts";
export { readFeedPage } from "./schemas.ts";
