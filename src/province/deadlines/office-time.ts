/** Moments of a local day and the office's minutes between them. Pure; whole minutes, half-open spans. */
import type { PlainDate } from "#kit/calendar.ts";
import { instantOf, localTime, plainDateOf } from "#kit/calendar.ts";
import type { WorkingCalendar } from "./working-calendar.ts";
import { isWorkingDay, nextWorkingDay, workingHoursOf } from "./working-calendar.ts";

/** A minute of a local day. `minute` may be the closing minute of the day (the end of a half-open span). */
export type Moment = { readonly date: PlainDate; readonly minute: number };

/** A stretch in which the clock stands: from a moment until another. */
export type Standstill = { readonly from: Moment; readonly to: Moment };

/** The longest limit in the national catalogue is a few years; anything above is a mistake in the data. */
export const DAYS_MAX = 3_660;

export function momentOf(instant: Date): Moment {
  const local = localTime(instant);
  return { date: plainDateOf(instant), minute: local.hour * 60 + local.minute };
}

export function instantAt({ date, minute }: Moment): Date {
  return instantOf(date, Math.floor(minute / 60), minute % 60);
}

export function isBefore(a: Moment, b: Moment): boolean {
  return a.date < b.date || (a.date === b.date && a.minute < b.minute);
}

/** The moment itself when the office is open then, else the next opening. */
export function firstWorkingMoment(calendar: WorkingCalendar, moment: Moment): Moment {
  if (isWorkingDay(calendar, moment.date)) {
    const span = calendar.spans.find((candidate) => moment.minute < candidate.to);
    if (span) return { date: moment.date, minute: Math.max(moment.minute, span.from) };
  }
  return { date: nextWorkingDay(calendar, moment.date), minute: workingHoursOf(calendar).from };
}

/** Minutes of work in a working day: 480 where the office works 07:00–11:30 and 13:30–17:00. */
export function minutesOfDay(calendar: WorkingCalendar): number {
  return calendar.spans.reduce((sum, span) => sum + span.to - span.from, 0);
}

/** Minutes that the office works from one moment until another; 0 when the second is not later. */
export function officeMinutes(calendar: WorkingCalendar, from: Moment, to: Moment): number {
  let minutes = 0;
  let { date, minute } = firstWorkingMoment(calendar, from);
  for (let day = 0; day <= DAYS_MAX && date <= to.date; day += 1) {
    for (const span of calendar.spans) {
      const until = date === to.date ? Math.min(span.to, to.minute) : span.to;
      minutes += Math.max(0, until - Math.max(span.from, minute));
    }
    date = nextWorkingDay(calendar, date);
    minute = 0;
  }
  return minutes;
}

/** How much was worked on which day, in order. */
export type WorkedDay = { readonly date: PlainDate; readonly minutes: number };

/**
 * The moment by which the office has worked so many minutes, those in a standstill not counted. A limit that is used up
 * exactly at the end of a span ends there, not at the next opening.
 */
export function afterOfficeMinutes(
  calendar: WorkingCalendar,
  start: Moment,
  minutes: number,
  standstills: readonly Standstill[] = [],
): { readonly end: Moment; readonly worked: readonly WorkedDay[] } {
  let left = minutes;
  let { date, minute } = firstWorkingMoment(calendar, start);
  const worked: WorkedDay[] = [];
  for (let day = 0; day <= DAYS_MAX; day += 1) {
    let today = 0;
    for (const span of openSpans(calendar, { date, minute }, standstills)) {
      const open = span.to - span.from;
      if (left <= open)
        return { end: { date, minute: span.from + left }, worked: [...worked, { date, minutes: today + left }] };
      left -= open;
      today += open;
    }
    if (today > 0) worked.push({ date, minutes: today });
    date = nextWorkingDay(calendar, date);
    minute = 0;
  }
  throw new Error(`a limit of ${minutes} working minutes did not end`);
}

/** The day's spans from a minute on, with the standstills cut out. */
function openSpans(calendar: WorkingCalendar, from: Moment, standstills: readonly Standstill[]) {
  let spans = calendar.spans
    .map((span) => ({ from: Math.max(span.from, from.minute), to: span.to }))
    .filter((span) => span.from < span.to);
  for (const stop of standstills) {
    if (stop.from.date > from.date || stop.to.date < from.date) continue;
    const begin = stop.from.date === from.date ? stop.from.minute : 0;
    const end = stop.to.date === from.date ? stop.to.minute : 1_440;
    spans = spans
      .flatMap((span) => [
        { from: span.from, to: Math.min(span.to, begin) },
        { from: Math.max(span.from, end), to: span.to },
      ])
      .filter((span) => span.from < span.to);
  }
  return spans;
}
