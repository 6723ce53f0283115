/**
 * What a list consists of: lanes. A lane is a queue of the desk (column `desk_queue`) with a stretch of time; a tab is a set of
 * lanes, of the officer's units or of officers by name. Lateness is a stretch of time too, so that "late" costs as little as
 * "all". Pure.
 */
import { dueTime, RECEPTION_HOURS, type WorkingCalendar } from "#province/deadlines/index.ts";
import type { DossierState } from "#province/dossiers/index.ts";
import type { OfficerRole } from "#province/officers/index.ts";
import type { Light, Tab } from "./inbox.ts";

export interface Lane {
  readonly queue: Queue;
  /** Half-open: after … until. Without them from ever to ever. */
  readonly after?: Date;
  readonly until?: Date;
}

export interface Lanes {
  readonly ofUnits: readonly Lane[];
  readonly ofOfficers: readonly Lane[];
}

const OPEN = ["take", "held", "received", "work", "sign", "return"] as const;
const PAUSED = ["wait", "fee"] as const;
const OVER = ["returned", "declined", "stopped", "withdrawn"] as const;
export type Queue = (typeof OPEN)[number] | (typeof PAUSED)[number] | (typeof OVER)[number];

const STATE_OF: Readonly<Record<Queue, DossierState>> = {
  take: "filed",
  held: "filed",
  received: "received",
  work: "processing",
  sign: "processing",
  return: "result-ready",
  wait: "supplement-requested",
  fee: "fee-due",
  returned: "returned",
  declined: "declined",
  stopped: "stopped",
  withdrawn: "withdrawn",
};

/** What is an officer's own to do besides what was given to them by name. */
const OF_ROLE: Readonly<Record<OfficerRole, readonly Queue[]>> = {
  "one-stop": ["take", "return"],
  specialist: [],
  leader: ["sign"],
  accountant: ["fee"],
  administrator: [],
};
const BY_NAME = ["held", "received", "work", "sign"] as const satisfies readonly Queue[];

/** Moments that divide the lists at one instant. For what waits for reception they are moments of filing. */
export interface Moments {
  readonly now: Date;
  readonly endOfDay: Date;
  /** Filed at or before: the 8 working hours are over; have a sixth of a day left; are over today. */
  readonly filedLate: Date;
  readonly filedSoon: Date;
  readonly filedToday: Date;
}

export const RECEPTION_SOON_MS = 4 * 3_600_000;
const LOOK_BACK_MS = 40 * 86_400_000;

export function momentsAt(calendar: WorkingCalendar, now: Date, endOfDay: Date): Moments {
  return {
    now,
    endOfDay,
    filedLate: filedFor(calendar, now),
    filedSoon: filedFor(calendar, new Date(now.getTime() + RECEPTION_SOON_MS)),
    filedToday: filedFor(calendar, endOfDay),
  };
}

/** The last moment of filing whose reception is due at or before an instant, to the minute: halving, since later filed is later due. */
function filedFor(calendar: WorkingCalendar, due: Date): Date {
  const minute = 60_000;
  let early = Math.floor((due.getTime() - LOOK_BACK_MS) / minute);
  let late = Math.floor(due.getTime() / minute);
  while (late - early > 1) {
    const middle = (early + late) >> 1;
    const limit = dueTime({ type: "working_hours", hours: RECEPTION_HOURS }, calendar, new Date(middle * minute)).dueAt;
    if (limit.getTime() <= due.getTime()) early = middle;
    else late = middle;
  }
  return new Date((early + 1) * minute - 1);
}

/** The lanes of a tab; `light` and `state` leave out what cannot be in it. */
export function lanesOf(
  tab: Tab,
  role: OfficerRole,
  moments: Moments,
  narrow: { readonly light?: Light | undefined; readonly state?: DossierState | undefined } = {},
): Lanes {
  const light = tab === "late" ? "red" : narrow.light;
  const lane = (queue: Queue): Lane[] => {
    if (narrow.state && STATE_OF[queue] !== narrow.state) return [];
    if (tab === "late" && narrow.light && narrow.light !== "red") return [];
    const stretches = [light ? lit(queue, light, moments) : {}, tab === "today" ? today(queue, moments) : {}];
    return stretches.includes(undefined) ? [] : [meet(queue, stretches as readonly Stretch[])];
  };
  const ofUnits = (queues: readonly Queue[]) => ({ ofUnits: queues.flatMap(lane), ofOfficers: [] });
  switch (tab) {
    case "mine": {
      const own = OF_ROLE[role];
      return { ofUnits: own.flatMap(lane), ofOfficers: BY_NAME.filter((one) => !own.includes(one)).flatMap(lane) };
    }
    case "waiting":
      return ofUnits(PAUSED);
    case "done":
      return ofUnits(OVER);
    default:
      return ofUnits(OPEN);
  }
}

type Stretch = Omit<Lane, "queue">;

const FILED: ReadonlySet<Queue> = new Set(["take", "held"]);
const LIT: ReadonlySet<Queue> = new Set(OPEN);

/** Amber and green of what runs are told apart by the row's own warning, not by the stretch. */
function lit(queue: Queue, light: Light, at: Moments): Stretch | undefined {
  if (light === "none") return LIT.has(queue) ? undefined : {};
  if (!LIT.has(queue)) return undefined;
  const filed = FILED.has(queue);
  if (light === "red") return { until: filed ? at.filedLate : at.now };
  if (!filed) return { after: at.now };
  return light === "amber" ? { after: at.filedLate, until: at.filedSoon } : { after: at.filedSoon };
}

function today(queue: Queue, at: Moments): Stretch {
  return FILED.has(queue) ? { after: at.filedLate, until: at.filedToday } : { after: at.now, until: at.endOfDay };
}

function meet(queue: Queue, stretches: readonly Stretch[]): Lane {
  const after = stretches.flatMap((one) => (one.after ? [one.after.getTime()] : []));
  const until = stretches.flatMap((one) => (one.until ? [one.until.getTime()] : []));
  return {
    queue,
    ...(after.length > 0 ? { after: new Date(Math.max(...after)) } : {}),
    ...(until.length > 0 ? { until: new Date(Math.min(...until)) } : {}),
  };
}
