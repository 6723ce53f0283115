/** Pages of signing in: the portal's own journey and those a province asked for are the same steps under two addresses. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import {
  accountMessages,
  type AccountsDeps,
  askCaptchaFromNow,
  callerOf,
  captchaFor,
  forgetCaptcha,
  judgeCaptcha,
  KNOWN_BROWSER_COOKIE,
  KNOWN_BROWSER_SECONDS,
  otpStepRoutes,
  PASSWORD_CHANGED,
  rawText,
  rememberBrowser,
} from "#national/accounts/index.ts";
import type { Journey, Journeys } from "./oidc-routes.ts";
import { choosePage, overPage, type SignInFaults, signInPage } from "./pages/sign-in-pages.ts";
import { JOURNEY_BASE, OWN_BASE, paths, stepsOf } from "./paths.ts";
import { attemptAt, beginSignIn, confirmSignIn } from "./sign-in.ts";
import type { SignInDesk } from "./signed-in.ts";

export interface SignInDeps extends AccountsDeps {
  readonly desk: SignInDesk;
  readonly journeys: Journeys;
  /** The site is reached over https. */
  readonly secureCookies: boolean;
}

interface At {
  readonly attemptId: string;
  readonly base: string;
}

const AT = "signIn";
/** The journey that registration or a forgotten password interrupted. */
const JOURNEY = "signInJourney";
const PURPOSE = "sign-in";
const OWN: Journey = { base: OWN_BASE, goingTo: undefined, fresh: false, lang: undefined };

/** Where a person goes who registered or changed the password on the way: back into the journey, or to `fallback`. */
export function journeyOr(request: FastifyRequest, fallback: string): string {
  return request.session.get<string>(JOURNEY) ?? fallback;
}

export function signInRoutes(site: FastifyInstance, deps: SignInDeps): void {
  steps(site, deps, OWN_BASE);
  steps(site, deps, `${JOURNEY_BASE}/:uid`);
  site.post(paths.signOut, async (request, reply) => {
    await deps.desk.signOut(request);
    return seeOther(reply, "/");
  });
}

function steps(site: FastifyInstance, deps: SignInDeps, pattern: string): void {
  const { desk, journeys } = deps;
  const own = pattern === OWN_BASE;
  const find = async (request: FastifyRequest, reply: FastifyReply): Promise<Journey | undefined> =>
    own ? OWN : journeys.find(request, reply);
  const finish = async (request: FastifyRequest, reply: FastifyReply): Promise<string> => {
    request.session.delete(JOURNEY);
    const person = await desk.signedIn(request);
    if (!own && person) return journeys.finish(request, reply, person);
    return desk.takeTarget(request, paths.account);
  };
  const routes = stepsOf(pattern);

  site.get(routes.choose, async (request, reply) => {
    const journey = await find(request, reply);
    if (!journey) {
      // Somebody who is signed in and was led back to a journey that is over should not meet a dead end.
      const left = request.session.take<string>(JOURNEY) !== undefined;
      if (left && (await desk.signedIn(request))) return seeOther(reply, paths.account);
      return sendPage(reply, overPage(request.lang), 400);
    }
    // Who never chose a language here reads on in the one of the page they came from.
    if (journey.lang && journey.lang !== request.lang && request.cookies["lang"] === undefined) {
      return seeOther(reply, `${journey.base}?lang=${journey.lang}`);
    }
    if (own) desk.rememberTarget(request, (request.query as Record<string, unknown>)["tiep"]);
    if (!journey.fresh && (await desk.signedIn(request))) return seeOther(reply, await finish(request, reply));
    if (!own) request.session.set(JOURNEY, journey.base);
    const said = request.session.take<boolean>(PASSWORD_CHANGED) ? "password-changed" : undefined;
    return sendPage(reply, choosePage({ lang: request.lang, base: journey.base, goingTo: journey.goingTo, said }));
  });

  site.get(routes.form, async (request, reply) => {
    const journey = await find(request, reply);
    if (!journey) return sendPage(reply, overPage(request.lang), 400);
    const captcha = await captchaFor(deps, request, PURPOSE);
    return sendPage(
      reply,
      signInPage({
        lang: request.lang,
        base: journey.base,
        goingTo: journey.goingTo,
        username: "",
        faults: {},
        captcha,
      }),
    );
  });

  site.post(routes.form, async (request, reply) => {
    const journey = await find(request, reply);
    if (!journey) return sendPage(reply, overPage(request.lang), 400);
    return begin(deps, request, reply, journey);
  });

  otpStep(site, deps, { path: routes.otp, own, finish });
}

