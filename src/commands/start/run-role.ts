import { setTimeout as sleep } from "node:timers/promises";
import type { Running } from "../../kit/building.ts";
import type { Config } from "../../kit/config.ts";
import { createLog, type Log } from "../../kit/log.ts";
import { buildAssets, loadAssets } from "../../kit/ui/assets.ts";
import { EXIT } from "../command.ts";
import { ROLES, type RoleName } from "../roles.ts";

/** One role as a process of its own, under the supervisor or alone (production). */

/** Set for a role that a supervisor started: it ends with its supervisor. */
export const SUPERVISED = "MOTCUA_SUPERVISED";

/** Requests and jobs in hand may end; the supervisor kills after 10 s. */
const STOP_LIMIT_MS = 8_000;
/** Our supervisor is gone and the database with it: only a short attempt. */
const ORPHAN_LIMIT_MS = 1_500;

/** Resolves when the process is asked to stop: "orphan" when the supervisor that started it no longer exists. */
function untilAskedToStop(): Promise<"signal" | "orphan"> {
  return new Promise((resolve) => {
    process.once("SIGTERM", () => resolve("signal"));
    process.once("SIGINT", () => resolve("signal"));
    if (process.env[SUPERVISED] === undefined) return;
    process.once("disconnect", () => resolve("orphan"));
    if (!process.connected) resolve("orphan"); // gone before we listened
  });
}

function stopOnOwnMistakes(log: Log): void {
  // State after an error nobody expected is unknown: end, and be started again.
  const end = (error: unknown): void => {
    log.fatal({ err: error }, "unexpected error");
    process.exit(EXIT.internal);
  };
  process.on("uncaughtException", end);
  process.on("unhandledRejection", end);
}

/** Runs until asked to stop; answers the exit code. */
export async function runRole(role: RoleName, config: Config): Promise<number> {
  const log = createLog(role);
  const asked = untilAskedToStop();
  const [start] = await Promise.all([ROLES[role].load(), buildAssets(config.dataDir).then(loadAssets)]);
  const running: Running = await start({ config, log });
  stopOnOwnMistakes(log);
  log.info("ready");
  if (process.connected) process.send?.("ready");

  const why = await asked;
  const limit = why === "orphan" ? ORPHAN_LIMIT_MS : STOP_LIMIT_MS;
  log.info({ why }, "stopping");
  const outcome = await Promise.race([
    running.stop().then(
      () => "stopped",
      (error: unknown) => {
        log.error({ err: error }, "did not stop cleanly");
        return "failed";
      },
    ),
    sleep(limit, "late", { ref: false }),
  ]);
  // Open connections must not keep a stopped process.
  process.exit(outcome === "stopped" ? EXIT.ok : EXIT.failed);
}
