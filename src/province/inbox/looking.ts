/** An officer before the lists: what the room needs, whose lists they are, how far they reach, and what time it is. */
import { addDays, instantOf, plainDateOf } from "#kit/calendar.ts";
import { type Clock, systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import type { Log } from "#kit/log.ts";
import type { DeskShell } from "#province/desk/index.ts";
import { agenciesInScope, type Officer, type OfficerOf } from "#province/officers/index.ts";
import { calendarOf, type Tenant } from "#province/tenants/index.ts";
import type { DeskActs } from "./batch.ts";
import { COLUMNS } from "./desk-columns.ts";
import { type DeskSetting, findSetting, findSubstituted, keepSetting } from "./inbox-store.ts";
import type { InboxOwner } from "./inbox-view.ts";
import { type Moments, momentsAt } from "./lanes.ts";

export interface InboxDeps {
  readonly tenant: Tenant;
  readonly database: Database;
  readonly shell: DeskShell;
  readonly officerOf: OfficerOf;
  /** What can be done to a dossier, by the room that handles them. */
  readonly acts: DeskActs;
  readonly clock?: Clock;
  readonly log?: Log;
}

export interface Looking {
  readonly owner: InboxOwner;
  readonly moments: Moments;
  readonly standsInFor: readonly string[];
}

export async function lookingOf(deps: InboxDeps, officer: Officer): Promise<Looking> {
  const now = (deps.clock ?? systemClock).now();
  const today = plainDateOf(now);
  const away = await findSubstituted(deps.database.forTenant(deps.tenant.code), officer.id, today);
  return {
    owner: {
      tenant: deps.tenant.code,
      officerId: officer.id,
      role: officer.role,
      agencyIds: agenciesInScope(deps.tenant.agencies, officer.agencyId),
      standsInFor: away.map(({ id }) => id),
    },
    moments: momentsAt(calendarOf(deps.tenant), now, instantOf(addDays(today, 1))),
    standsInFor: away.map(({ name }) => name),
  };
}

/** How the officer wants the lists. */
export function settingOf(deps: InboxDeps, officer: Officer): Promise<DeskSetting> {
  return findSetting(deps.database.forTenant(deps.tenant.code), officer.id);
}

export function keepSettingOf(
  deps: InboxDeps,
  officer: Officer,
  wanted: { readonly columns: readonly string[]; readonly opens: string },
): Promise<void> {
  const columns = COLUMNS.filter((one) => wanted.columns.includes(one));
  return keepSetting(deps.database.forTenant(deps.tenant.code), officer.id, { columns, opens: wanted.opens });
}