interface OtpPlace {
  readonly path: string;
  readonly own: boolean;
  readonly finish: (request: FastifyRequest, reply: FastifyReply) => Promise<string>;
}

function otpStep(site: FastifyInstance, deps: SignInDeps, { path, own, finish }: OtpPlace): void {
  const { desk } = deps;
  otpStepRoutes(site, deps, {
    path,
    addressOf: (request) => stepsOf(baseOf(own, request)).otp,
    purpose: "sign-in",
    startAgain: (request) => stepsOf(baseOf(own, request)).form,
    offersRegistration: true,
    async subjectOf(request) {
      const at = request.session.get<At>(AT);
      const attempt = at?.base === baseOf(own, request) ? await attemptAt(deps, at.attemptId) : undefined;
      return attempt ? { id: attempt.id, phone: attempt.phone, shownPhone: attempt.phone } : undefined;
    },
    async confirm(request, reply, subject, code, caller) {
      const session = desk.newSession(request, "password-otp");
      const outcome = await confirmSignIn(deps, caller, subject.id, code, session);
      if (outcome.kind !== "signed-in") {
        if (outcome.kind === "locked") askCaptchaFromNow(request);
        return { trouble: outcome };
      }
      request.session.delete(AT);
      forgetCaptcha(request);
      await desk.adopt(request, outcome.accountId, session.id);
      rememberThisBrowser(deps, request, reply, outcome.identityNumber);
      return { next: await finish(request, reply) };
    },
  });
}

function rememberThisBrowser(
  deps: SignInDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  identityNumber: string,
): void {
  const value = rememberBrowser(deps.secret, request.cookies[KNOWN_BROWSER_COOKIE], identityNumber);
  reply.setCookie(KNOWN_BROWSER_COOKIE, value, {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: deps.secureCookies,
    maxAge: KNOWN_BROWSER_SECONDS,
  });
}

function baseOf(own: boolean, request: FastifyRequest): string {
  return own ? OWN_BASE : `${JOURNEY_BASE}/${(request.params as { uid?: string }).uid ?? ""}`;
}

async function begin(
  deps: SignInDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  journey: Journey,
): Promise<FastifyReply> {
  const values = formValues(request);
  const username = formText(values, "username");
  const password = rawText(values["password"]);
  const words = accountMessages[request.lang];
  const again = async (faults: SignInFaults, status: number, trouble?: string): Promise<FastifyReply> => {
    const captcha = await captchaFor(deps, request, PURPOSE);
    return sendPage(
      reply,
      signInPage({
        lang: request.lang,
        base: journey.base,
        goingTo: journey.goingTo,
        username,
        faults,
        captcha,
        trouble,
      }),
      status,
    );
  };
  const identityNumber = username.replace(/[\s.-]/g, "");
  const captchaFault = await judgeCaptcha(deps, request, { purpose: PURPOSE, values, identityNumber });
  const faults: SignInFaults = {
    ...(identityNumber ? {} : { username: "missing" as const }),
    ...(password ? {} : { password: "missing" as const }),
    ...(captchaFault ? { captcha: words.errors[captchaFault] } : {}),
  };
  if (Object.keys(faults).length > 0) return again(faults, 422);
  const outcome = await beginSignIn(deps, callerOf(request), { identityNumber, password });
  if (outcome.kind === "sent") {
    request.session.set(AT, { attemptId: outcome.attemptId, base: journey.base } satisfies At);
    return seeOther(reply, stepsOf(journey.base).otp);
  }
  askCaptchaFromNow(request);
  if (outcome.kind === "wait") return again({}, 429, words.waitError(outcome.seconds));
  return again({ username: "wrong" }, 422);
}
