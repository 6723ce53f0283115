import { addDays, instantOf, localTime, plainDateOf } from "#kit/calendar.ts";

/** Whole hours of the day in Vietnam: from the evening's to the morning's nothing rings. */
export type QuietHours = { readonly from: number; readonly to: number };

export const USUAL_QUIET: QuietHours = { from: 21, to: 7 };

/**
 * When a message may leave: now, or in the morning when it is quiet. The urgent ones wait too: nobody can do anything about a
 * dossier at night, and on the portal it stands at once.
 */
export function notBefore(now: Date, quiet: QuietHours = USUAL_QUIET): Date {
  const { hour } = localTime(now);
  if (hour >= quiet.to && hour < quiet.from) return now;
  const today = plainDateOf(now);
  return instantOf(hour >= quiet.from ? addDays(today, 1) : today, quiet.to);
}

/** 7 → "07:00" */
export function hourFace(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}
