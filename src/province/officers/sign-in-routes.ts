import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { formatTime } from "#kit/calendar.ts";
import { type Clock, systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import {
  createThrottle,
  formText,
  formValues,
  networkOf,
  safePath,
  seeOther,
  sendPage,
  type Throttle,
} from "#kit/http/index.ts";
import type { DeskShell } from "#province/desk/index.ts";
import { messages } from "./messages.ts";
import type { Officer } from "./officer.ts";
import { findOfficer } from "./find-officer.ts";
import { codePage, signInAgainPage, signInPage } from "./pages/sign-in-page.ts";
import { checkOfficerCode, checkOfficerPassword, type SignInRefusal } from "./sign-in.ts";

export interface SignInDeps {
  readonly tenant: string;
  readonly database: Database;
  readonly shell: DeskShell;
  readonly dataKey: string;
  readonly clock?: Clock;
  /** Failed tries of one network. */
  readonly failures?: Throttle;
}

/** The first step is good for this long. */
const PENDING_MS = 10 * 60_000;
/** Failures from one network, of either step and whoever's account: a hall of officers is wrong less often than that. */
const FAILURES = { turns: 40, seconds: 900 } as const;
const OFFICER = "officer";
const PENDING = "officer-pending";

interface Pending {
  readonly id: string;
  readonly until: number;
  readonly next: string;
}

export function signInRoutes(site: FastifyInstance, deps: SignInDeps): void {
  const clock = deps.clock ?? systemClock;
  const failures = deps.failures ?? createThrottle(FAILURES, clock);

  site.get("/dang-nhap", async (request, reply) => {
    const { next, het } = request.query as Record<string, unknown>;
    const page = { shell: deps.shell, lang: request.lang, username: "", errors: [], next: safePath(next, "/") };
    return sendPage(reply, signInPage({ ...page, ...(het ? { note: messages[request.lang].expired } : {}) }));
  });

  site.post("/dang-nhap", async (request, reply) => {
    const form = formValues(request);
    const t = messages[request.lang];
    const username = formText(form, "username");
    const next = safePath(formText(form, "next"), "/");
    const raw = form.password;
    // Not trimmed: blanks may belong to a password.
    const password = typeof raw === "string" ? raw.slice(0, 500) : "";
    const again = (errors: { field: string; message: string }[], status = 422) =>
      sendPage(reply, signInPage({ shell: deps.shell, lang: request.lang, username, errors, next }), status);
    const wait = failures.wait(networkOf(request));
    if (wait > 0) return again([{ field: "username", message: t.networkWaits(Math.ceil(wait / 60)) }], 429);
    if (username === "" || password === "") {
      return again([
        ...(username === "" ? [{ field: "username", message: t.usernameEmpty }] : []),
        ...(password === "" ? [{ field: "password", message: t.passwordEmpty }] : []),
      ]);
    }
    const checked = await checkOfficerPassword(deps.database, { tenant: deps.tenant, username, password }, clock);
    if (!checked.ok) {
      failures.take(networkOf(request));
      return again([{ field: "username", message: refusalText(checked, request.lang, "password") }]);
    }
    request.session.renew();
    request.session.delete(OFFICER);
    const pending: Pending = { id: checked.officerId, until: clock.now().getTime() + PENDING_MS, next };
    request.session.set(PENDING, pending);
    return seeOther(reply, "/dang-nhap/ma-xac-thuc");
  });

  site.get("/dang-nhap/ma-xac-thuc", async (request, reply) => {
    if (!pendingOf(request, clock)) return seeOther(reply, "/dang-nhap?het=1");
    return sendPage(reply, codePage({ shell: deps.shell, lang: request.lang, errors: [] }));
  });

  site.post("/dang-nhap/ma-xac-thuc", async (request, reply) => {
    const pending = pendingOf(request, clock);
    if (!pending) return seeOther(reply, "/dang-nhap?het=1");
    const wait = failures.wait(networkOf(request));
    const again = (message: string, status: number) =>
      sendPage(
        reply,
        codePage({ shell: deps.shell, lang: request.lang, errors: [{ field: "code", message }] }),
        status,
      );
    if (wait > 0) return again(messages[request.lang].networkWaits(Math.ceil(wait / 60)), 429);
    const code = formText(formValues(request), "code");
    const input = { tenant: deps.tenant, officerId: pending.id, code };
    const checked = await checkOfficerCode(deps.database, input, { dataKey: deps.dataKey, clock });
    if (!checked.ok) {
      failures.take(networkOf(request));
      return again(refusalText(checked, request.lang, "code"), 422);
    }
    request.session.delete(PENDING);
    request.session.renew(`officer:${checked.officer.id}`);
    request.session.set(OFFICER, checked.officer.id);
    return seeOther(reply, pending.next);
  });

  site.post("/dang-xuat", async (request, reply) => {
    request.session.destroy();
    return seeOther(reply, "/dang-nhap");
  });
}

function pendingOf(request: FastifyRequest, clock: Clock): Pending | undefined {
  const pending = request.session.get<Pending>(PENDING);
  return pending && pending.until > clock.now().getTime() ? pending : undefined;
}

function refusalText(refusal: SignInRefusal, lang: "vi" | "en", step: "password" | "code"): string {
  const t = messages[lang];
  if (refusal.reason === "locked") return t.locked(formatTime(refusal.until));
  if (refusal.reason === "wrong") return step === "code" ? t.wrongCode : t.wrong;
  return t[refusal.reason];
}

/** The signed-in officer of a request, read fresh: a disabled account ends at once. */
export interface OfficerOf {
  (request: FastifyRequest): Promise<Officer | undefined>;
  /** Answers a form that was posted after the session had ended: 401 with everything that was typed, to send again. */
  again(request: FastifyRequest, reply: FastifyReply): FastifyReply;
}

export function createOfficerOf(deps: Pick<SignInDeps, "tenant" | "database" | "shell">): OfficerOf {
  const find = async (request: FastifyRequest): Promise<Officer | undefined> => {
    const id = request.session.get<string>(OFFICER);
    return id ? findOfficer(deps.database, deps.tenant, id) : undefined;
  };
  const again = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const multipart = request.isMultipart();
    const typed = multipart ? [] : Object.entries(formValues(request));
    const fields = typed.flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: one })));
    const page = { shell: deps.shell, lang: request.lang, action: request.url, fields, resend: !multipart };
    return sendPage(reply, signInAgainPage(page), 401);
  };
  return Object.assign(find, { again });
}

