import { addDays, type PlainDate, plainDateOf } from "#kit/calendar.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import type { Periodic } from "#kit/jobs.ts";
import type { Log } from "#kit/log.ts";
import { readBytesAtMost } from "#kit/signed-call.ts";
import { orphanJob, type OrphanDeps } from "./find-orphans.ts";
import { reconcileFile } from "./import-file.ts";
import { orderRemittances, type RemittanceDeps } from "./remittance-orders.ts";
import { findComparedDays, remitThrough } from "./reconciliation-store.ts";

export interface FetchDeps extends RemittanceDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly providers: readonly string[];
  /** Address that `/<provider>/<day>.csv` is appended to; absent where files are brought by the command. */
  readonly url: string | undefined;
  /** Asks the provider what became of an attempt of ours. */
  readonly ask: OrphanDeps["ask"];
}

const LOOK_EVERY_MS = 10 * 60_000;
const DAYS_BACK = 7;
const TIMEOUT_MS = 60_000;
const BYTES_MAX = 500_000_000;

/** Every ten minutes: files of finished days that have not been compared yet, then what can be paid on; and the orphan finder. */
export function reconciliationJobs(deps: FetchDeps): { periodic: Periodic[] } {
  const { url } = deps;
  if (!url) return { periodic: [] };
  const files = { name: "reconciliation", everyMs: LOOK_EVERY_MS, run: () => fetchSettlementFiles(deps) };
  return { periodic: [files, orphanJob({ ...deps, url })] };
}

/** A provider that does not answer is asked again at the next round; a file that is wrong stops nothing else. */
export async function fetchSettlementFiles(deps: Omit<FetchDeps, "ask">): Promise<void> {
  const today = plainDateOf(deps.clock.now());
  const days = Array.from({ length: DAYS_BACK }, (_none, back) => addDays(today, -1 - back));
  for (const provider of deps.providers) {
    const done = await findComparedDays(deps.database, provider, days);
    for (const day of days.filter((one) => !done.has(one)).reverse()) {
      try {
        await fetchFile(deps, provider, day);
      } catch (error) {
        deps.log.warn({ err: error, provider, day }, "settlement file not compared");
      }
    }
  }
  await remitThrough(deps.database, addDays(today, -1));
  await orderRemittances(deps);
}

async function fetchFile(deps: Omit<FetchDeps, "ask">, provider: string, day: PlainDate): Promise<void> {
  const response = await fetch(`${deps.url}/${provider}/${day}.csv`, {
    signal: AbortSignal.timeout(TIMEOUT_MS),
    redirect: "error",
  });
  if (!response.ok) {
    deps.log.info({ provider, day, status: response.status }, "no settlement file");
    return;
  }
  const bytes = await readBytesAtMost(response, BYTES_MAX);
  const { differences, rows } = await reconcileFile(deps.database, {
    provider,
    name: `${provider}-${day}.csv`,
    day,
    source: "fetched",
    open: async function* () {
      yield bytes;
    },
  });
  deps.log.info({ provider, day, rows, differences: differences.length }, "settlement file compared");
}
