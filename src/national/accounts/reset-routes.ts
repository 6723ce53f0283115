/** "Quên mật khẩu?": number and phone → OTP → new password. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { checkIdentityNumber, checkMobile } from "#kit/vietnamese.ts";
import type { AccountsDeps } from "./accounts-deps.ts";
import { askCaptchaFromNow, callerOf, captchaFor, judgeCaptcha } from "./judge-captcha.ts";
import { messages } from "./messages.ts";
import { otpStepRoutes } from "./otp-step.ts";
import { type ForgotFaults, forgotPage } from "./pages/forgot-page.ts";
import { passwordPage } from "./pages/password-page.ts";
import { paths } from "./paths.ts";
import { rawText } from "./registration-routes.ts";
import { confirmReset, finishReset, newPasswordFault, resetAt, startReset } from "./reset-password.ts";

const AT = "passwordReset";
const PURPOSE = "forgot";
/** In the session: the sign-in page says that the password was changed. */
export const PASSWORD_CHANGED = "passwordChanged";

export interface ResetDeps extends AccountsDeps {
  /** Where to sign in after the change (back to the journey that was interrupted). */
  readonly signInPath: (request: FastifyRequest) => string;
}

export function resetRoutes(site: FastifyInstance, deps: ResetDeps): void {
  site.get(paths.forgot, async (request, reply) =>
    sendPage(
      reply,
      forgotPage({
        lang: request.lang,
        typed: { identityNumber: "", phone: "" },
        faults: {},
        captcha: await captchaFor(deps, request, PURPOSE),
      }),
    ),
  );
  site.post(paths.forgot, (request, reply) => begin(deps, request, reply));
  otpStepRoutes(site, deps, {
    path: paths.forgotOtp,
    addressOf: () => paths.forgotOtp,
    purpose: "reset-password",
    startAgain: () => paths.forgot,
    unsure: true,
    async subjectOf(request) {
      const reset = await current(deps, request);
      return reset
        ? { id: reset.id, phone: reset.accountId ? reset.phone : undefined, shownPhone: reset.phone }
        : undefined;
    },
    async confirm(request, _reply, subject, code, caller) {
      const outcome = await confirmReset(deps, caller, subject.id, code);
      if (outcome.kind === "ok") return { next: paths.forgotPassword };
      if (outcome.kind === "locked") askCaptchaFromNow(request);
      return { trouble: outcome };
    },
  });
  site.get(paths.forgotPassword, async (request, reply) => {
    const reset = await current(deps, request);
    if (reset?.state !== "password") return seeOther(reply, paths.forgot);
    return sendPage(reply, passwordPage({ lang: request.lang, purpose: "reset" }));
  });
  site.post(paths.forgotPassword, async (request, reply) => {
    const reset = await current(deps, request);
    if (reset?.state !== "password" || !reset.accountId) return seeOther(reply, paths.forgot);
    const password = rawText(formValues(request)["password"]);
    const fault = await newPasswordFault(deps, reset.accountId, password);
    if (fault) return sendPage(reply, passwordPage({ lang: request.lang, purpose: "reset", fault }), 422);
    const done = await finishReset(deps, callerOf(request), reset.id, password);
    request.session.delete(AT);
    if (!done) return seeOther(reply, paths.forgot);
    request.session.set(PASSWORD_CHANGED, true);
    return seeOther(reply, deps.signInPath(request));
  });
}

async function begin(deps: AccountsDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const values = formValues(request);
  const typed = { identityNumber: formText(values, "identityNumber"), phone: formText(values, "phone") };
  const identity = checkIdentityNumber(typed.identityNumber);
  const phone = checkMobile(typed.phone);
  const captchaFault = await judgeCaptcha(deps, request, {
    purpose: PURPOSE,
    values,
    identityNumber: identity.ok ? identity.value : "",
  });
  const faults: ForgotFaults = {
    ...(identity.ok ? {} : { identityNumber: identity.reason }),
    ...(phone.ok ? {} : { phone: phone.reason }),
    ...(captchaFault ? { captcha: captchaFault } : {}),
  };
  const again = async (status: number, trouble?: string): Promise<FastifyReply> =>
    sendPage(
      reply,
      forgotPage({ lang: request.lang, typed, faults, captcha: await captchaFor(deps, request, PURPOSE), trouble }),
      status,
    );
  if (!identity.ok || !phone.ok || captchaFault) return again(422);
  const outcome = await startReset(deps, callerOf(request), { identityNumber: identity.value, phone: phone.value });
  if (outcome.kind === "wait") return again(429, messages[request.lang].waitError(outcome.seconds));
  request.session.set(AT, outcome.id);
  return seeOther(reply, paths.forgotOtp);
}

function current(deps: AccountsDeps, request: FastifyRequest) {
  return resetAt(deps, request.session.get<string>(AT));
}
