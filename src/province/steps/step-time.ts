/** When a step is due: its hours in the office's working time, around the dossier's pauses, with what it was put off. Pure. */
import { addDays } from "#kit/calendar.ts";
import {
  type DeadlineEvent,
  deadline,
  isWorkingDay,
  minutesOfDay,
  momentOf,
  nextWorkingDay,
  officeMinutes,
  type WorkingCalendar,
} from "#province/deadlines/index.ts";

/** Working time as it is drawn: "P2DT4H" are two working days of the office and 240 minutes. */
export interface WorkingSpell {
  readonly minutes: number;
  readonly days?: number;
}

/** A working day of a drawing has as many minutes as the office works. */
export function spellMinutes({ minutes, days = 0 }: WorkingSpell, calendar: WorkingCalendar): number {
  return minutes + days * minutesOfDay(calendar);
}

/** Something that has time until it is due. */
export interface TimedWork {
  readonly startedAt: Date;
  readonly minutes: number;
  /**
   * How the days count by which the appointment was put off while this was open: as those of the procedure's limit. `never`
   * for what has a limit of its own: an opinion, a wait.
   */
  readonly putOff: "working" | "calendar" | "never";
}

/**
 * When it is due after everything that stopped, started and put off the dossier's clock (`course`, in order, since reception);
 * null while the clock stands.
 *
 * Putting the appointment off gives its days to the work that is open then: after its own time, or, where that has passed
 * already, from that moment on. What begins later has the time that was drawn for it.
 */
export function dueAfter(calendar: WorkingCalendar, work: TimedWork, course: readonly DeadlineEvent[]): Date | null {
  const { startedAt, minutes } = work;
  const at = course.findIndex((event) => event.type === "rescheduled" && event.at > startedAt);
  const putOff = course[at];
  if (work.putOff === "never" || putOff?.type !== "rescheduled") {
    return aroundPauses(calendar, startedAt, minutes, course);
  }
  const before = aroundPauses(calendar, startedAt, minutes, course.slice(0, at));
  const isLate = before !== null && before <= putOff.at;
  const more = addedMinutes(calendar, isLate || !before ? putOff.at : before, putOff.days, work.putOff);
  return isLate
    ? aroundPauses(calendar, putOff.at, more, course.slice(at + 1))
    : aroundPauses(calendar, startedAt, minutes + more, course);
}

/** Minutes of work in so many days from an instant; days of the calendar end on a working day, as the appointment does. */
function addedMinutes(calendar: WorkingCalendar, from: Date, days: number, kind: "working" | "calendar"): number {
  const day = minutesOfDay(calendar);
  if (kind === "working") return days * day;
  const start = momentOf(from);
  const last = addDays(start.date, days);
  const date = isWorkingDay(calendar, last) ? last : nextWorkingDay(calendar, last);
  return Math.max(day, officeMinutes(calendar, start, { date, minute: start.minute }));
}

/** The same without putting off: pauses that were over before it began count for nothing, one in which it began delays it. */
function aroundPauses(
  calendar: WorkingCalendar,
  from: Date,
  minutes: number,
  course: readonly DeadlineEvent[],
): Date | null {
  let start = from;
  let paused = false;
  const events: DeadlineEvent[] = [];
  for (const event of course) {
    if (event.type !== "paused" && event.type !== "resumed") continue;
    if (event.at <= from) paused = event.type === "paused";
    else if (paused && events.length === 0 && event.type === "resumed") {
      // It began while the clock stood: the time runs from the end of the pause.
      start = event.at;
      paused = false;
    } else events.push(event);
  }
  if (paused) return null;
  const rule = { type: "working_hours", hours: minutes / 60 } as const;
  const pauses = { supplement: "continue", restartWithinDays: 0, payment: "continue" } as const;
  return deadline(rule, calendar, [{ type: "received", at: start }, ...events], pauses).dueAt;
}

/** What moved a step's due time: the citizen was waited for, the appointment was put off, days off were decided. */
export type MoveCause = "pause" | "put-off" | "calendar";

/**
 * Why work that was due at `was` is due at another instant after this course: what came after the longest beginning of the
 * course that gives the old one. Where none does, the calendar is another.
 */
export function whyMoved(
  calendar: WorkingCalendar,
  work: TimedWork,
  was: Date,
  course: readonly DeadlineEvent[],
): MoveCause[] {
  for (let known = course.length - 1; known >= 0; known -= 1) {
    if (dueAfter(calendar, work, course.slice(0, known))?.getTime() !== was.getTime()) continue;
    const causes = course.slice(known).flatMap((event): MoveCause[] => {
      if (event.type === "resumed") return ["pause"];
      return event.type === "rescheduled" && work.putOff !== "never" ? ["put-off"] : [];
    });
    if (causes.length > 0) return [...new Set(causes)];
  }
  return ["calendar"];
}
