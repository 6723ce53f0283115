/**
 * Who is signed in at the national portal in this browser. The site's session holds the ids; the row in the database
 * decides, so that a session ended elsewhere is over with the next request. Signing in elsewhere (OpenID Connect) stands
 * on the same session: one truth.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Db } from "#kit/db.ts";
import { safePath, seeOther } from "#kit/http/index.ts";
import { newId } from "#kit/ids.ts";
import type { Account } from "#national/accounts/index.ts";
import { deviceOf, networkOf } from "./device.ts";
import { endSession, findLive, startSession, type NewSession, type SignInMethod } from "./sign-in-store.ts";

export interface SignedIn {
  readonly account: Account;
  readonly sessionId: string;
  readonly since: Date;
}

interface Kept {
  readonly accountId: string;
  readonly sessionId: string;
}

const KEY = "citizen";
const TARGET = "afterSignIn";
const SESSION_HOURS = 12;

/** Session, guard and return address of the national portal. */
export interface SignInDesk {
  /** The person of this request, or undefined. Asked once a request, however often it is called. */
  readonly signedIn: (request: FastifyRequest) => Promise<SignedIn | undefined>;
  /** For `preHandler`: sends a stranger to sign in and back to the page that was asked for. */
  readonly requireCitizen: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>;
  /** The person, where `requireCitizen` stands before the handler. */
  readonly citizenOf: (request: FastifyRequest) => Promise<SignedIn>;
  readonly newSession: (request: FastifyRequest, method: SignInMethod) => NewSession;
  /** Makes this browser the account's, with a session that is already in the database. */
  readonly adopt: (request: FastifyRequest, accountId: string, sessionId: string) => Promise<void>;
  /** Starts a session and adopts it. */
  readonly signIn: (request: FastifyRequest, accountId: string, method: SignInMethod) => Promise<void>;
  readonly signOut: (request: FastifyRequest) => Promise<void>;
  readonly rememberTarget: (request: FastifyRequest, path: unknown) => void;
  /** Where to go after signing in; forgets it. */
  readonly takeTarget: (request: FastifyRequest, fallback: string) => string;
}

export function createSignInDesk(db: Db): SignInDesk {
  const known = new WeakMap<FastifyRequest, Promise<SignedIn | undefined>>();

  const look = async (request: FastifyRequest): Promise<SignedIn | undefined> => {
    const kept = request.session.get<Kept>(KEY);
    if (!kept) return undefined;
    const row = await findLive(db, kept.sessionId, kept.accountId);
    if (!row) return undefined;
    const { startedAt, ...account } = row;
    return { account, sessionId: kept.sessionId, since: startedAt };
  };

  const desk: SignInDesk = {
    signedIn(request) {
      const found = known.get(request) ?? look(request);
      known.set(request, found);
      return found;
    },
    async requireCitizen(request, reply) {
      if (await desk.signedIn(request)) return undefined;
      if (request.method === "GET") desk.rememberTarget(request, request.url);
      return seeOther(reply, "/dang-nhap");
    },
    async citizenOf(request) {
      const person = await desk.signedIn(request);
      if (!person) throw new Error("citizenOf without requireCitizen before it");
      return person;
    },
    newSession: (request, method) => ({
      id: newId(),
      method,
      hours: SESSION_HOURS,
      device: deviceOf(request.headers["user-agent"]),
      network: networkOf(request.ip),
    }),
    async adopt(request, accountId, sessionId) {
      const old = request.session.get<Kept>(KEY);
      if (old && old.sessionId !== sessionId) await endSession(db, old.accountId, old.sessionId, "replaced");
      request.session.set(KEY, { accountId, sessionId } satisfies Kept);
      request.session.renew(accountId);
      known.delete(request);
    },
    async signIn(request, accountId, method) {
      const session = desk.newSession(request, method);
      await startSession(db, accountId, session);
      await desk.adopt(request, accountId, session.id);
    },
    async signOut(request) {
      const kept = request.session.get<Kept>(KEY);
      if (kept) await endSession(db, kept.accountId, kept.sessionId, "signed-out");
      request.session.destroy();
      known.delete(request);
    },
    rememberTarget(request, path) {
      const target = safePath(path, "");
      if (target) request.session.set(TARGET, target);
    },
    takeTarget: (request, fallback) => safePath(request.session.take<string>(TARGET), fallback),
  };
  return desk;
}
