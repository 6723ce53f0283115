/** Signing in at a province's portal with the national account, and out of both. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Db } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { safePath, seeOther, sendPage } from "#kit/http/index.ts";
import type { Log } from "#kit/log.ts";
import type { PortalFrame } from "./layout.ts";
import { ID_TOKEN, PERSON, personOf } from "./person.ts";
import type { Person } from "#protocols/sign-in-claims/index.ts";
import { recordSignIn } from "./record-sign-in.ts";
import type { LeftFor, NationalSignIn } from "./sign-in-client.ts";
import type { SignInFailure } from "./sign-in-messages.ts";
import { signInFailedPage, signInPage } from "./sign-in-pages.ts";

export interface SignInDeps {
  readonly frame: PortalFrame;
  /** The portal's own origin: return addresses are read against it. */
  readonly origin: string;
  /** The tenant's database, for the audit. */
  readonly db: Db;
  readonly national: NationalSignIn;
  readonly log: Log;
  /** Whoever has just signed in; what it does must never keep anybody out. */
  readonly onSignedIn?: (person: Person) => Promise<void>;
}

interface Left extends LeftFor {
  readonly at: number;
  readonly target: string;
}

const LEFT = "signInLeft";
const TARGET = "signInTarget";
/** A journey at the national portal lasts half an hour at most; several tabs may be on their way. */
const LEFT_MS = 40 * 60_000;
const LEFT_MAX = 5;
const HOME = "/";

/** `/dang-nhap?tiep=/path` remembers where to go back to. */
export function signInRoutes(site: FastifyInstance, deps: SignInDeps): void {
  site.get<{ Querystring: Record<string, unknown> }>("/dang-nhap", async (request, reply) => {
    const target = safePath(request.query["tiep"], "");
    if (personOf(request)) return seeOther(reply, target || HOME);
    if (target) request.session.set(TARGET, target);
    return sendPage(reply, signInPage(deps.frame, { lang: request.lang, path: "/dang-nhap" }));
  });
  site.get("/dang-nhap/dvcqg", (request, reply) => leave(deps, request, reply));
  site.get("/dang-nhap/tra-ve", (request, reply) => arrive(deps, request, reply));
  site.post("/dang-xuat", async (request, reply) => {
    const person = personOf(request);
    const idToken = request.session.get<string>(ID_TOKEN);
    if (person) await recordSignIn(deps.db, person.sub, "portal.signed-out");
    request.session.destroy();
    const elsewhere = idToken ? await deps.national.signOutUrl(idToken) : undefined;
    return seeOther(reply, elsewhere ?? HOME);
  });
}

async function leave(deps: SignInDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  try {
    const { url, kept } = await deps.national.leave(request.lang);
    const left: Left = { ...kept, at: Date.now(), target: safePath(request.session.get<string>(TARGET), HOME) };
    request.session.set(LEFT, [left, ...openOnes(request)].slice(0, LEFT_MAX));
    return seeOther(reply, url);
  } catch (error) {
    return fail(deps, request, reply, error);
  }
}

async function arrive(deps: SignInDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const returned = new URL(request.url, deps.origin);
  const state = returned.searchParams.get("state");
  const open = openOnes(request);
  const left = open.find((one) => one.state === state);
  if (!left) {
    // Back button or a second tab after the sign-in succeeded: the person is where they wanted to be.
    if (personOf(request)) return seeOther(reply, HOME);
    return failed(deps, request, reply, "over");
  }
  // Used up whatever happens: a state is good once.
  request.session.set(
    LEFT,
    open.filter((one) => one !== left),
  );
  try {
    const { person, idToken } = await deps.national.arrive(returned, left);
    await recordSignIn(deps.db, person.sub, "portal.signed-in");
    await deps.onSignedIn?.(person);
    request.session.delete(LEFT);
    request.session.delete(TARGET);
    request.session.set(PERSON, person);
    request.session.set(ID_TOKEN, idToken);
    request.session.renew(person.sub);
    return seeOther(reply, left.target);
  } catch (error) {
    return fail(deps, request, reply, error);
  }
}

function openOnes(request: FastifyRequest): Left[] {
  return (request.session.get<Left[]>(LEFT) ?? []).filter((one) => Date.now() - one.at < LEFT_MS);
}

function fail(deps: SignInDeps, request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  if (!(error instanceof AppError)) throw error;
  deps.log.warn({ err: error, reference: request.reference }, "sign-in with the national account failed");
  if (error.code === "unavailable") return failed(deps, request, reply, "unavailable");
  return failed(deps, request, reply, error.reason === "person" ? "person" : "refused");
}

function failed(deps: SignInDeps, request: FastifyRequest, reply: FastifyReply, failure: SignInFailure): FastifyReply {
  const page = signInFailedPage(deps.frame, { lang: request.lang, failure, reference: request.reference });
  return sendPage(reply, page, failure === "unavailable" ? 503 : 400);
}
