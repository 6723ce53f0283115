/** Questions that other rooms ask about a province. */
import type { WorkingCalendar } from "#province/deadlines/index.ts";
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

const calendars = new WeakMap<Tenant, WorkingCalendar>();

/** The province's working calendar: the country's days off, the province's hours and own days off. */
export function calendarOf(tenant: Tenant): WorkingCalendar {
  const known = calendars.get(tenant);
  if (known) return known;
  const calendar = officeCalendar(tenant.hours, tenant.ownDaysOff);
  calendars.set(tenant, calendar);
  return calendar;
}

/** The owner's colours for `/theme.css`. */
export function themeOf(tenant: Tenant): string {
  const { accent, second } = tenant.theme;
  const soft = `color-mix(in srgb, ${accent} 6%, #ffffff)`;
  return `:root{--accent:${accent};--accent-soft:${soft}${second ? `;--second:${second}` : ""}}`;
}
