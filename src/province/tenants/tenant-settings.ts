/** Questions that other rooms ask about a province. */
import type { CalendarDay, WorkingCalendar } from "#province/deadlines/index.ts";
import { officeCalendar } from "#province/deadlines/index.ts";
import type { Agency, Payee, Tenant } from "./tenant.ts";

/** By lasting id or by official identifier; undefined when the province has no such unit. */
export function agencyOf(tenant: Tenant, idOrIdentifier: string): Agency | undefined {
  return tenant.agencies.find((agency) => agency.id === idOrIdentifier || agency.identifier === idOrIdentifier);
}

/** The account that receives an agency's fees: its own, else the province's. */
export function payeeOf(tenant: Tenant, agencyId: string): Payee {
  const { payees } = tenant.payment;
  const payee =
    payees.find((one) => one.agencies?.includes(agencyId)) ?? payees.find((one) => one.agencies === undefined);
  if (!payee) throw new Error(`${tenant.code} has no account that receives fees`);
  return payee;
}

const calendars = new Map<string, WorkingCalendar>();

/**
 * The province's working calendar: the country's days off, the province's hours and own days off, and what its
 * administrators decided since, as far as this process has heard of it (the holidays room keeps it told).
 */
export function calendarOf(tenant: Tenant): WorkingCalendar {
  const known = calendars.get(tenant.code);
  if (known) return known;
  const calendar = calendarWith(tenant, []);
  calendars.set(tenant.code, calendar);
  return calendar;
}

/** The calendar as it would be with these decisions; nothing is kept. */
export function calendarWith(tenant: Tenant, decided: readonly CalendarDay[]): WorkingCalendar {
  return officeCalendar(tenant.hours, tenant.ownDaysOff, decided);
}

/** From now on `calendarOf` answers with these decisions, in this process. */
export function tellCalendar(tenant: Tenant, decided: readonly CalendarDay[]): void {
  calendars.set(tenant.code, calendarWith(tenant, decided));
}

/** The owner's colours for `/theme.css`. */
export function themeOf(tenant: Tenant): string {
  const { accent, second } = tenant.theme;
  const soft = `color-mix(in srgb, ${accent} 6%, #ffffff)`;
  return `:root{--accent:${accent};--accent-soft:${soft}${second ? `;--second:${second}` : ""}}`;
}