/** What a route behind the sign-in does. */
export type OfficerHandler = (officer: Officer, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** The administrators' first page. */
export const ADMIN_HOME = "/quan-tri";

/**
 * Only for officers who work on dossiers: others are sent to the sign-in and come back after it. A form that was posted
 * without a session gets what was typed back, so that nobody believes it was saved and nothing has to be typed twice.
 * Administrators never see a dossier: they are refused, and led to their own pages from the desk's first one.
 */
export function forOfficer(officerOf: OfficerOf, handler: OfficerHandler) {
  return forSignedIn(officerOf, async (officer, request, reply) => {
    if (officer.role !== "administrator") return handler(officer, request, reply);
    if (request.method === "GET" && request.routeOptions.url === "/") return seeOther(reply, ADMIN_HOME);
    throw new AppError("forbidden", { reason: "role", message: "administrators see no dossiers" });
  });
}

/** Only for administrators: everybody else who is signed in is refused. */
export function forAdministrator(officerOf: OfficerOf, handler: OfficerHandler) {
  return forSignedIn(officerOf, async (officer, request, reply) => {
    if (officer.role === "administrator") return handler(officer, request, reply);
    throw new AppError("forbidden", { reason: "role", message: `${officer.role} does not administer` });
  });
}

function forSignedIn(officerOf: OfficerOf, handler: OfficerHandler) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const officer = await officerOf(request);
    if (officer) return handler(officer, request, reply);
    if (request.method !== "GET") return officerOf.again(request, reply);
    return seeOther(reply, `/dang-nhap?next=${encodeURIComponent(request.url)}`);
  };
}
