/**
 * The orphan finder: asks each provider for its list of the day that is still running, and looks for payments that it
 * captured and our books do not have. One whose attempt we have is asked about at once; one that no attempt of ours names
 * is written down for the operators. The file of the finished day says the same again, a day later.
 */
import { addDays, type PlainDate, plainDateOf } from "#kit/calendar.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import type { Periodic } from "#kit/jobs.ts";
import type { Log } from "#kit/log.ts";
import { readAtMost } from "#kit/signed-call.ts";
import { lineReader, readHeader } from "./file-format.ts";
import { findAttemptsNamed, keepOrphans } from "./orphan-store.ts";
import type { FileRow } from "./reconciliation.ts";
import { findComparedDays } from "./reconciliation-store.ts";

export interface OrphanDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly providers: readonly string[];
  /** Address that `/<provider>/<day>.csv` is appended to. */
  readonly url: string;
  /** Asks the provider what became of an attempt of ours, and settles what it says. */
  readonly ask: (attemptId: string) => Promise<unknown>;
}

const LOOK_EVERY_MS = 2 * 60_000;
const TIMEOUT_MS = 30_000;
/** About a million lines; a longer list is left to the file of the finished day. */
const LIST_BYTES_MAX = 100_000_000;
const BATCH = 1_000;
/** What is left of them the sweep asks about by itself. */
const ASKED_MAX = 20;

export function orphanJob(deps: OrphanDeps): Periodic {
  const seen: Seen = new Map();
  return { name: "orphan-look", everyMs: LOOK_EVERY_MS, run: () => findOrphans(deps, seen) };
}

/** How many lines of a list were looked at: lists only grow. Lost when the process ends, which costs one whole look. */
export type Seen = Map<string, number>;

/**
 * A list that does not come, or is not understood, stops none of the others and is asked for at the next beat. The providers
 * are asked side by side: the worker's jobs wait for this.
 */
export async function findOrphans(deps: OrphanDeps, seen: Seen): Promise<void> {
  const today = plainDateOf(deps.clock.now());
  // A transfer has no list but the statement, which is read line by line anyway.
  const listed = deps.providers.filter((one) => one !== "vietqr");
  await Promise.all(listed.map((provider) => lookAtProvider(deps, seen, provider, today)));
}

async function lookAtProvider(deps: OrphanDeps, seen: Seen, provider: string, today: PlainDate): Promise<void> {
  const yesterday = addDays(today, -1);
  const compared = await findComparedDays(deps.database, provider, [yesterday]);
  for (const day of compared.has(yesterday) ? [today] : [yesterday, today]) {
    try {
      await lookAt(deps, seen, provider, day);
    } catch (error) {
      deps.log.warn({ err: error, provider, day }, "the provider's list of the day was not looked at");
    }
  }
}

async function lookAt(deps: OrphanDeps, seen: Seen, provider: string, day: PlainDate): Promise<void> {
  const response = await fetch(`${deps.url}/${provider}/${day}.csv`, {
    signal: AbortSignal.timeout(TIMEOUT_MS),
    redirect: "error",
  });
  if (!response.ok) {
    await response.body?.cancel();
    return;
  }
  const lines = (await readAtMost(response, LIST_BYTES_MAX)).split(/\r?\n/).filter((line) => line !== "");
  const key = `${provider}/${day}`;
  const from = seen.get(key) ?? 1;
  const read = lineReader(readHeader(lines[0] ?? "", provider), provider);
  for (let at = from; at < lines.length; at += BATCH) {
    const rows = lines.slice(at, at + BATCH).flatMap((line, index) => read(line, at + index + 1) ?? []);
    await examine(deps, provider, rows.filter(isCapture));
  }
  seen.set(key, Math.max(from, lines.length));
}

function isCapture(row: FileRow): boolean {
  return !row.isRefund && row.status === "success";
}

async function examine(deps: OrphanDeps, provider: string, captured: readonly FileRow[]): Promise<void> {
  if (captured.length === 0) return;
  const ours = await findAttemptsNamed(
    deps.database,
    provider,
    captured.map((row) => row.reference),
  );
  const missed = [...ours.values()].filter((attempt) => !attempt.succeeded).slice(0, ASKED_MAX);
  const asked = await Promise.allSettled(missed.map(({ id }) => deps.ask(id)));
  for (const one of asked)
    if (one.status === "rejected") deps.log.warn({ err: one.reason, provider }, "a payment could not be asked about");
  const orphans = captured.filter((row) => !ours.has(row.reference));
  const found = orphans.length === 0 ? [] : await keepOrphans(deps.database, provider, orphans);
  for (const reference of found)
    deps.log.error({ provider, reference }, "the provider has a payment that no order knows");
}
