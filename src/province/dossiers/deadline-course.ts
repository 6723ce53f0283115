/** What has happened to a dossier's deadline, read from its history. Pure. */
import type { DeadlineEvent } from "#province/deadlines/index.ts";
import type { HistoryEntry } from "./dossier.ts";

/**
 * Events since reception, in order. What was asked before reception is no pause: the clock did not run yet. Instants never go
 * back, even where the processes' clocks differ: an entry written earlier by the clock than the one before it counts as
 * simultaneous.
 */
export function deadlineEvents(receivedAt: Date, history: readonly HistoryEntry[]): DeadlineEvent[] {
  const events: DeadlineEvent[] = [{ type: "received", at: receivedAt }];
  let last = receivedAt;
  let received = false;
  let paused = false;
  for (const entry of history) {
    if (entry.action === "receive") received = true;
    if (!received) continue;
    const event = eventOf(entry, entry.at < last ? last : entry.at);
    if (!event) continue;
    // A second word for the same pause (money that comes for a dossier which is not waiting for it) changes nothing.
    if ((event.type === "paused" && paused) || (event.type === "resumed" && !paused)) continue;
    if (event.type !== "rescheduled") paused = event.type === "paused";
    last = event.at;
    events.push(event);
  }
  return events;
}

function eventOf({ action, from, detail }: HistoryEntry, at: Date): DeadlineEvent | undefined {
  switch (action) {
    case "request-supplement":
      return { type: "paused", at, why: "supplement" };
    case "require-fee":
      return { type: "paused", at, why: "payment" };
    case "answer-supplement":
      return { type: "resumed", at };
    case "mark-fee-paid":
      return from === "fee-due" ? { type: "resumed", at } : undefined;
    case "reschedule":
      return { type: "rescheduled", at, days: Number(detail.days) };
    default:
      return undefined;
  }
}
