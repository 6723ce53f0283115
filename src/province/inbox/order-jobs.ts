import { plainDateOf } from "#kit/calendar.ts";
import { type Clock, systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { type JobHandler, JobRefused } from "#kit/jobs.ts";
import { routeDossier } from "./order-store.ts";

/** New dossiers go to their officers. */
export function routingJobs(
  database: Database,
  clock: Clock = systemClock,
): Readonly<Record<"dossier-routing", JobHandler>> {
  return {
    "dossier-routing": async ({ tenant, payload }) => {
      const { dossierId } = payload as { dossierId?: unknown };
      if (!tenant || typeof dossierId !== "string") throw new JobRefused("a routing job without dossier");
      await routeDossier(database, tenant, dossierId, plainDateOf(clock.now()));
    },
  };
}
