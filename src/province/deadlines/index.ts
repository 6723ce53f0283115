/**
 * Room: deadlines (hạn, ngày hẹn trả). Words: time rule, working calendar, day off, swapped day, due time.
 * Promise: pure functions of (rule, calendar, moments) to (due time, explanation); whole minutes, half-open intervals;
 * every date can say why it is that date.
 */
export type { DueTime } from "./due-time.ts";
export { dueTime, firstWorkingMoment } from "./due-time.ts";
export { describeTimeRule } from "./describe-time-rule.ts";
export type { TimeRule } from "./time-rule.ts";
export type { DayOff, HoursSetting, SwappedDay, WorkingCalendar, WorkingSpan } from "./working-calendar.ts";
export { isWorkingDay, nextWorkingDay, officeCalendar, USUAL_HOURS } from "./working-calendar.ts";
