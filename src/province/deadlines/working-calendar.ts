/**
 * When an office works: weekdays, hours of the day, days off, and Saturdays worked in exchange for a bridge day.
 * Local days are `YYYY-MM-DD`, times are whole minutes of the local day, intervals are half-open [from, to).
 */
import type { PlainDate } from "#kit/calendar.ts";
import { addDays, weekdayOf } from "#kit/calendar.ts";
import { invariant } from "#kit/errors.ts";
import type { Text } from "#kit/i18n.ts";
import national from "./holidays-vn.json" with { type: "json" };

/** Minutes of the local day; `to` is the first minute after work. */
export type WorkingSpan = { readonly from: number; readonly to: number };

export type DayOff = { readonly date: PlainDate; readonly name: Text; readonly basis: string };
export type SwappedDay = { readonly dayOff: PlainDate; readonly workingDay: PlainDate; readonly basis: string };

/** What an administrator of the province decided about one day, over what the country's table says. */
export type CalendarDay = {
  readonly date: PlainDate;
  /** `off`: nobody works; `work`: worked although it is a day off; `usual`: as its weekday has it, whatever the table says. */
  readonly kind: "off" | "work" | "usual";
  readonly name: Text;
  readonly basis: string;
};

export type WorkingCalendar = {
  /** Ordered, without overlap. */
  readonly spans: readonly WorkingSpan[];
  /** 1 Monday … 7 Sunday. */
  readonly weekdays: readonly number[];
  readonly daysOff: ReadonlyMap<PlainDate, DayOff>;
  /** Days worked although they are a weekly day off, by date. */
  readonly workedInstead: ReadonlyMap<PlainDate, SwappedDay>;
  readonly offInstead: ReadonlyMap<PlainDate, SwappedDay>;
  /** Years the table of days off covers; outside them the answer is only provisional. */
  readonly years: { readonly first: number; readonly last: number };
};

/** As a province writes it: `{ "from": "07:00", "to": "11:30" }`. */
export type HoursSetting = { readonly from: string; readonly to: string };

/** Mon–Fri 07:00–11:30 and 13:30–17:00: eight hours, so that a working day is 480 minutes. */
export const USUAL_HOURS: readonly HoursSetting[] = [
  { from: "07:00", to: "11:30" },
  { from: "13:30", to: "17:00" },
];

/** The national calendar with an office's own hours and, where it has them, its own days off. */
export function officeCalendar(
  hours: readonly HoursSetting[] = USUAL_HOURS,
  ownDaysOff: readonly DayOff[] = [],
  decided: readonly CalendarDay[] = [],
): WorkingCalendar {
  const spans = hours.map(({ from, to }) => ({ from: minuteOfDay(from), to: minuteOfDay(to) }));
  spans.forEach((span, index) => {
    const previous = spans[index - 1];
    invariant(
      span.from < span.to && (!previous || previous.to <= span.from),
      "working hours are ordered and do not overlap",
    );
  });
  invariant(spans.length > 0, "an office works at some time of the day");
  const days: DayOff[] = [...national.daysOff, ...ownDaysOff];
  const daysOff = new Map(days.map((day) => [day.date, day]));
  const workedInstead = new Map<PlainDate, SwappedDay>(national.swaps.map((swap) => [swap.workingDay, swap]));
  const offInstead = new Map<PlainDate, SwappedDay>(national.swaps.map((swap) => [swap.dayOff, swap]));
  for (const day of decided) {
    for (const known of [daysOff, workedInstead, offInstead]) known.delete(day.date);
    if (day.kind === "off") daysOff.set(day.date, day);
    if (day.kind === "work") {
      workedInstead.set(day.date, { workingDay: day.date, dayOff: day.date, basis: day.basis });
    }
  }
  return {
    spans,
    weekdays: [1, 2, 3, 4, 5],
    daysOff,
    workedInstead,
    offInstead,
    years: { first: national.firstYear, last: national.lastYear },
  };
}

/** Why a day is not what its weekday makes it: the holiday, the swap, the decision; undefined for a usual day. */
export function specialDay(calendar: WorkingCalendar, date: PlainDate): { name: Text; basis: string } | undefined {
  const holiday = calendar.daysOff.get(date);
  if (holiday) return { name: holiday.name, basis: holiday.basis };
  const worked = calendar.workedInstead.get(date);
  if (worked) return { name: { vi: "Làm việc bù", en: "Worked in exchange" }, basis: worked.basis };
  const off = calendar.offInstead.get(date);
  return off && { name: { vi: "Nghỉ hoán đổi", en: "Bridge day" }, basis: off.basis };
}

/** Every day of a year that is not what its weekday makes it, in order. */
export function specialDays(calendar: WorkingCalendar, year: number): readonly PlainDate[] {
  const dates = [calendar.daysOff, calendar.workedInstead, calendar.offInstead].flatMap((days) => [...days.keys()]);
  return [...new Set(dates)].filter((date) => date.startsWith(`${year}-`)).sort();
}

/** "07:30" → 450. */
export function minuteOfDay(time: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  invariant(match, `time of day is HH:MM, got "${time}"`);
  return Number(match[1]) * 60 + Number(match[2]);
}

export function isWorkingDay(calendar: WorkingCalendar, date: PlainDate): boolean {
  if (calendar.workedInstead.has(date)) return true;
  if (calendar.daysOff.has(date) || calendar.offInstead.has(date)) return false;
  return calendar.weekdays.includes(weekdayOf(date));
}

/** The first working day after `date`. Bounded: no calendar has a year without work. */
export function nextWorkingDay(calendar: WorkingCalendar, date: PlainDate): PlainDate {
  let day = addDays(date, 1);
  for (let step = 0; step < 366; step += 1) {
    if (isWorkingDay(calendar, day)) return day;
    day = addDays(day, 1);
  }
  throw new Error(`no working day within a year after ${date}`);
}

/** Why nobody works that day; null for a working day. Weekly days off have no name of their own. */
export function reasonForDayOff(calendar: WorkingCalendar, date: PlainDate): Text | "weekly" | null {
  if (isWorkingDay(calendar, date)) return null;
  const holiday = calendar.daysOff.get(date);
  if (holiday) return holiday.name;
  const swap = calendar.offInstead.get(date);
  if (swap) return { vi: "nghỉ hoán đổi", en: "bridge day, worked on another day" };
  return "weekly";
}

/** First minute of work and the minute after the last, of any working day. */
export function workingHoursOf(calendar: WorkingCalendar): WorkingSpan {
  const first = calendar.spans[0];
  const last = calendar.spans.at(-1);
  invariant(first && last, "an office works at some time of the day");
  return { from: first.from, to: last.to };
}
