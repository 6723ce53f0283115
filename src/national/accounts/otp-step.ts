/** The step "Xác thực mã OTP" as routes, for any journey: registration, sign-in, reset. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Html } from "#kit/html.ts";
import { formValues, seeOther, sendPage } from "#kit/http/index.ts";
import type { AccountsDeps, Caller } from "./accounts-deps.ts";
import { callerOf } from "./judge-captcha.ts";
import { type OtpOutcome, type OtpPurpose, readOtp, type ResendOutcome } from "./otp.ts";
import { otpPage, type OtpTrouble } from "./pages/otp-page.ts";
import { resendPath } from "./paths.ts";
import { findOtpState, resendOtp } from "./send-otp.ts";

/** What the step asks about. `phone` undefined: nobody gets a message (but the page looks the same). */
export interface OtpSubject {
  readonly id: string;
  readonly phone: string | undefined;
  readonly shownPhone: string;
}

export interface OtpStep {
  /** Route pattern of the page, and its address for this request (they differ when there is a parameter). */
  readonly path: string;
  readonly addressOf: (request: FastifyRequest) => string;
  readonly purpose: OtpPurpose;
  readonly startAgain: (request: FastifyRequest) => string;
  readonly unsure?: boolean;
  readonly offersRegistration?: boolean;
  /** The subject this browser is at; undefined sends it to the start. */
  readonly subjectOf: (request: FastifyRequest) => Promise<OtpSubject | undefined>;
  /** Judges the code and does what it opens; answers the address that follows, or what is wrong. */
  readonly confirm: (
    request: FastifyRequest,
    reply: FastifyReply,
    subject: OtpSubject,
    code: string,
    caller: Caller,
  ) => Promise<{ readonly next: string } | { readonly trouble: Exclude<OtpOutcome, { kind: "ok" }> }>;
}

const RESENT = "otpResent";

export function otpStepRoutes(site: FastifyInstance, deps: AccountsDeps, step: OtpStep): void {
  const show = async (
    request: FastifyRequest,
    subject: OtpSubject,
    more: { trouble?: OtpTrouble; resent?: ResendOutcome | "limit" },
  ): Promise<Html> => {
    const state = await findOtpState(deps.database, step.purpose, subject.id);
    const closed = state?.state !== "open";
    const trouble =
      more.trouble ??
      (closed ? ({ kind: state?.state === "locked" ? "locked" : state ? "used" : "unknown" } as const) : undefined);
    return otpPage({
      lang: request.lang,
      action: step.addressOf(request),
      phone: subject.shownPhone,
      unsure: step.unsure ?? false,
      trouble,
      resent: more.resent,
      resendInSeconds: state?.resendInSeconds ?? 0,
      closed,
      startAgain: step.startAgain(request),
      offersRegistration: step.offersRegistration ?? false,
    });
  };

  site.get(step.path, async (request, reply) => {
    const subject = await step.subjectOf(request);
    if (!subject) return seeOther(reply, step.startAgain(request));
    const resent = request.session.take<ResendOutcome | "limit">(RESENT);
    return sendPage(reply, await show(request, subject, resent ? { resent } : {}));
  });

  site.post(step.path, async (request, reply) => {
    const subject = await step.subjectOf(request);
    if (!subject) return seeOther(reply, step.startAgain(request));
    const code = readOtp(formValues(request)["otp"]);
    if (!code) return sendPage(reply, await show(request, subject, { trouble: { kind: "shape" } }), 422);
    const outcome = await step.confirm(request, reply, subject, code, callerOf(request));
    if ("next" in outcome) return seeOther(reply, outcome.next);
    return sendPage(reply, await show(request, subject, { trouble: outcome.trouble }), 422);
  });

  site.post(resendPath(step.path), async (request, reply) => {
    const subject = await step.subjectOf(request);
    if (!subject) return seeOther(reply, step.startAgain(request));
    const outcome = await resendOtp(deps.database, deps.secret, {
      purpose: step.purpose,
      subject: subject.id,
      phone: subject.phone,
      ...callerOf(request),
    });
    request.session.set(RESENT, outcome);
    return seeOther(reply, step.addressOf(request));
  });
}
