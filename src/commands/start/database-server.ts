import { setTimeout as sleep } from "node:timers/promises";
import { type EmbeddedOptions, type EmbeddedPostgres, startEmbedded } from "../../kit/postgres/index.ts";

/** The embedded PostgreSQL under the supervisor: when it dies it is started again, where the pools look for it. */

export interface DatabaseServer {
  readonly first: EmbeddedPostgres;
  pid(): number | undefined;
  stop(): Promise<void>;
}

const PAUSE_MS = 500;
const TRIES = 10;

export async function keepDatabase(
  options: EmbeddedOptions,
  report: { died: () => void; lost: (error: unknown) => void },
): Promise<DatabaseServer> {
  const first = await startEmbedded(options);
  let current: EmbeddedPostgres | undefined = first;
  let stopping = false;

  const startAgain = async (): Promise<EmbeddedPostgres> => {
    for (let tries = 1; ; tries++) {
      try {
        return await startEmbedded(options);
      } catch (error) {
        if (tries >= TRIES || stopping) throw error;
        await sleep(PAUSE_MS * tries);
      }
    }
  };
  const watch = async (): Promise<void> => {
    while (current && !stopping) {
      await current.ended;
      if (stopping) return;
      report.died();
      current = undefined;
      current = await startAgain();
      // Asked to stop while it came up.
      if (stopping) await current.stop();
    }
  };
  const watching = watch().catch((error: unknown) => report.lost(error));

  return {
    first,
    pid: () => current?.pid,
    stop: async () => {
      stopping = true;
      await current?.stop();
      await watching;
    },
  };
}
