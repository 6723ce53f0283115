/**
 * Sessions kept in the building's database; the browser holds only a random value, the database only its hash.
 * A session row is made when something is first stored: reading pages without signing in sets no cookie.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import { randomToken, sha256 } from "../crypto.ts";
import type { Db } from "../db.ts";
import { addSession, findSession, removeSession, saveSession, touchSession } from "./session-store.ts";

/** Ends after 30 minutes without a request, and after 12 hours in any case (ASVS 7.3). */
const IDLE_SECONDS = 30 * 60;
const ABSOLUTE_SECONDS = 12 * 3_600;

export interface Session {
  /** Hash by which the row is known; empty while nothing is stored. */
  readonly idHash: string;
  get<T>(key: string): T | undefined;
  set(key: string, value: unknown): void;
  delete(key: string): void;
  /** Reads a value once: messages shown after a redirect. */
  take<T>(key: string): T | undefined;
  /** A new id with the same content: call at every sign-in (session fixation), with who is signed in. */
  renew(subject?: string): void;
  /** Signs out: removes the row and the cookie. */
  destroy(): void;
}

interface State {
  id: string | undefined;
  idHash: string;
  data: Record<string, unknown>;
  dirty: boolean;
  destroyed: boolean;
  oldHash: string | undefined;
}

export interface SessionKeeper {
  load(request: FastifyRequest): Promise<Session>;
  save(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

export function createSessionKeeper(options: {
  readonly database: Db;
  readonly site: string;
  readonly cookie: string;
  readonly secure: boolean;
}): SessionKeeper {
  const { database, site } = options;
  // __Host- binds the cookie to this very host and path; it needs https.
  const cookieName = options.secure ? `__Host-${options.cookie}` : options.cookie;
  const states = new WeakMap<FastifyRequest, State>();

  return {
    async load(request) {
      const id = request.cookies[cookieName];
      const state: State = { id: undefined, idHash: "", data: {}, dirty: false, destroyed: false, oldHash: undefined };
      if (id && /^[\w-]{43}$/.test(id)) {
        const idHash = sha256(id);
        const row = await database.maybe(findSession, [idHash, site]);
        if (row) {
          Object.assign(state, { id, idHash, data: row.data });
          if (row.stale) await database.run(touchSession, [idHash, IDLE_SECONDS, ABSOLUTE_SECONDS]);
        }
      }
      states.set(request, state);
      return sessionOf(state);
    },
    async save(request, reply) {
      const state = states.get(request);
      if (!state) return;
      // Once only: when the database is away, the page that says so must not fail at the same place.
      states.delete(request);
      if (state.oldHash) await database.run(removeSession, [state.oldHash]);
      if (state.destroyed) {
        if (state.idHash) await database.run(removeSession, [state.idHash]);
        reply.clearCookie(cookieName, { path: "/" });
        return;
      }
      if (!state.dirty) return;
      const data = JSON.stringify(state.data);
      const subject = typeof state.data["$subject"] === "string" ? state.data["$subject"] : null;
      if (state.id) {
        await database.run(saveSession, [state.idHash, data, subject]);
      } else {
        state.id = randomToken();
        state.idHash = sha256(state.id);
        await database.run(addSession, [state.idHash, site, data, IDLE_SECONDS, subject]);
      }
      reply.setCookie(cookieName, state.id, {
        path: "/",
        httpOnly: true,
        sameSite: "lax",
        secure: options.secure,
      });
    },
  };
}

function sessionOf(state: State): Session {
  return {
    get idHash() {
      return state.idHash;
    },
    get: <T>(key: string) => state.data[key] as T | undefined,
    set(key, value) {
      state.data[key] = value;
      state.dirty = true;
    },
    delete(key) {
      if (!(key in state.data)) return;
      delete state.data[key];
      state.dirty = true;
    },
    take<T>(key: string) {
      const value = state.data[key] as T | undefined;
      if (value !== undefined) {
        delete state.data[key];
        state.dirty = true;
      }
      return value;
    },
    renew(subject) {
      if (state.idHash) state.oldHash = state.idHash;
      state.id = undefined;
      state.idHash = "";
      if (subject !== undefined) state.data["$subject"] = subject;
      state.dirty = true;
    },
    destroy() {
      state.destroyed = true;
      state.data = {};
    },
  };
}
