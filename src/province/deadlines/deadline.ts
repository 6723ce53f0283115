/**
 * When must the office answer, after everything that has happened? A pure function of (rule, calendar, events), with its
 * reasons in words, because "Vì sao là ngày này?" must always have an answer.
 *
 * How time is counted:
 * - The day of reception is not counted (Civil Code 2015 art. 147.2); a day ends when the office closes; what arrives
 *   outside office hours counts as arriving when the office next opens. Hours are minutes of work.
 * - Waiting for the citizen stops the clock. Days from the one on which it stops to the one on which it goes on, both, are
 *   not counted; a pause that begins and ends on one working day is none. For hours it is minutes of work.
 * - A supplement asked for in the first working days after reception starts the limit anew (NĐ 61/2018 art. 19.4) where
 *   the procedure's rule says so.
 * - A limit that has passed stays passed: no later pause mends it.
 * - Putting off (at most once) adds days of the rule's own kind.
 */
import type { PlainDate } from "#kit/calendar.ts";
import { addDays, addMonths } from "#kit/calendar.ts";
import { invariant } from "#kit/errors.ts";
import type { Text } from "#kit/i18n.ts";
import { deadlineWords } from "./deadline-words.ts";
import {
  afterOfficeMinutes,
  DAYS_MAX,
  firstWorkingMoment,
  instantAt,
  isBefore,
  type Moment,
  minutesOfDay,
  momentOf,
  officeMinutes,
  type Standstill,
} from "./office-time.ts";
import { type PauseRule, type TimeRule, USUAL_PAUSES } from "./time-rule.ts";
import { isWorkingDay, minuteOfDay, nextWorkingDay, type WorkingCalendar, workingHoursOf } from "./working-calendar.ts";

export type DeadlineEvent =
  | { readonly type: "received"; readonly at: Date }
  | { readonly type: "paused"; readonly at: Date; readonly why: "supplement" | "payment" }
  | { readonly type: "resumed"; readonly at: Date }
  /** Put off by so many days: working days, or days of the calendar where the rule counts those. */
  | { readonly type: "rescheduled"; readonly at: Date; readonly days: number };

export type StretchKind = "start" | "counted" | "day-off" | "waiting" | "moved-on";

/** Days, from the first to the last inclusive, that were treated alike; `amount` in the deadline's unit. */
export type Stretch = {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly kind: StretchKind;
  readonly amount: number;
};

export interface Deadline {
  /** `paused`: the clock stands and there is no date; `missed`: it had passed before anything could stop it. */
  readonly standing: "running" | "paused" | "missed";
  /** The first instant that is late: finished before it is on time. null while paused. */
  readonly dueAt: Date | null;
  readonly dueDate: PlainDate | null;
  /** Where the limit is counted from: reception, or the answer that started it anew. */
  readonly startedAt: Date;
  /** When half and when a fifth of the working time is left; null while paused. */
  readonly warnings: { readonly half: Date; readonly fifth: Date } | null;
  readonly unit: "days" | "minutes";
  /** What the rule and the putting off give in all, and, while paused, what is left of it. */
  readonly limit: number;
  readonly left: number;
  /** Day by day what was counted: the amounts of `counted` add up to the limit. */
  readonly stretches: readonly Stretch[];
  /** Short sentences for the page and the slip, in the order in which things were counted. */
  readonly explanation: readonly Text[];
  /** True when the calendar has no days off for a year that was touched: the date may still move. */
  readonly provisional: boolean;
}

export type DueTime = Pick<Deadline, "explanation" | "provisional"> & {
  readonly dueAt: Date;
  readonly dueDate: PlainDate;
};

/** A pause as it was written down; `restarts`: the limit began anew after it. */
export type Pause = {
  readonly from: Moment;
  readonly to: Moment | null;
  readonly why: "supplement" | "payment";
  readonly restarts: boolean;
};

/** The events in order, reduced to what the counting needs. */
export interface Course {
  readonly received: Moment;
  /** Where the counting starts. */
  readonly start: Moment;
  /** Those since the start, finished ones. */
  readonly standstills: readonly Standstill[];
  readonly open: Pause | null;
  readonly pauses: readonly Pause[];
  readonly addedDays: number;
  readonly missed: boolean;
}

/** The due time of something received at an instant to which nothing has happened since. */
export function dueTime(rule: TimeRule, calendar: WorkingCalendar, receivedAt: Date): DueTime {
  const { dueAt, dueDate, explanation, provisional } = deadline(rule, calendar, [{ type: "received", at: receivedAt }]);
  invariant(dueAt && dueDate, "nothing stopped this clock");
  return { dueAt, dueDate, explanation, provisional };
}

/**
 * Events are in the order of time and begin with `received`; a pause ends with `resumed` before the next one begins.
 * Throws on any other order: that is a broken history, never bad input.
 */
