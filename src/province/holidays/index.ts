/**
 * Holidays (ngày nghỉ, làm bù, hoán đổi): what a province's administrators decide about single days, over the country's table.
 * Promises: a decision says before it is applied which dates it moves; nothing past is decided; what contradicts the calendar
 * is refused; every process counts by the same table within seconds, and each open dossier moves once.
 */
export { type HolidayDeps, holidayRoutes } from "./holiday-routes.ts";
export { keepCalendars } from "./keep-calendars.ts";
export { holidayJobs } from "./move-dossiers.ts";
