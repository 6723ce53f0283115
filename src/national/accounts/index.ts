/**
 * Accounts: who a person is to the national portal. Words: registration (đăng ký), account (tài khoản), one-time code
 * (OTP), assurance level (IAL2 mobile subscriber, IAL3 in person).
 *
 * Promises: a code is good once, for five minutes, for the request it was made for, and dies after five wrong tries; no
 * page tells a stranger which numbers have an account; passwords and codes are kept only as hashes; what was typed is
 * never lost by an error.
 */
export type { Account, AssuranceLevel, PostalAddress } from "./account.ts";
export type { AccountsDeps, Caller } from "./accounts-deps.ts";
export { checkAccounts, findAccount, reapAccounts } from "./accounts-store.ts";
export { noteFailure, noteSuccess } from "./caution.ts";
export { checkPassword, type PasswordOutcome } from "./check-password.ts";
export { askCaptchaFromNow, callerOf, captchaFor, forgetCaptcha, judgeCaptcha } from "./judge-captcha.ts";
export { KNOWN_BROWSER_COOKIE, KNOWN_BROWSER_SECONDS, rememberBrowser } from "./known-browser.ts";
export { messages as accountMessages } from "./messages.ts";
export type { OtpOutcome } from "./otp.ts";
export { otpStepRoutes } from "./otp-step.ts";
export { passwordInput } from "./pages/password-page.ts";
export { anotherCodePath, paths as accountPaths } from "./paths.ts";
export { type AccountsWebDeps, rawText, registrationRoutes } from "./registration-routes.ts";
export { PASSWORD_CHANGED, type ResetDeps, resetRoutes } from "./reset-routes.ts";
export { findDemoAccounts, seedDemoAccounts } from "./seed-accounts.ts";
export { checkOtp, giveSendTurnBack, openSealedSms, sendOtp } from "./send-otp.ts";
