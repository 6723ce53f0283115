import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { formatTime } from "#kit/calendar.ts";
import { type Clock, systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { formText, formValues, safePath, seeOther, sendPage } from "#kit/http/index.ts";
import { findOperator } from "./find-operator.ts";
import { messages } from "./messages.ts";
import type { Operator } from "./operator.ts";
import { codePage, signInPage } from "./pages/sign-in-page.ts";
import { operatorPaths } from "./paths.ts";
import { checkOperatorCode, checkOperatorPassword, type OperatorRefusal } from "./sign-in.ts";

export interface OperatorDeps {
  readonly database: Database;
  readonly dataKey: string;
  readonly clock?: Clock;
}

/** The first step is good for this long. */
const PENDING_MS = 10 * 60_000;
const OPERATOR = "operator";
const PENDING = "operator-pending";

interface Pending {
  readonly id: string;
  readonly until: number;
  readonly next: string;
}

export function operatorRoutes(site: FastifyInstance, deps: OperatorDeps): void {
  const clock = deps.clock ?? systemClock;

  site.get(operatorPaths.signIn, async (request, reply) => {
    const { next, het } = request.query as Record<string, unknown>;
    const page = { lang: request.lang, username: "", errors: [], next: safePath(next, operatorPaths.home) };
    return sendPage(reply, signInPage({ ...page, ...(het ? { note: messages[request.lang].expired } : {}) }));
  });

  site.post(operatorPaths.signIn, async (request, reply) => {
    const form = formValues(request);
    const t = messages[request.lang];
    const username = formText(form, "username");
    const next = safePath(formText(form, "next"), operatorPaths.home);
    // Not trimmed: blanks may belong to a password.
    const password = typeof form["password"] === "string" ? form["password"].slice(0, 500) : "";
    const again = (errors: { field: string; message: string }[]) =>
      sendPage(reply, signInPage({ lang: request.lang, username, errors, next }), 422);
    if (username === "" || password === "") {
      return again([
        ...(username === "" ? [{ field: "username", message: t.usernameEmpty }] : []),
        ...(password === "" ? [{ field: "password", message: t.passwordEmpty }] : []),
      ]);
    }
    const checked = await checkOperatorPassword(deps.database, { username, password }, clock);
    if (!checked.ok) return again([{ field: "username", message: refusalText(checked, request.lang, "password") }]);
    request.session.renew();
    request.session.delete(OPERATOR);
    const pending: Pending = { id: checked.operatorId, until: clock.now().getTime() + PENDING_MS, next };
    request.session.set(PENDING, pending);
    return seeOther(reply, operatorPaths.code);
  });

  site.get(operatorPaths.code, async (request, reply) => {
    if (!pendingOf(request, clock)) return seeOther(reply, `${operatorPaths.signIn}?het=1`);
    return sendPage(reply, codePage({ lang: request.lang, errors: [] }));
  });

  site.post(operatorPaths.code, async (request, reply) => {
    const pending = pendingOf(request, clock);
    if (!pending) return seeOther(reply, `${operatorPaths.signIn}?het=1`);
    const input = { operatorId: pending.id, code: formText(formValues(request), "code") };
    const checked = await checkOperatorCode(deps.database, input, { dataKey: deps.dataKey, clock });
    if (!checked.ok) {
      const errors = [{ field: "code", message: refusalText(checked, request.lang, "code") }];
      return sendPage(reply, codePage({ lang: request.lang, errors }), 422);
    }
    request.session.delete(PENDING);
    request.session.renew(`operator:${checked.operator.id}`);
    request.session.set(OPERATOR, checked.operator.id);
    return seeOther(reply, pending.next);
  });

  site.post(operatorPaths.signOut, async (request, reply) => {
    request.session.destroy();
    return seeOther(reply, operatorPaths.signIn);
  });
}

function pendingOf(request: FastifyRequest, clock: Clock): Pending | undefined {
  const pending = request.session.get<Pending>(PENDING);
  return pending && pending.until > clock.now().getTime() ? pending : undefined;
}

function refusalText(refusal: OperatorRefusal, lang: "vi" | "en", step: "password" | "code"): string {
  const t = messages[lang];
  if (refusal.reason === "locked") return t.locked(formatTime(refusal.until));
  if (refusal.reason === "wrong") return step === "code" ? t.wrongCode : t.wrong;
  return t[refusal.reason];
}

/** What a route behind the sign-in does. */
export type OperatorHandler = (operator: Operator, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** Only for operators, read fresh (a disabled account ends at once): others are sent to the sign-in and come back. */
export function forOperator(database: Database, handler: OperatorHandler) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const id = request.session.get<string>(OPERATOR);
    const operator = id ? await findOperator(database, id) : undefined;
    if (operator) return handler(operator, request, reply);
    const back = request.method === "GET" ? request.url : operatorPaths.home;
    return seeOther(reply, `${operatorPaths.signIn}?next=${encodeURIComponent(back)}`);
  };
}
