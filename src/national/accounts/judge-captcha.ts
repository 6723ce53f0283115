/** The security code of one form: whether it is asked, and what the answer was. Used by registration, reset and sign-in. */
import type { FastifyRequest } from "fastify";
import type { Captcha } from "#kit/captcha.ts";
import { type FormValues, formText } from "#kit/http/index.ts";
import type { AccountsDeps, Caller } from "./accounts-deps.ts";
import { KNOWN_BROWSER_COOKIE } from "./known-browser.ts";
import { asksCaptchaAtOnce, cautionFor, looksAutomated } from "./caution.ts";

/** In the session: this browser failed, so its pages ask. */
const FAILED = "captchaAsked";

export function callerOf(request: FastifyRequest): Caller {
  return { network: request.ip, lang: request.lang, known: request.cookies[KNOWN_BROWSER_COOKIE] };
}

/** The code to show on a page, or undefined when none is asked. */
export async function captchaFor(
  deps: AccountsDeps,
  request: FastifyRequest,
  purpose: string,
): Promise<Captcha | undefined> {
  const asks = await asksCaptchaAtOnce(deps, callerOf(request), request.session.get<boolean>(FAILED) === true);
  return asks ? deps.captcha.issue(purpose) : undefined;
}

/** From now on this browser is asked: after a failure of any kind that guessing would cause. */
export function askCaptchaFromNow(request: FastifyRequest): void {
  request.session.set(FAILED, true);
}

export function forgetCaptcha(request: FastifyRequest): void {
  request.session.delete(FAILED);
}

/** Undefined when the form may go on; else the fault of the field `captcha`. */
export async function judgeCaptcha(
  deps: AccountsDeps,
  request: FastifyRequest,
  form: { readonly purpose: string; readonly values: FormValues; readonly identityNumber: string },
): Promise<"captcha-missing" | "captcha-wrong" | "captcha-expired" | undefined> {
  const caller = callerOf(request);
  const signs = { trap: formText(form.values, "website"), userAgent: request.headers["user-agent"] };
  const needed =
    (await asksCaptchaAtOnce(deps, caller, request.session.get<boolean>(FAILED) === true)) ||
    looksAutomated(signs) ||
    (form.identityNumber !== "" && (await cautionFor(deps, caller, form.identityNumber)).failedBefore);
  if (!needed) return undefined;
  const answer = await deps.captcha.judge(
    form.purpose,
    formText(form.values, "captchaToken"),
    formText(form.values, "captcha"),
  );
  if (answer === "right") return undefined;
  askCaptchaFromNow(request);
  return `captcha-${answer}`;
}