export function deadline(
  rule: TimeRule,
  calendar: WorkingCalendar,
  events: readonly DeadlineEvent[],
  pauses: PauseRule = USUAL_PAUSES,
): Deadline {
  const course = courseOf(rule, calendar, events, pauses);
  const counted = count(rule, calendar, course);
  const standing = course.missed ? "missed" : course.open ? "paused" : "running";
  const due = standing === "paused" ? null : counted.due;
  const first = Number(course.received.date.slice(0, 4));
  const last = Number(counted.due.date.slice(0, 4));
  const provisional = first < calendar.years.first || last > calendar.years.last;
  return {
    standing,
    dueAt: due && instantAt(due),
    dueDate: due?.date ?? null,
    warnings: due && warningsOf(calendar, course, due),
    startedAt: instantAt(course.start),
    unit: counted.unit,
    limit: counted.limit,
    left: course.open ? leftAt(course.open.from, calendar, counted) : 0,
    stretches: counted.stretches,
    explanation: deadlineWords({ rule, calendar, course, due, counted, provisional }),
    provisional,
  };
}

export interface Counted {
  readonly due: Moment;
  readonly unit: "days" | "minutes";
  readonly limit: number;
  readonly stretches: readonly Stretch[];
  /** The last counted day was a day off and the end moved on from it. */
  readonly movedFrom: PlainDate | null;
}

function courseOf(
  rule: TimeRule,
  calendar: WorkingCalendar,
  events: readonly DeadlineEvent[],
  pauseRule: PauseRule,
): Course {
  const [first, ...rest] = events;
  invariant(first?.type === "received", "a deadline begins with reception");
  const received = momentOf(first.at);
  let course: Course = {
    received,
    start: firstWorkingMoment(calendar, received),
    standstills: [],
    open: null,
    pauses: [],
    addedDays: 0,
    missed: false,
  };
  for (const event of rest) {
    const at = momentOf(event.at);
    if (!course.open && !course.missed && !isBefore(at, count(rule, calendar, course).due)) {
      course = { ...course, missed: true };
    }
    // What happens after the limit has passed is written in the history and changes nothing here.
    if (course.missed) break;
    course = after(course, event, at);
  }
  return course;

  function after(known: Course, event: DeadlineEvent, at: Moment): Course {
    switch (event.type) {
      case "received":
        throw new Error("a dossier is received once");
      case "paused": {
        invariant(!known.open, "a clock that stands cannot be stopped");
        return { ...known, open: { from: at, to: null, why: event.why, restarts: restarts(event.why, at) } };
      }
      case "resumed": {
        invariant(known.open, "a clock that runs cannot be started");
        const pause: Pause = { ...known.open, to: at };
        const pauses = [...known.pauses, pause];
        if (pause.restarts) {
          return { ...known, open: null, pauses, start: firstWorkingMoment(calendar, at), standstills: [] };
        }
        return { ...known, open: null, pauses, standstills: [...known.standstills, { from: pause.from, to: at }] };
      }
      case "rescheduled":
        invariant(event.days > 0 && event.days <= DAYS_MAX, `putting off by ${event.days} days is none`);
        return { ...known, addedDays: known.addedDays + event.days };
    }
  }

  function restarts(why: "supplement" | "payment", at: Moment): boolean {
    if (rule.type === "same_day_with_cutoff") return true;
    if (why !== "supplement" || pauseRule.supplement !== "restart") return false;
    let last = firstWorkingMoment(calendar, received).date;
    for (let day = 0; day < pauseRule.restartWithinDays; day += 1) last = nextWorkingDay(calendar, last);
    return at.date <= last;
  }
}

function count(rule: TimeRule, calendar: WorkingCalendar, course: Course): Counted {
  switch (rule.type) {
    case "same_day_with_cutoff":
      return sameDay(rule.cutoff, calendar, course);
    case "working_days":
      return days(rule.days + course.addedDays, calendar, course, "working");
    case "calendar_days":
      return days(rule.days + course.addedDays, calendar, course, "calendar");
    case "months": {
      // Months become days of the calendar at the start, so that waiting lengthens them by the days it took.
      const end = addMonths(course.start.date, rule.months);
      const length = Math.round((Date.parse(end) - Date.parse(course.start.date)) / 86_400_000);
      return days(length + course.addedDays, calendar, course, "calendar");
    }
    case "working_hours":
      return hours(rule.hours, calendar, course);
  }
}

function sameDay(cutoff: string, calendar: WorkingCalendar, course: Course): Counted {
  const close = workingHoursOf(calendar).to;
  const { start, addedDays } = course;
  const nextDay = start.minute >= minuteOfDay(cutoff) ? 1 : 0;
  const limit = nextDay + addedDays;
  if (limit > 0) return days(limit, calendar, course, "working");
  const today: Stretch = { from: start.date, to: start.date, kind: "start", amount: 0 };
  return { due: { date: start.date, minute: close }, unit: "days", limit, stretches: [today], movedFrom: null };
}

