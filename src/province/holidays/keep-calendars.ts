import type { Database } from "#kit/db.ts";
import type { Log } from "#kit/log.ts";
import { tellCalendar, type Tenant } from "#province/tenants/index.ts";
import { readDecided } from "./holiday-store.ts";

/** A notice that got lost is made good within this time. */
const REFRESH_EVERY_MS = 60_000;

/** Reads what the province's administrators decided and tells this process's calendar. */
export async function refreshCalendar(database: Database, tenant: Tenant): Promise<void> {
  tellCalendar(tenant, await readDecided(database.forTenant(tenant.code)));
}

/**
 * Keeps the calendars of this process as the database has them: now, whenever a day is decided, and every minute besides.
 * Answers how to stop.
 */
export async function keepCalendars(
  database: Database,
  tenants: readonly Tenant[],
  log: Log,
): Promise<() => Promise<void>> {
  const refresh = (tenant: Tenant): Promise<void> =>
    refreshCalendar(database, tenant).catch((error: unknown) =>
      log.warn({ err: error, tenant: tenant.code }, "the calendar of days off was not read"),
    );
  await Promise.all(tenants.map(refresh));
  const stopListening = await database.listen("calendar", (code) => {
    const tenant = tenants.find((one) => one.code === code);
    if (tenant) void refresh(tenant);
  });
  const timer = setInterval(() => void Promise.all(tenants.map(refresh)), REFRESH_EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await stopListening();
  };
}
