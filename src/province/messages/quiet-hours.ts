import { addDays, instantOf, localTime, plainDateOf } from "#kit/calendar.ts";

const EVENING = 21;
const MORNING = 7;

/**
 * When a message may leave: now, or at 07:00 when it is between 21:00 and 07:00 in Vietnam. The urgent ones wait too:
 * nobody can do anything about a dossier at night, and on the portal it stands at once.
 */
export function notBefore(now: Date): Date {
  const { hour } = localTime(now);
  if (hour >= MORNING && hour < EVENING) return now;
  const today = plainDateOf(now);
  return instantOf(hour >= EVENING ? addDays(today, 1) : today, MORNING);
}
