/** SQL of one-time codes, of the waits after failures and of the limits on sending. */
import { type Db, statement } from "#kit/db.ts";
import type { OtpOutcome, OtpPurpose, ResendOutcome } from "./otp.ts";

const start = statement<unknown, [string, OtpPurpose, string, string, number, string | null]>(
  "otp.start",
  "select otp_start($1, $2, $3, $4, $5, $6::jsonb)",
);

const resend = statement<{ outcome: ResendOutcome }, [string, string, number, number, number, string | null]>(
  "otp.resend",
  "select otp_resend($1, $2, $3, $4, $5, $6::jsonb) as outcome",
);

const check = statement<
  { outcome: OtpOutcome["kind"]; tries_left: number },
  [string, OtpPurpose, string, string, number]
>("otp.check", "select outcome, tries_left from otp_check($1, $2, $3, $4, $5)");

export interface OtpChallenge {
  readonly id: string;
  readonly state: "open" | "used" | "locked";
  readonly round: number;
  readonly expired: boolean;
  /** Seconds until a new code may be asked for; 0 when it may be asked now. */
  readonly resendInSeconds: number;
}

const find = statement<OtpChallenge, [purpose: OtpPurpose, subject: string, waitSeconds: number]>(
  "otp.find",
  `select id, state, round, expires_at <= now() as expired,
     greatest(0, ceil(extract(epoch from sent_at + make_interval(secs => $3) - now())))::int as "resendInSeconds"
   from otp_challenge where purpose = $1 and subject = $2`,
);

const failGuard = statement<{ failures: number }, [key: string, free: number]>(
  "guard.fail",
  "select guard_fail($1, $2) as failures",
);

const readGuards = statement<{ failures: number; waitSeconds: number }, [keys: string[], withinMinutes: number]>(
  "guard.read",
  `select coalesce(max(failures), 0)::int as failures,
     coalesce(max(ceil(extract(epoch from blocked_until - now()))) filter (where blocked_until > now()), 0)::int as "waitSeconds"
   from attempt_guard where key = any ($1) and updated_at > now() - make_interval(mins => $2)`,
);

const clearGuards = statement<unknown, [keys: string[]]>(
  "guard.clear",
  "delete from attempt_guard where key = any ($1)",
);

const take = statement<{ wait: number }, [key: string, limit: number, windowSeconds: number]>(
  "rate.take",
  "select rate_take($1, $2, $3) as wait",
);

const give = statement<unknown, [key: string]>("rate.give", "select rate_give($1)");

export interface OtpMessage {
  /** Sealed: neither the code nor the phone may be read in the queue. */
  readonly sealed: string;
}

export async function startOtp(
  db: Db,
  otp: {
    id: string;
    purpose: OtpPurpose;
    subject: string;
    codeHash: string;
    lifeSeconds: number;
    message: OtpMessage | undefined;
  },
): Promise<void> {
  await db.one(start, [otp.id, otp.purpose, otp.subject, otp.codeHash, otp.lifeSeconds, json(otp.message)]);
}

export async function resendOtpRow(
  db: Db,
  otp: {
    id: string;
    codeHash: string;
    lifeSeconds: number;
    waitSeconds: number;
    roundsMax: number;
    message: OtpMessage | undefined;
  },
): Promise<ResendOutcome> {
  const row = await db.one(resend, [
    otp.id,
    otp.codeHash,
    otp.lifeSeconds,
    otp.waitSeconds,
    otp.roundsMax,
    json(otp.message),
  ]);
  return row.outcome;
}

export async function checkOtpRow(
  db: Db,
  otp: { id: string; purpose: OtpPurpose; subject: string; codeHash: string; triesMax: number },
): Promise<OtpOutcome> {
  const row = await db.one(check, [otp.id, otp.purpose, otp.subject, otp.codeHash, otp.triesMax]);
  return row.outcome === "wrong" ? { kind: "wrong", triesLeft: row.tries_left } : { kind: row.outcome };
}

export const findOtp = (db: Db, purpose: OtpPurpose, subject: string, waitSeconds: number) =>
  db.maybe(find, [purpose, subject, waitSeconds]);

/** Counts a failure and returns how many there are now; from `free` on the next try has to wait. */
export const countFailure = async (db: Db, key: string, free: number): Promise<number> =>
  (await db.one(failGuard, [key, free])).failures;

/** Failures counted under any of the keys, if the last one is not older than so many minutes. */
export const readFailures = (db: Db, keys: readonly string[], withinMinutes = 1_440) =>
  db.one(readGuards, [[...keys], withinMinutes]);

export const forgetFailures = async (db: Db, keys: readonly string[]): Promise<void> => {
  await db.run(clearGuards, [[...keys]]);
};

/** 0 when the turn was taken, else the seconds to wait. */
export const takeTurn = async (db: Db, key: string, limit: number, windowSeconds: number): Promise<number> =>
  (await db.one(take, [key, limit, windowSeconds])).wait;

export const giveTurnBack = async (db: Db, key: string): Promise<void> => {
  await db.one(give, [key]);
};

function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
