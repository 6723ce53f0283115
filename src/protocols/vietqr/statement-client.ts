import { AppError } from "#kit/errors.ts";
import { readStatement, type StatementLine } from "./statement.ts";

const TIMEOUT_MS = 5_000;
const ANSWER_MAX = 1_000_000;

export interface StatementFeed {
  readonly url: string;
  /** Sent as `Authorization: Bearer …`. */
  readonly key: string;
  readonly account: string;
}

/**
 * At most `limit` lines after line `since`, or from an instant on; oldest first. Errors: `unavailable` (silence, or an
 * answer that is not a statement of this account).
 */
export async function fetchStatement(
  feed: StatementFeed,
  question: { readonly since?: string; readonly from?: Date; readonly limit: number },
): Promise<StatementLine[]> {
  const url = new URL(feed.url);
  url.searchParams.set("account", feed.account);
  url.searchParams.set("limit", String(question.limit));
  if (question.since) url.searchParams.set("since", question.since);
  if (question.from) url.searchParams.set("from", question.from.toISOString());
  let text: string;
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${feed.key}`, accept: "application/jsonl" },
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    text = await response.text();
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
  } catch (cause) {
    const timedOut = cause instanceof DOMException && cause.name === "TimeoutError";
    throw new AppError("unavailable", {
      reason: timedOut ? "timeout" : "unreachable",
      message: "the bank gives no statement",
      cause,
    });
  }
  const lines = text.length > ANSWER_MAX ? undefined : readStatement(text);
  if (!lines || lines.some((line) => line.account !== feed.account)) {
    throw new AppError("unavailable", { reason: "unreadable", message: "the bank's answer is not a statement" });
  }
  return lines;
}
