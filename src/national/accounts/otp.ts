/**
 * Rules of one-time codes (pure). Six digits hold 20 bits (NIST SP 800-63B asks for ≥ 20), so what guards them is the
 * few tries, the short life and that each belongs to one request.
 */
export const OTP_DIGITS = 6;
export const OTP_TRIES_MAX = 5;
export const OTP_LIFE_SECONDS = 300;
export const OTP_RESEND_WAIT_SECONDS = 60;
/** The first message and three more. */
export const OTP_ROUNDS_MAX = 4;

export type OtpPurpose = "register" | "sign-in" | "reset-password";

/** What a try at a code ends in. `locked`: too many wrong tries; `unknown`: no such request (any more). */
export type OtpOutcome =
  | { readonly kind: "ok" }
  | { readonly kind: "wrong"; readonly triesLeft: number }
  | { readonly kind: "locked" | "expired" | "used" | "unknown" };

export type ResendOutcome = "sent" | "wait" | "too-many" | "used" | "locked" | "unknown";

/** The six digits of what was posted: one field, or the six boxes. Undefined when it is not six digits. */
export function readOtp(posted: string | readonly string[] | undefined): string | undefined {
  const text = (typeof posted === "string" ? posted : (posted ?? []).join("")).replace(/[\s.-]/g, "");
  return /^\d{6}$/.test(text) ? text : undefined;
}
