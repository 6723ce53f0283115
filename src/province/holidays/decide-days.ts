import type { Database } from "#kit/db.ts";
import type { CalendarDay } from "#province/deadlines/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import { readDecided, writeDecided } from "./holiday-store.ts";
import { refreshCalendar } from "./keep-calendars.ts";

/** What the province's administrators have decided so far, fresh from the database. */
export function listDecided(database: Database, tenant: Tenant): Promise<CalendarDay[]> {
  return readDecided(database.forTenant(tenant.code));
}

/**
 * Decides days that were checked (`readDecision`): rows, audit, and the job that moves the dossiers in one commit; this
 * process counts by them at once, the others as soon as they hear of it.
 */
export async function decideDays(
  database: Database,
  tenant: Tenant,
  days: readonly CalendarDay[],
  officerId: string,
): Promise<void> {
  await writeDecided(database, { tenant: tenant.code, days, actor: `officer:${officerId}` });
  await refreshCalendar(database, tenant);
}
