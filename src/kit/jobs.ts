/**
 * The worker: delivers the building's outbox (`job` rows, written with `job_put` by the same statement as the change).
 *
 * Promises: at least once; in order for one (queue, key); a job whose process was killed is taken up again when its
 * lease ends (≤ LEASE_SECONDS, so within 30 s without a person). Handlers must therefore be idempotent.
 */
import { randomUUID } from "node:crypto";
import type { Database, Db } from "./db.ts";
import {
  claimJobs,
  extendLease,
  failJob,
  finishJob,
  type JobRow,
  putJob,
  removeOldJobs,
  removeOldSessions,
  takePeriodicTurn,
} from "./jobs-store.ts";
import type { Log } from "./log.ts";

const LEASE_SECONDS = 15;
const HEARTBEAT_MS = 5_000;
const POLL_MS = 1_000;
const BATCH = 16;
/** With the backoff below about two days; then the job is buried and shown to the operator. */
const ATTEMPTS_MAX = 60;
const BACKOFF_SECONDS = [1, 2, 5, 10, 30, 60, 300, 900, 1_800, 3_600] as const;

export interface Job<Payload = unknown> {
  readonly id: number;
  readonly tenant: string | undefined;
  readonly queue: string;
  readonly key: string;
  readonly payload: Payload;
  readonly attempts: number;
}

export type JobHandler = (job: Job) => Promise<void>;

export interface Periodic {
  readonly name: string;
  readonly everyMs: number;
  readonly run: () => Promise<void>;
}

export interface Worker {
  start(): Promise<void>;
  /** Lets running handlers end (bounded) and stops. */
  stop(): Promise<void>;
  /** Runs everything that is due now and returns how many jobs ran: for tests. */
  drain(): Promise<number>;
}

/** Thrown by a handler when trying again cannot help: the job is buried at once. */
export class JobRefused extends Error {}

/** Thrown by a handler whose time has not come: nothing went wrong, the job stays first of its key and runs then. */
export class JobLater extends Error {
  readonly seconds: number;
  constructor(seconds: number) {
    super(`not before ${Math.ceil(seconds)} s`);
    this.seconds = seconds;
  }
}

/** Puts a job from TypeScript. Inside SQL functions call `job_put` instead. */
export async function enqueue(db: Db, queue: string, key: string, payload: unknown, runAt?: Date): Promise<number> {
  return (await db.one(putJob, [queue, key, JSON.stringify(payload), runAt ?? null])).id;
}

export function createWorker(options: {
  readonly database: Database;
  readonly handlers: Readonly<Record<string, JobHandler>>;
  readonly periodic?: readonly Periodic[];
  readonly log: Log;
}): Worker {
  const { database, handlers, log } = options;
  const lease = randomUUID();
  const queues = Object.keys(handlers);
  const periodic: readonly Periodic[] = [
    ...(options.periodic ?? []),
    { name: "kit.reap", everyMs: 3_600_000, run: () => reap(database) },
  ];
  let stopping = false;
  let wake: (() => void) | undefined;
  let woken = false;
  let running: Promise<void> | undefined;
  let stopListening: (() => Promise<void>) | undefined;

  const runOne = async (row: JobRow): Promise<void> => {
    const handler = handlers[row.queue];
    if (!handler) return;
    const heartbeat = setInterval(() => {
      database
        .run(extendLease, [row.id, lease, LEASE_SECONDS])
        .catch((error: unknown) => log.warn({ err: error }, "lease not extended"));
    }, HEARTBEAT_MS);
    try {
      await handler({ ...row, tenant: row.tenant ?? undefined });
      await database.run(finishJob, [row.id, lease]);
    } catch (error) {
      const later = error instanceof JobLater ? error : undefined;
      const final = error instanceof JobRefused || (!later && row.attempts >= ATTEMPTS_MAX);
      const delay = later?.seconds ?? BACKOFF_SECONDS[Math.min(row.attempts - 1, BACKOFF_SECONDS.length - 1)] ?? 1;
      if (!later) log.warn({ err: error, job: row.id, queue: row.queue, attempts: row.attempts, final }, "job failed");
      await database.run(failJob, [
        row.id,
        lease,
        error instanceof Error ? error.message : String(error),
        delay,
        final,
      ]);
    } finally {
      clearInterval(heartbeat);
    }
  };

  const round = async (): Promise<number> => {
    const rows = queues.length === 0 ? [] : await database.many(claimJobs, [queues, lease, LEASE_SECONDS, BATCH]);
    await Promise.all(rows.map(runOne));
    return rows.length;
  };

  const runPeriodic = async (): Promise<void> => {
    for (const task of periodic) {
      if (stopping) return;
      const mine = await database.maybe(takePeriodicTurn, [task.name, task.everyMs / 1_000]);
      if (!mine) continue;
      try {
        await task.run();
      } catch (error) {
        log.error({ err: error, task: task.name }, "periodic task failed");
      }
    }
  };

  const loop = async (): Promise<void> => {
    while (!stopping) {
      woken = false;
      try {
        await runPeriodic();
        if ((await round()) > 0) continue;
      } catch (error) {
        log.error({ err: error }, "worker round failed");
      }
      if (stopping || woken) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, POLL_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      wake = undefined;
    }
  };

  const wakeUp = (): void => {
    woken = true;
    wake?.();
  };

  return {
    async start() {
      stopListening = await database.listen("job", wakeUp);
      running = loop();
    },
    async stop() {
      stopping = true;
      wakeUp();
      await stopListening?.();
      await running;
    },
    async drain() {
      let total = 0;
      for (let guard = 0; guard < 1_000; guard += 1) {
        const ran = await round();
        if (ran === 0) return total;
        total += ran;
      }
      return total;
    },
  };
}

async function reap(database: Database): Promise<void> {
  await database.run(removeOldJobs, []);
  await database.run(removeOldSessions, []);
}
