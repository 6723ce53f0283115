/** The words of the inbox: its tabs, its rows, and how urgent a row is. Pure. */
import type { Text } from "#kit/i18n.ts";
import { dueTime, RECEPTION_HOURS, type WorkingCalendar } from "#province/deadlines/index.ts";
import type { Channel, DossierState, Ending } from "#province/dossiers/index.ts";
import { RECEPTION_SOON_MS } from "./lanes.ts";

export const TABS = ["mine", "unit", "waiting", "today", "late", "done"] as const;
export type Tab = (typeof TABS)[number];

/** One dossier in the list: no identity number, no phone. */
export interface InboxRow {
  readonly id: string;
  readonly version: number;
  readonly number: number;
  readonly code: string | null;
  readonly state: DossierState;
  readonly ending: Ending | null;
  readonly procedure: Text;
  readonly procedureCode: string;
  readonly field: Text;
  readonly agency: string;
  readonly channel: Channel;
  readonly applicant: string;
  readonly filedAt: Date;
  readonly dueAt: Date | null;
  /** When a fifth of the working time is left; null when the appointment was made before warnings were kept. */
  readonly warnAt: Date | null;
  readonly officer: string | null;
  /** A part of a linked filing (liên thông). */
  readonly linked: boolean;
  /** A result waits for a leader's signature. */
  readonly awaitsSignature: boolean;
}

export const LIGHTS = ["red", "amber", "green", "none"] as const;
export type Light = (typeof LIGHTS)[number];

export interface Urgency {
  readonly light: Light;
  /** What the light counts to: reception within 8 working hours of filing, or the appointment. */
  readonly until: Date | null;
  readonly what: "receive" | "answer" | "paused" | "over";
  /** Why it must be received until then; an appointment keeps its own reasons. */
  readonly lines: readonly Text[];
}

const DAY_MS = 86_400_000;

/**
 * The traffic light of a row: red is late, amber has a fifth of its working time left (a day where no warning was kept, four
 * hours before reception), none waits for the citizen or is over.
 */
export function urgencyOf(
  row: Pick<InboxRow, "state" | "filedAt" | "dueAt"> & { readonly warnAt?: Date | null },
  calendar: WorkingCalendar,
  now: Date,
): Urgency {
  switch (row.state) {
    case "filed": {
      const rule = { type: "working_hours", hours: RECEPTION_HOURS } as const;
      const { dueAt: until, explanation: lines } = dueTime(rule, calendar, row.filedAt);
      const warn = new Date(until.getTime() - RECEPTION_SOON_MS);
      return { light: lightOf(until, warn, now), until, what: "receive", lines };
    }
    case "received":
    case "processing":
    case "result-ready": {
      const { dueAt } = row;
      const warn = row.warnAt ?? (dueAt && new Date(dueAt.getTime() - DAY_MS));
      return { light: dueAt && warn ? lightOf(dueAt, warn, now) : "none", until: dueAt, what: "answer", lines: [] };
    }
    case "supplement-requested":
    case "fee-due":
      return { light: "none", until: row.dueAt, what: "paused", lines: [] };
    default:
      return { light: "none", until: row.dueAt, what: "over", lines: [] };
  }
}

function lightOf(until: Date, warn: Date, now: Date): Light {
  if (until.getTime() <= now.getTime()) return "red";
  return warn.getTime() <= now.getTime() ? "amber" : "green";
}
