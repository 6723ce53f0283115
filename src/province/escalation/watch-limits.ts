/** The worker's rounds: early warnings to who has a dossier, and the day's digest to the heads. */
import { instantOf, localTime, plainDateOf } from "#kit/calendar.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { isWorkingDay } from "#province/deadlines/index.ts";
import { momentsAt } from "#province/inbox/index.ts";
import { agenciesInScope, listOfficers } from "#province/officers/index.ts";
import { calendarOf, type Tenant } from "#province/tenants/index.ts";
import { mailMoment } from "./mail-moment.ts";
import { LEVELS, type Level, type WatchSetting } from "./watch.ts";
import { putDigest, warnStretch } from "./watch-store.ts";
import { countWatched, readMark, readSetting } from "./watch-view.ts";

/** Looked at again: transactions that were open when a round passed, and processes whose clocks differ. */
const OVERLAP_MS = 3_600_000;
/** The first round of a province does not tell of everything that has ever been late. */
const FIRST_LOOK_MS = 7 * 86_400_000;

export interface WatchDeps {
  readonly database: Database;
  readonly clock: Clock;
}

/** One round for a province; safe to repeat. How many reminders were written. */
export async function watchLimits(deps: WatchDeps, tenant: Tenant): Promise<number> {
  const now = deps.clock.now();
  const db = deps.database.forTenant(tenant.code);
  const setting = await readSetting(db);
  const mailAt = mailMoment(calendarOf(tenant), now);
  let told = 0;
  for (const level of LEVELS) {
    if (!isWanted(level, setting)) continue;
    const mark = await readMark(db, level);
    const after = new Date(mark ? mark.getTime() - OVERLAP_MS : now.getTime() - FIRST_LOOK_MS);
    told += await warnStretch(deps.database, tenant.code, level, { after, until: now, mailAt });
  }
  return told + (await sendDigests(deps, tenant, setting));
}

function isWanted(level: Level, setting: WatchSetting): boolean {
  return level === "late" || (level === "half-left" ? setting.warnHalf : setting.warnFifth);
}

/**
 * To every leader, on working days after the hour that the province chose: how much is late, nearly late, and late to be
 * received in the units below. Nothing to tell, nothing sent.
 */
async function sendDigests({ database, clock }: WatchDeps, tenant: Tenant, setting: WatchSetting): Promise<number> {
  const now = clock.now();
  const day = plainDateOf(now);
  const calendar = calendarOf(tenant);
  const { hour, minute } = localTime(now);
  const closes = calendar.spans.at(-1)?.to ?? 1_440;
  const at = hour * 60 + minute;
  // A worker that was down all day does not write at night what was true in the morning.
  if (!setting.digest || at < setting.digestMinute || at >= Math.max(closes, setting.digestMinute + 60)) return 0;
  if (!isWorkingDay(calendar, day)) return 0;
  const moments = momentsAt(calendar, now, instantOf(day, 23, 59));
  let told = 0;
  for (const leader of await listOfficers(database, tenant.code, ["leader"])) {
    const agencies = agenciesInScope(tenant.agencies, leader.agencyId);
    const counts = await countWatched(database.forTenant(tenant.code), agencies, moments);
    if (counts.late + counts.soon + counts.unreceived === 0) continue;
    if (await putDigest(database, tenant.code, leader.id, day, counts)) told += 1;
  }
  return told;
}
