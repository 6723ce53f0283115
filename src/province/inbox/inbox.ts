/** The words of the inbox: its tabs, its rows, and how urgent a row is. Pure. */
import type { Text } from "#kit/i18n.ts";
import { dueTime, type WorkingCalendar } from "#province/deadlines/index.ts";
import type { DossierState, Ending } from "#province/dossiers/index.ts";

export const TABS = ["mine", "unit", "waiting", "done"] as const;
export type Tab = (typeof TABS)[number];

/** One dossier in the list: no identity number, no phone. */
export interface InboxRow {
  readonly id: string;
  readonly number: number;
  readonly code: string | null;
  readonly state: DossierState;
  readonly ending: Ending | null;
  readonly procedure: Text;
  readonly agency: string;
  readonly applicant: string;
  readonly filedAt: Date;
  readonly dueAt: Date | null;
  readonly officer: string | null;
  /** A result waits for a leader's signature. */
  readonly awaitsSignature: boolean;
}

export type Light = "green" | "amber" | "red" | "none";

export interface Urgency {
  readonly light: Light;
  /** What the light counts to: reception within 8 working hours of filing, or the appointment. */
  readonly until: Date | null;
  readonly what: "receive" | "answer" | "paused" | "over";
}

const DAY_MS = 86_400_000;
/** Online dossiers are answered (accepted or sent back) within 8 working hours (NQ 66.7/2025/NQ-CP). */
const RECEPTION_HOURS = 8;

/** The traffic light of a row: red is late, amber has a day or less left, grey waits for the citizen or is over. */
export function urgencyOf(
  row: Pick<InboxRow, "state" | "filedAt" | "dueAt">,
  calendar: WorkingCalendar,
  now: Date,
): Urgency {
  switch (row.state) {
    case "filed": {
      const until = dueTime({ type: "working_hours", hours: RECEPTION_HOURS }, calendar, row.filedAt).dueAt;
      return { light: lightOf(until, now, DAY_MS / 6), until, what: "receive" };
    }
    case "received":
    case "processing":
    case "result-ready":
      return { light: row.dueAt ? lightOf(row.dueAt, now, DAY_MS) : "none", until: row.dueAt, what: "answer" };
    case "supplement-requested":
    case "fee-due":
      return { light: "none", until: row.dueAt, what: "paused" };
    default:
      return { light: "none", until: row.dueAt, what: "over" };
  }
}

function lightOf(until: Date, now: Date, soonMs: number): Light {
  const left = until.getTime() - now.getTime();
  if (left <= 0) return "red";
  return left <= soonMs ? "amber" : "green";
}
