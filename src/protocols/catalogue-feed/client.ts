import { AppError } from "#kit/errors.ts";
import { FEED_PATH, type FeedPage } from "./messages.ts";
import { readFeedPage, type UnreadableItem } from "./schemas.ts";

const TIMEOUT_MS = 10_000;
const ANSWER_MAX = 8_000_000;

/** Asks a province's portal; items that cannot be read are named and left out. Throws AppError `unavailable`: unreachable, too long, or not a page of this feed. */
export async function readCatalogueFeed(
  portal: string,
  cursor: string | null,
): Promise<{ readonly page: FeedPage; readonly unreadable: readonly UnreadableItem[] }> {
  const address = new URL(FEED_PATH, portal);
  if (cursor !== null) address.searchParams.set("sau", cursor);
  try {
    const response = await fetch(address, {
      headers: { accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const body = await response.text();
    if (body.length > ANSWER_MAX) throw new Error("the answer is too long");
    const read = readFeedPage(JSON.parse(body));
    if (!read.ok) throw new Error(read.why);
    return { page: read.page, unreadable: read.unreadable };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : "unreadable";
    throw new AppError("unavailable", {
      reason: "catalogue-feed",
      message: `${address.origin}: ${why.slice(0, 200)}`,
      cause,
    });
  }
}
