/** Pages of registration. The session keeps only which registration this browser is at. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { plainDateOf } from "#kit/calendar.ts";
import { AppError } from "#kit/errors.ts";
import { toText } from "#kit/html.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import type { AccountsDeps } from "./accounts-deps.ts";
import { askCaptchaFromNow, callerOf, captchaFor, forgetCaptcha, judgeCaptcha } from "./judge-captcha.ts";
import { messages } from "./messages.ts";
import { otpStepRoutes } from "./otp-step.ts";
import { choosePage, termsPage } from "./pages/choose-page.ts";
import { hasAccountPage, passwordPage } from "./pages/password-page.ts";
import { registrationPage } from "./pages/registration-page.ts";
import { passwordFault } from "./password.ts";
import { CAPTCHA_PURPOSES, paths } from "./paths.ts";
import { confirmRegistration, finishRegistration, registrationAt, startRegistration } from "./register-account.ts";
import {
  EMPTY_REGISTRATION,
  readRegistration,
  type RegistrationFaults,
  type RegistrationTyped,
} from "./registration-form.ts";

export interface AccountsWebDeps extends AccountsDeps {
  /** Makes this browser the account's: a renewed session. Given by the sign-in room. */
  readonly signIn: (request: FastifyRequest, accountId: string, method: "registration") => Promise<void>;
  /** Where a person goes who has just registered: where they came from, or their own page. */
  readonly afterSignIn: (request: FastifyRequest) => string;
}

const AT = "registration";
const PURPOSE = "register";

export function registrationRoutes(site: FastifyInstance, deps: AccountsWebDeps): void {
  site.get(paths.register, async (request, reply) => sendPage(reply, choosePage(request.lang)));
  site.get(paths.terms, async (request, reply) => sendPage(reply, termsPage(request.lang)));
  site.get(paths.registerForm, async (request, reply) =>
    sendPage(
      reply,
      registrationPage({
        lang: request.lang,
        typed: EMPTY_REGISTRATION,
        faults: {},
        captcha: await captchaFor(deps, request, PURPOSE),
      }),
    ),
  );
  site.post(paths.registerForm, (request, reply) => register(deps, request, reply));
  site.get<{ Params: { purpose: string } }>("/ma-xac-thuc/:purpose", async (request, reply) => {
    const purpose = CAPTCHA_PURPOSES.find((one) => one === request.params.purpose);
    if (!purpose) throw new AppError("not-found");
    const { token, picture, question } = deps.captcha.issue(purpose);
    return reply.header("cache-control", "no-store").send({ token, picture: toText(picture), question });
  });
  otpStepRoutes(site, deps, {
    path: paths.registerOtp,
    addressOf: () => paths.registerOtp,
    purpose: "register",
    startAgain: () => paths.registerForm,
    async subjectOf(request) {
      const registration = await current(deps, request);
      return registration
        ? { id: registration.id, phone: registration.phone, shownPhone: registration.phone }
        : undefined;
    },
    async confirm(_request, _reply, subject, code, caller) {
      const outcome = await confirmRegistration(deps, caller, subject.id, code);
      if (outcome.kind === "ok") return { next: paths.registerPassword };
      if (outcome.kind === "has-account") return { next: paths.registerHasAccount };
      return { trouble: outcome };
    },
  });
  passwordStep(site, deps);
}

async function register(deps: AccountsWebDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const values = formValues(request);
  const typed: RegistrationTyped = {
    identityNumber: formText(values, "identityNumber"),
    name: formText(values, "name"),
    birthDate: formText(values, "birthDate"),
    phone: formText(values, "phone"),
    email: formText(values, "email"),
    agree: formText(values, "agree") !== "",
  };
  const again = async (faults: RegistrationFaults, status: number, trouble?: string): Promise<FastifyReply> => {
    const captcha = await captchaFor(deps, request, PURPOSE);
    return sendPage(reply, registrationPage({ lang: request.lang, typed, faults, captcha, trouble }), status);
  };
  const { faults, input } = readRegistration(typed, plainDateOf(deps.clock.now()));
  const captchaFault = await judgeCaptcha(deps, request, {
    purpose: PURPOSE,
    values,
    identityNumber: input?.identityNumber ?? "",
  });
  if (!input || captchaFault) return again({ ...faults, ...(captchaFault ? { captcha: captchaFault } : {}) }, 422);
  const t = messages[request.lang];
  try {
    const outcome = await startRegistration(deps, callerOf(request), input);
    if (outcome.kind === "sent") {
      request.session.set(AT, outcome.id);
      forgetCaptcha(request);
      return seeOther(reply, paths.registerOtp);
    }
    askCaptchaFromNow(request);
    if (outcome.kind === "wait") return again({}, 429, t.waitError(outcome.seconds));
    return again({ phone: "phone-not-owner" }, 422);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "unavailable") throw error;
    deps.log.warn({ err: error, reference: request.reference }, "subscriber register unavailable");
    return again({}, 503, t.registerDown);
  }
}

function passwordStep(site: FastifyInstance, deps: AccountsWebDeps): void {
  site.get(paths.registerPassword, async (request, reply) => {
    const registration = await current(deps, request);
    if (registration?.state !== "password")
      return seeOther(reply, registration ? paths.registerOtp : paths.registerForm);
    return sendPage(reply, passwordPage({ lang: request.lang, purpose: "register" }));
  });
  site.post(paths.registerPassword, async (request, reply) => {
    const registration = await current(deps, request);
    if (registration?.state !== "password")
      return seeOther(reply, registration ? paths.registerOtp : paths.registerForm);
    const password = rawText(formValues(request)["password"]);
    const fault = passwordFault(password, registration);
    if (fault) return sendPage(reply, passwordPage({ lang: request.lang, purpose: "register", fault }), 422);
    const outcome = await finishRegistration(deps, callerOf(request), registration.id, password);
    request.session.delete(AT);
    if (outcome.kind === "has-account") return seeOther(reply, paths.registerHasAccount);
    if (outcome.kind === "over") return seeOther(reply, paths.register);
    await deps.signIn(request, outcome.accountId, "registration");
    return seeOther(reply, deps.afterSignIn(request));
  });
  site.get(paths.registerHasAccount, async (request, reply) => sendPage(reply, hasAccountPage(request.lang)));
}

function current(deps: AccountsDeps, request: FastifyRequest) {
  return registrationAt(deps, request.session.get<string>(AT));
}

/** A password as typed: blanks at its ends are part of it. */
export function rawText(value: string | readonly string[] | undefined): string {
  return typeof value === "string" ? value : (value?.[0] ?? "");
}
