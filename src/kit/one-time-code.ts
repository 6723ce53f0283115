import { Secret, TOTP } from "otpauth";

const PERIOD_SECONDS = 30;
/** One step before and after: clocks of phones are off by some seconds (RFC 6238 §5.2). */
const WINDOW = 1;

/**
 * The time step (RFC 6238: seconds since 1970 divided by 30) that a code of six digits belongs to; undefined when it is
 * not a code of now or of the step before or after. SHA-1, as authenticator apps expect.
 */
export function stepOfCode(secretBase32: string, code: string, now: Date): number | undefined {
  const digits = code.replace(/\s/g, "");
  if (!/^\d{6}$/.test(digits)) return undefined;
  const delta = totp(secretBase32).validate({ token: digits, timestamp: now.getTime(), window: WINDOW });
  return delta === null ? undefined : Math.floor(now.getTime() / 1000 / PERIOD_SECONDS) + delta;
}

/** The code of a moment: for the demo's own tests and the start page. */
export function codeAt(secretBase32: string, now: Date): string {
  return totp(secretBase32).generate({ timestamp: now.getTime() });
}

function totp(secretBase32: string): TOTP {
  return new TOTP({ secret: Secret.fromBase32(secretBase32), algorithm: "SHA1", digits: 6, period: PERIOD_SECONDS });
}
