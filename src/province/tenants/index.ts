/**
 * Room: tenants. A province (Tây Ninh, Kon Tum) is a folder of settings: names, units, hours, accounts, labels, the rules
 * of its years. Promise: read once, checked in full, and every problem of a file named at start.
 */
export { findTenant, loadTenants } from "./load-tenants.ts";
export { placeName, placeText } from "./place-words.ts";
export { agencyOf, calendarOf, calendarWith, payeeOf, tellCalendar, themeOf } from "./tenant-settings.ts";
export type { Agency, Contact, Payee, Tenant } from "./tenant.ts";
