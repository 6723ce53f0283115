import { statement } from "../db.ts";

export interface SessionRow {
  readonly data: Record<string, unknown>;
  readonly created_at: Date;
}

/** Reads a live session and moves its idle end, at most once a minute so that reading pages does not write rows. */
export const findSession = statement<SessionRow & { stale: boolean }, [idHash: string, tenant: string]>(
  "kit.session-find",
  `select data, created_at, seen_at < now() - interval '60 seconds' as stale from session
   where id_hash = $1 and tenant = $2 and expires_at > now()`,
);

export const touchSession = statement<unknown, [idHash: string, idleSeconds: number, absoluteSeconds: number]>(
  "kit.session-touch",
  `update session set seen_at = now(),
     expires_at = least(now() + make_interval(secs => $2), created_at + make_interval(secs => $3)) where id_hash = $1`,
);

export const addSession = statement<
  unknown,
  [idHash: string, tenant: string, data: string, idleSeconds: number, subject: string | null]
>(
  "kit.session-add",
  `insert into session (id_hash, tenant, data, expires_at, subject)
   values ($1, $2, $3::jsonb, now() + make_interval(secs => $4), $5)`,
);

/** Changes nothing when the session has ended meanwhile: a slow request must not bring back what signing out removed. */
export const saveSession = statement<unknown, [idHash: string, data: string, subject: string | null]>(
  "kit.session-save",
  "update session set data = $2::jsonb, subject = $3, seen_at = now() where id_hash = $1",
);

export const removeSession = statement<unknown, [idHash: string]>(
  "kit.session-remove",
  "delete from session where id_hash = $1",
);

/** Ends every session of a person or officer (account disabled, password changed), except the given one. */
export const removeSessionsOf = statement<unknown, [subject: string, exceptHash: string]>(
  "kit.session-remove-of",
  "delete from session where subject = $1 and id_hash <> $2",
);

export const listSessionsOf = statement<
  { id_hash: string; created_at: Date; seen_at: Date; expires_at: Date },
  [subject: string]
>(
  "kit.session-list-of",
  `select id_hash, created_at, seen_at, expires_at from session where subject = $1 and expires_at > now()
   order by seen_at desc limit 50`,
);
