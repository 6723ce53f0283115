import { plainDateOf } from "#kit/calendar.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import type { OfficerActor } from "#province/dossiers/index.ts";
import { putUrge, type UrgeOutcome, writeSetting } from "./watch-store.ts";
import type { WatchSetting } from "./watch.ts";

/** Đôn đốc: a head asks whoever has the dossier to hurry; once a day for each dossier, written in its history. */
export function urgeDossier(
  deps: { readonly database: Database; readonly clock: Clock },
  input: {
    readonly tenant: string;
    readonly dossierId: string;
    readonly actor: OfficerActor;
    readonly text: string;
  },
): Promise<UrgeOutcome> {
  return putUrge(deps.database, { ...input, day: plainDateOf(deps.clock.now()) });
}

/** An administrator's choice of what is told and when. */
export function changeSetting(
  database: Database,
  tenant: string,
  setting: WatchSetting,
  officerId: string,
): Promise<void> {
  return writeSetting(database, tenant, setting, `officer:${officerId}`);
}
