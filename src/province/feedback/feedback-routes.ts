import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { CaptchaDesk } from "#kit/captcha.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import type { Html } from "#kit/html.ts";
import { createThrottle, formText, formValues, networkOf, seeOther, sendPage } from "#kit/http/index.ts";
import type { Lang, Text } from "#kit/i18n.ts";
import type { PageError } from "#kit/ui/index.ts";
import { cleanLines, cleanText } from "#kit/vietnamese.ts";
import { findProcedure } from "#province/catalogue/index.ts";
import { findByCode } from "./feedback-view.ts";
import { messages } from "./messages.ts";
import { feedbackFormPage, feedbackReadPage } from "./pages/feedback-pages.ts";
import { sendFeedback } from "./send-feedback.ts";

export type FeedbackDeps = {
  /** The tenant's. */
  readonly database: Database;
  readonly clock: Clock;
  readonly captcha: CaptchaDesk;
  /** Days of the calendar within which the province answers. */
  readonly answerDays: number;
  /** Units that a sender may name. */
  readonly agencies: readonly { readonly id: string; readonly name: Text }[];
  page(
    request: FastifyRequest,
    content: {
      readonly title: string;
      readonly body: Html;
      readonly path?: string;
      readonly noIndex: boolean;
      readonly failed?: boolean;
    },
  ): Html;
};

const PURPOSE = "feedback";
const SENT = "feedback-sent";
const BODY_MAX = 5_000;

export function feedbackRoutes(site: FastifyInstance, deps: FeedbackDeps): void {
  const sends = createThrottle({ turns: 10, seconds: 600 });

  site.get<{ Querystring: Record<string, unknown> }>("/gop-y", async (request, reply) => {
    const code = typeof request.query["thu-tuc"] === "string" ? request.query["thu-tuc"] : "";
    return sendForm(deps, request, reply, { body: "", name: "", contact: "", agency: "" }, code, []);
  });

  site.post("/gop-y", async (request, reply) => {
    const form = formValues(request);
    const values = {
      body: cleanLines(formText(form, "body")),
      name: cleanText(formText(form, "name")),
      contact: cleanText(formText(form, "contact")),
      agency: formText(form, "agency").slice(0, 60),
    };
    const code = formText(form, "procedure");
    // Only a program fills in the field that nobody sees: it is told the same, and nothing is kept.
    if (formText(form, "website") !== "") return seeOther(reply, "/gop-y/tra-cuu");
    const errors = problemsOf(request.lang, values);
    if (errors.length === 0 && sends.wait(networkOf(request)) > 0)
      errors.push({ field: "body", message: messages[request.lang].tooMany });
    if (errors.length === 0) errors.push(...(await captchaProblem(deps, request)));
    if (errors.length > 0) return sendForm(deps, request, reply, values, code, errors);
    sends.take(networkOf(request));
    const secret = await sendFeedback(deps.database, deps.clock, deps.answerDays, {
      ...values,
      procedure: code,
      agency: deps.agencies.find(({ id }) => id === values.agency)?.id ?? null,
    });
    request.session.set(SENT, secret);
    return seeOther(reply, `/gop-y/tra-cuu?ma=${secret}`);
  });

  site.get<{ Querystring: Record<string, unknown> }>("/gop-y/tra-cuu", async (request, reply) => {
    const asked = typeof request.query["ma"] === "string" ? request.query["ma"] : "";
    const code = asked
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, "")
      .slice(0, 40);
    const feedback = code === "" ? undefined : await findByCode(deps.database, code);
    const fresh = feedback !== undefined && request.session.take<string>(SENT) === code;
    const body = feedbackReadPage({ lang: request.lang, code, feedback, fresh });
    const t = messages[request.lang];
    // The code is a secret: no language link carries it on, no search engine keeps it.
    return sendPage(reply, deps.page(request, { title: fresh ? t.sent : t.read, body, noIndex: true }));
  });
}

async function sendForm(
  deps: FeedbackDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  values: { readonly body: string; readonly name: string; readonly contact: string; readonly agency: string },
  code: string,
  errors: readonly PageError[],
): Promise<FastifyReply> {
  const { lang } = request;
  const known = code === "" ? undefined : await findProcedure(deps.database, code.slice(0, 40), deps.clock);
  const procedure = known && { code: known.code, name: known.shortName[lang] };
  const captcha = deps.captcha.issue(PURPOSE);
  const body = feedbackFormPage({
    lang,
    captcha,
    errors,
    values,
    procedure,
    answerDays: deps.answerDays,
    agencies: deps.agencies.map(({ id, name }) => ({ id, name: name[lang] })),
  });
  const failed = errors.length > 0;
  const content = { title: messages[lang].title, body, noIndex: failed, failed, ...(failed ? {} : { path: "/gop-y" }) };
  return sendPage(reply, deps.page(request, content), failed ? 422 : 200);
}

function problemsOf(lang: Lang, values: { body: string; name: string; contact: string }): PageError[] {
  const t = messages[lang];
  const errors: PageError[] = [];
  if (values.body === "") errors.push({ field: "body", message: t.bodyEmpty });
  if (values.body.length > BODY_MAX) errors.push({ field: "body", message: t.bodyLong });
  if (values.name.length > 200) errors.push({ field: "name", message: t.nameLong });
  if (values.contact.length > 200) errors.push({ field: "contact", message: t.nameLong });
  return errors;
}

async function captchaProblem(deps: FeedbackDeps, request: FastifyRequest): Promise<PageError[]> {
  const form = formValues(request);
  const judged = await deps.captcha.judge(PURPOSE, formText(form, "captchaToken"), formText(form, "captcha"));
  if (judged === "right") return [];
  const t = messages[request.lang];
  const message = judged === "missing" ? t.captchaMissing : judged === "wrong" ? t.captchaWrong : t.captchaExpired;
  return [{ field: "captcha", message }];
}
