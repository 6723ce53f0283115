import { addDays, instantOf, localTime, plainDateOf } from "#kit/calendar.ts";
import { isWorkingDay, type WorkingCalendar } from "#province/deadlines/index.ts";

/** When officers are written to: now, when the office is open today, else when it opens next. Pure. */
export function mailMoment(calendar: WorkingCalendar, now: Date): Date {
  const opens = calendar.spans[0]?.from ?? 0;
  const closes = calendar.spans.at(-1)?.to ?? 1_440;
  const { hour, minute } = localTime(now);
  const at = hour * 60 + minute;
  const today = plainDateOf(now);
  if (isWorkingDay(calendar, today) && at >= opens && at < closes) return now;
  let day = at < opens ? today : addDays(today, 1);
  for (let step = 0; step < 60 && !isWorkingDay(calendar, day); step += 1) day = addDays(day, 1);
  return instantOf(day, Math.floor(opens / 60), opens % 60);
}
