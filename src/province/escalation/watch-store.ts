import { type Database, statement } from "#kit/db.ts";
import type { OfficerActor } from "#province/dossiers/index.ts";
import type { Level, WatchSetting } from "./watch.ts";

const putSetting = statement<object, [string, boolean, boolean, boolean, number, string]>(
  "escalation.put-setting",
  "select watch_setting_put($1, $2, $3, $4, $5, $6)",
);

export async function writeSetting(
  database: Database,
  tenant: string,
  setting: WatchSetting,
  actor: string,
): Promise<void> {
  const { warnHalf, warnFifth, digest, digestMinute } = setting;
  await database.one(putSetting, [tenant, warnHalf, warnFifth, digest, digestMinute, actor]);
}

const warn = statement<{ told: number }, [string, Level, after: Date, until: Date, mailAt: Date]>(
  "escalation.warn",
  "select watch_warn($1, $2, $3, $4, $5) as told",
);

/** Tells everybody whose dossier reached the level in that stretch; how many were told. */
export async function warnStretch(
  database: Database,
  tenant: string,
  level: Level,
  stretch: { readonly after: Date; readonly until: Date; readonly mailAt: Date },
): Promise<number> {
  return (await database.one(warn, [tenant, level, stretch.after, stretch.until, stretch.mailAt])).told;
}

const digest = statement<{ told: boolean }, [string, string, day: string, facts: string]>(
  "escalation.digest",
  "select watch_digest($1, $2, $3::date, $4::jsonb) as told",
);

export async function putDigest(
  database: Database,
  tenant: string,
  officerId: string,
  day: string,
  facts: object,
): Promise<boolean> {
  return (await database.one(digest, [tenant, officerId, day, JSON.stringify(facts)])).told;
}

export type UrgeOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: "not-found" | "wrong-state" | "already-urged" };

const urge = statement<{ outcome: UrgeOutcome }, [string, string, string, string, day: string]>(
  "escalation.urge",
  "select dossier_urge($1, $2, $3::jsonb, $4, $5::date) as outcome",
);

export async function putUrge(
  database: Database,
  input: {
    readonly tenant: string;
    readonly dossierId: string;
    readonly actor: OfficerActor;
    readonly text: string;
    readonly day: string;
  },
): Promise<UrgeOutcome> {
  const { tenant, dossierId, actor, text, day } = input;
  return (await database.one(urge, [tenant, dossierId, JSON.stringify(actor), text, day])).outcome;
}
