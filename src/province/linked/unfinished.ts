/** Messages between provinces that are not done: what is known of each, and how long the province asks again by itself. */
import type { Clock } from "#kit/clock.ts";
import type { Database, Db } from "#kit/db.ts";
import type { MessageFailure } from "./message-store.ts";
import { listUnfinished, sendAgain, sweepUnfinished } from "./unfinished-store.ts";

/** What is younger is under way and nobody's worry. */
export const QUIET_MINUTES = 10;
/** After this the administrators are told, although the worker still tries. */
const PATIENCE_HOURS = 2;
/** What the worker gave up (refused, or two days without an answer) is asked again this often … */
export const AGAIN_EVERY_HOURS = 6;
/** … this many times; then it is left to a person. */
export const AGAIN_MOST = 8;

export interface Unfinished {
  readonly id: string;
  readonly direction: "in" | "out";
  /** Code of the other province. */
  readonly other: string;
  readonly conversation: string;
  readonly seq: number;
  readonly kind: "open" | "withdraw" | "release" | "state";
  readonly at: Date;
  readonly failure: MessageFailure | null;
  readonly detail: string | null;
  readonly failedAt: Date | null;
  /** The worker still tries by itself. */
  readonly live: boolean;
  /** number, files: of the other province; turn: of an earlier message here. */
  readonly waits: "number" | "turn" | "files" | null;
  /** The administrators were told. */
  readonly told: boolean;
  readonly sweeps: number;
}

/** What should have been done by now, a page of it, the oldest first; `after`: id of the last one seen. */
export function unfinishedAt(db: Db, now: Date, after?: string) {
  return listUnfinished(db, new Date(now.getTime() - QUIET_MINUTES * 60_000), after);
}

/** "Gửi lại"; `waits`: it is the other province's turn, `gone`: it is done, or there is no such message. */
export function askAgain(database: Database, tenant: string, message: { readonly id: string; readonly actor: string }) {
  return sendAgain(database, tenant, message);
}

/** One round for a province; safe to repeat. Answers what it told and asked again. */
export function sweepLinked(
  { database, clock }: { readonly database: Database; readonly clock: Clock },
  tenant: string,
): Promise<{ readonly told: number; readonly again: number }> {
  return sweepUnfinished(database, tenant, clock.now(), {
    quiet: `${QUIET_MINUTES} minutes`,
    patience: `${PATIENCE_HOURS} hours`,
    every: `${AGAIN_EVERY_HOURS} hours`,
    most: AGAIN_MOST,
  });
}
