/**
 * Messages (thông báo): what happened to a dossier, told to its applicant. Words: notice, channel, delivery, choice, device.
 * Promises: each entry of the history that concerns the applicant is told exactly once on each chosen channel and stands on
 * the portal at once; nothing rings between 21:00 and 07:00; a text has no link and never six digits in a row; nothing of a
 * person but the given name leaves the house; every delivery's end is seen at the desk. Entered by jobs, never asked by
 * the dossiers room.
 */
export { deskNotices } from "./desk-notices.ts";
export { noticeJobs, type NoticeJobDeps } from "./notice-jobs.ts";
export { type NoticeRouteDeps, noticeRoutes } from "./notice-routes.ts";
export { listNoticesOf, type NoticeOfDossier } from "./notice-view.ts";
export { messages as noticeMessages } from "./messages.ts";
export { textRoutes } from "./text-routes.ts";
export { openVapidKeys } from "./vapid-keys.ts";
