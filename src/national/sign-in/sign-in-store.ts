/** SQL of sign-in attempts and of the sessions a person can see and end. */
import { type Db, statement } from "#kit/db.ts";
import type { Account } from "#national/accounts/index.ts";

const insertAttempt = statement<unknown, [string, string, number]>(
  "sign-in.insert-attempt",
  "insert into sign_in_attempt (id, account_id, expires_at) values ($1, $2, now() + make_interval(secs => $3))",
);

export interface Attempt {
  readonly id: string;
  readonly accountId: string;
  readonly phone: string;
  readonly identityNumber: string;
}

const attemptById = statement<Attempt, [string]>(
  "sign-in.find-attempt",
  `select t.id, t.account_id as "accountId", a.phone, a.identity_number as "identityNumber"
   from sign_in_attempt t join account a on a.id = t.account_id
   where t.id = $1 and t.state = 'otp' and t.expires_at > now()`,
);

export type SignInMethod = "password-otp" | "registration";

const finish = statement<{ account: string | null }, [string, string, SignInMethod, number, string, string]>(
  "sign-in.finish",
  "select sign_in_finish($1, $2, $3, $4, $5, $6) as account",
);

const start = statement<unknown, [string, string, SignInMethod, number, string, string]>(
  "sign-in.start-session",
  "select account_session_start($1, $2, $3, $4, $5, $6)",
);

const live = statement<Account & { startedAt: Date }, [session: string, account: string]>(
  "sign-in.find-live",
  `update account_session s set seen_at = case when s.seen_at < now() - interval '1 minute' then now() else s.seen_at end
   from account a
   where s.id = $1 and s.account_id = $2 and a.id = s.account_id and s.ended_at is null and s.expires_at > now() and a.state = 'active'
   returning a.id, a.kind, a.identity_number as "identityNumber", a.name, a.birth_date as "birthDate", a.sex, a.phone, a.email,
     a.address, a.assurance, a.state, a.created_at as "createdAt", a.updated_at as "updatedAt", s.started_at as "startedAt"`,
);

const end = statement<
  { count: number },
  [account: string, session: string | null, keep: string | null, reason: string]
>("sign-in.end-sessions", "select account_session_end($1, $2, $3, $4) as count");

export interface SessionRow {
  readonly id: string;
  readonly startedAt: Date;
  readonly seenAt: Date;
  readonly endedAt: Date | null;
  readonly expired: boolean;
  readonly device: string;
  readonly network: string;
}

const list = statement<SessionRow, [account: string]>(
  "sign-in.list-sessions",
  `select id, started_at as "startedAt", seen_at as "seenAt", ended_at as "endedAt", expires_at <= now() as expired, device, network
   from account_session where account_id = $1 order by started_at desc limit 20`,
);

const reap = statement<unknown, []>(
  "sign-in.reap",
  `delete from sign_in_attempt where id in (select id from sign_in_attempt where expires_at < now() - interval '1 day' limit 5000)`,
);

export async function addAttempt(db: Db, id: string, accountId: string, lifeSeconds: number): Promise<void> {
  await db.run(insertAttempt, [id, accountId, lifeSeconds]);
}

export const findAttempt = (db: Db, id: string): Promise<Attempt | undefined> => db.maybe(attemptById, [id]);

export interface NewSession {
  readonly id: string;
  readonly method: SignInMethod;
  readonly hours: number;
  readonly device: string;
  readonly network: string;
}

/** The account, when the attempt was still open and the account may sign in. */
export async function finishAttempt(db: Db, attemptId: string, session: NewSession): Promise<string | undefined> {
  const row = await db.one(finish, [
    attemptId,
    session.id,
    session.method,
    session.hours,
    session.device,
    session.network,
  ]);
  return row.account ?? undefined;
}

export async function startSession(db: Db, accountId: string, session: NewSession): Promise<void> {
  await db.one(start, [session.id, accountId, session.method, session.hours, session.device, session.network]);
}

export const findLive = (db: Db, sessionId: string, accountId: string) => db.maybe(live, [sessionId, accountId]);

export type EndReason = "signed-out" | "ended-elsewhere" | "password-changed" | "replaced";

export const endSession = async (db: Db, accountId: string, sessionId: string, reason: EndReason): Promise<number> =>
  (await db.one(end, [accountId, sessionId, null, reason])).count;

export const endOtherSessions = async (db: Db, accountId: string, keep: string, reason: EndReason): Promise<number> =>
  (await db.one(end, [accountId, null, keep, reason])).count;

export const listSessions = (db: Db, accountId: string): Promise<SessionRow[]> => db.many(list, [accountId]);

export async function reapSignIns(db: Db): Promise<void> {
  await db.run(reap, []);
}
