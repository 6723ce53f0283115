/**
 * When the provider is asked about an attempt by itself (callbacks and the payer's return ask at once, besides). Pure.
 *
 * unfinished: 15 s after the start, again after 15, 15, 30 s, then every 45 s. So a capture whose callback never came is
 *             known at most 60 s later, also when we were down meanwhile: what is overdue is asked first thing.
 * past its time and still undecided: every 45 s for the first hour, then every 15 min for three days, then by hand.
 * failed:     asked again 5 min, 1 h and 24 h later, because "failed" is not final.
 * succeeded:  one, two and three days later, where the answer can say "taken back" (`look-for-reversals.ts`).
 */
const FIRST_STEPS_S = [15, 15, 15, 30] as const;
const STEADY_S = 45;
const LATE_S = 15 * 60;
const FIRST_HOUR_S = 3_600;
const GIVE_UP_ASKING_S = 3 * 86_400;
const AFTER_FAILURE_S = [300, 3_600, 86_400] as const;

/** The first question, counted from the start. Later than the provider's own time-out of 12 s, so that they never cross. */
export function firstAskAt(createdAt: Date): Date {
  return after(createdAt, FIRST_STEPS_S[0]);
}

/** The next question of an unfinished attempt after `asked` questions; undefined: an operator must look. */
export function nextAskAt(now: Date, asked: number, expiresAt: Date): Date | undefined {
  const late = (now.getTime() - expiresAt.getTime()) / 1_000;
  if (late > GIVE_UP_ASKING_S) return undefined;
  if (late > FIRST_HOUR_S) return after(now, LATE_S);
  return after(now, FIRST_STEPS_S[asked] ?? STEADY_S);
}

/** The next question of a failed attempt; undefined: no more. */
export function nextLookAt(now: Date, failedAt: Date): Date | undefined {
  const since = (now.getTime() - failedAt.getTime()) / 1_000;
  const next = AFTER_FAILURE_S.find((seconds) => seconds > since + 1);
  return next === undefined ? undefined : after(failedAt, next);
}

function after(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1_000);
}
