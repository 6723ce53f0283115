/**
 * Room: deadlines (hạn, ngày hẹn trả). Words: time rule, working calendar, day off, swapped day, due time, pause, putting off.
 * Promise: pure functions of (rule, calendar, events) to (due time, explanation); whole minutes, half-open intervals;
 * every date can say why it is that date, and a date that was missed stays missed.
 */
export type { Deadline, DeadlineEvent, DueTime, Stretch } from "./deadline.ts";
export { deadline, dueTime } from "./deadline.ts";
export { minutesOfDay, momentOf, officeMinutes } from "./office-time.ts";
export { describeTimeRule } from "./describe-time-rule.ts";
export type { PauseRule, TimeRule } from "./time-rule.ts";
export { RECEPTION_HOURS, RESCHEDULES_MOST, USUAL_PAUSES } from "./time-rule.ts";
export type {
  CalendarDay,
  DayOff,
  HoursSetting,
  SwappedDay,
  WorkingCalendar,
  WorkingSpan,
} from "./working-calendar.ts";
export {
  isWorkingDay,
  nextWorkingDay,
  officeCalendar,
  specialDay,
  specialDays,
  USUAL_HOURS,
} from "./working-calendar.ts";