function days(limit: number, calendar: WorkingCalendar, course: Course, kind: "working" | "calendar"): Counted {
  checkLimit(limit);
  const close = workingHoursOf(calendar).to;
  const waiting = waitingDays(calendar, course.standstills, kind);
  const stretches: Stretch[] = [];
  let date = course.start.date;
  note(stretches, date, "start", 0);
  for (let counted = 0, step = 0; counted < limit; step += 1) {
    invariant(step <= 2 * DAYS_MAX, `a limit of ${limit} days did not end`);
    date = addDays(date, 1);
    if (isWithin(waiting, date)) note(stretches, date, "waiting", 0);
    else if (kind === "working" && !isWorkingDay(calendar, date)) note(stretches, date, "day-off", 0);
    else {
      counted += 1;
      note(stretches, date, "counted", 1);
    }
  }
  const last = date;
  for (let step = 0; !isWorkingDay(calendar, date) || isWithin(waiting, date); step += 1) {
    invariant(step <= DAYS_MAX, `no working day after ${last}`);
    date = addDays(date, 1);
    note(stretches, date, "moved-on", 0);
  }
  return { due: { date, minute: close }, unit: "days", limit, stretches, movedFrom: date === last ? null : last };
}

function hours(limitHours: number, calendar: WorkingCalendar, course: Course): Counted {
  checkLimit(limitHours / 24);
  const limit = Math.round(limitHours * 60) + course.addedDays * minutesOfDay(calendar);
  const { end, worked } = afterOfficeMinutes(calendar, course.start, limit, course.standstills);
  const stretches = worked.map(
    ({ date, minutes }): Stretch => ({ from: date, to: date, kind: "counted", amount: minutes }),
  );
  return { due: end, unit: "minutes", limit, stretches, movedFrom: null };
}

/** In the office's minutes, those of waiting not counted, whatever unit the limit has. */
function warningsOf(calendar: WorkingCalendar, course: Course, due: Moment): { half: Date; fifth: Date } {
  const { start, standstills } = course;
  const waited = standstills.reduce((sum, { from, to }) => sum + officeMinutes(calendar, from, to), 0);
  const total = Math.max(1, officeMinutes(calendar, start, due) - waited);
  const after = (share: number): Date =>
    instantAt(afterOfficeMinutes(calendar, start, Math.max(1, Math.floor(total * share)), standstills).end);
  return { half: after(0.5), fifth: after(0.8) };
}

/** What is left when the clock is stopped: counted days after the day of stopping, or minutes from then on. */
function leftAt(stopped: Moment, calendar: WorkingCalendar, counted: Counted): number {
  if (counted.unit === "days") {
    const from = firstWorkingMoment(calendar, stopped).date;
    return counted.stretches
      .filter((stretch) => stretch.kind === "counted" && stretch.to >= from)
      .reduce((sum, stretch) => sum + daysFrom(stretch.from > from ? stretch.from : from, stretch.to), 0);
  }
  const before = counted.stretches
    .filter((stretch) => stretch.to < stopped.date)
    .reduce((sum, { amount }) => sum + amount, 0);
  const today = counted.stretches.find((stretch) => stretch.from === stopped.date);
  const later = counted.limit - before - (today?.amount ?? 0);
  const end = counted.due.date === stopped.date ? counted.due : { date: stopped.date, minute: 1_440 };
  return later + (today ? Math.min(today.amount, officeMinutes(calendar, stopped, end)) : 0);
}

function daysFrom(from: PlainDate, to: PlainDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
}

/** The days that a standstill takes out, first and last inclusive; one that begins and ends on one day takes none. */
function waitingDays(
  calendar: WorkingCalendar,
  standstills: readonly Standstill[],
  kind: "working" | "calendar",
): readonly [PlainDate, PlainDate][] {
  const close = workingHoursOf(calendar).to;
  const dayOf = (moment: Moment): PlainDate => {
    if (kind === "working") return firstWorkingMoment(calendar, moment).date;
    return moment.minute >= close ? addDays(moment.date, 1) : moment.date;
  };
  return standstills.flatMap(({ from, to }): [PlainDate, PlainDate][] => {
    const [first, last] = [dayOf(from), dayOf(to)];
    return first === last ? [] : [[first, last]];
  });
}

function isWithin(spans: readonly [PlainDate, PlainDate][], date: PlainDate): boolean {
  return spans.some(([from, to]) => from <= date && date <= to);
}

function note(stretches: Stretch[], date: PlainDate, kind: StretchKind, amount: number): void {
  const last = stretches.at(-1);
  if (last?.kind === kind) stretches[stretches.length - 1] = { ...last, to: date, amount: last.amount + amount };
  else stretches.push({ from: date, to: date, kind, amount });
}

function checkLimit(limit: number): void {
  invariant(limit > 0 && limit <= DAYS_MAX, `a time limit of ${limit} days is not one`);
}
