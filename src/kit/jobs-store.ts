import { statement } from "./db.ts";

export interface JobRow {
  readonly id: number;
  readonly tenant: string | null;
  readonly queue: string;
  readonly key: string;
  readonly payload: unknown;
  readonly attempts: number;
}

export const putJob = statement<{ id: number }, [queue: string, key: string, payload: string, runAt: Date | null]>(
  "kit.job-put",
  "select job_put($1, $2, $3::jsonb, $4) as id",
);

export const claimJobs = statement<JobRow, [queues: string[], lease: string, seconds: number, limit: number]>(
  "kit.job-claim",
  "select id, tenant, queue, key, payload, attempts from job_claim($1, $2, $3, $4) order by id",
);

export const extendLease = statement<unknown, [id: number, lease: string, seconds: number]>(
  "kit.job-extend",
  "update job set leased_until = clock_timestamp() + make_interval(secs => $3) where id = $1 and lease = $2",
);

export const finishJob = statement<unknown, [id: number, lease: string]>(
  "kit.job-finish",
  "update job set done_at = clock_timestamp(), leased_until = null, last_error = null where id = $1 and lease = $2",
);

/** Gives the job back for a later try, or buries it (failed_at) when `final`. */
export const failJob = statement<
  unknown,
  [id: number, lease: string, error: string, delaySeconds: number, final: boolean]
>(
  "kit.job-fail",
  `update job set leased_until = null, lease = null, last_error = left($3, 2000),
     run_at = clock_timestamp() + make_interval(secs => $4),
     failed_at = case when $5 then clock_timestamp() end
   where id = $1 and lease = $2`,
);

export const takePeriodicTurn = statement<{ name: string }, [name: string, everySeconds: number]>(
  "kit.periodic-turn",
  `insert into periodic as p (name, last_run_at) values ($1, clock_timestamp())
   on conflict (name) do update set last_run_at = clock_timestamp()
   where p.last_run_at <= clock_timestamp() - make_interval(secs => $2)
   returning name`,
);

export const removeOldJobs = statement<unknown, []>(
  "kit.job-reap",
  "delete from job where id in (select id from job where done_at < now() - interval '7 days' limit 5000)",
);

export const removeOldSessions = statement<unknown, []>(
  "kit.session-reap",
  "delete from session where id_hash in (select id_hash from session where expires_at < now() limit 5000)",
);
