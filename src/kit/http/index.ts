/** Everything a room needs of the web: sites, pages, forms, sessions. */
export { createSite, safePath, seeOther, sendPage, type FailureView, type SiteOptions } from "./site.ts";
export { formList, formText, formValues, parseForm, type FormValues } from "./form.ts";
export type { Session } from "./session.ts";
export { createThrottle, networkOf, type Throttle } from "./throttle.ts";
export { listSessionsOf, removeSession, removeSessionsOf } from "./session-store.ts";
