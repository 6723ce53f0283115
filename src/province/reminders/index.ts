/**
 * Reminders (nhắc việc): what an officer is told of dossiers and opinions, at the desk and by mail. Words: reminder, kind.
 * Promises: written by `officer_remind` in the commit they tell of, each thing once; ten of one minute are one mail; nothing of
 * a citizen but the dossier's code leaves the house.
 */
export { reminderJobs } from "./reminder-jobs.ts";
export { reminderRoutes } from "./reminder-routes.ts";
