import type { Clock } from "#kit/clock.ts";
import { hashPassword, openJson, verifyPassword } from "#kit/crypto.ts";
import type { Db } from "#kit/db.ts";
import { stepOfCode } from "#kit/one-time-code.ts";
import type { Operator } from "./operator.ts";
import { countFailure, type Credentials, findCredentials, findCredentialsById, takeStep } from "./operator-store.ts";

/** Purpose under which authenticator secrets are sealed with the national data key. */
export const TOTP_PURPOSE = "operator-totp";

export type OperatorRefusal =
  | { readonly ok: false; readonly reason: "wrong" | "used" | "expired" }
  | { readonly ok: false; readonly reason: "locked"; readonly until: Date };

let decoy: Promise<string> | undefined;

/**
 * First step: username and password. An unknown name takes as long as a wrong password and gets the same answer; that an
 * account is locked is told only to who knows its password.
 */
export async function checkOperatorPassword(
  db: Db,
  input: { readonly username: string; readonly password: string },
  clock: Clock,
): Promise<{ ok: true; operatorId: string } | OperatorRefusal> {
  const operator = await findCredentials(db, input.username.trim().toLowerCase());
  decoy ??= hashPassword("nobody has this password");
  const right = await verifyPassword(input.password, operator?.passwordHash ?? (await decoy));
  if (!operator) return { ok: false, reason: "wrong" };
  const until = lockOf(operator, clock.now());
  if (!right) {
    // While it is locked, more guesses change nothing: nobody can lock an operator out for ever.
    if (!until) await countFailure(db, operator.id, "password");
    return { ok: false, reason: "wrong" };
  }
  return until ? { ok: false, reason: "locked", until } : { ok: true, operatorId: operator.id };
}

/** Second step: the authenticator's code. Each code is good once, in whatever number of windows it is sent. */
export async function checkOperatorCode(
  db: Db,
  input: { readonly operatorId: string; readonly code: string },
  deps: { readonly dataKey: string; readonly clock: Clock },
): Promise<{ ok: true; operator: Operator } | OperatorRefusal> {
  const now = deps.clock.now();
  const found = await findCredentialsById(db, input.operatorId);
  if (!found) return { ok: false, reason: "expired" };
  const until = lockOf(found, now);
  if (until) return { ok: false, reason: "locked", until };
  const secret = openJson(deps.dataKey, TOTP_PURPOSE, found.totpSealed);
  const step = typeof secret === "string" ? stepOfCode(secret, input.code, now) : undefined;
  if (step === undefined) {
    const lockedUntil = await countFailure(db, found.id, "code");
    return lockedUntil && lockedUntil > now
      ? { ok: false, reason: "locked", until: lockedUntil }
      : { ok: false, reason: "wrong" };
  }
  if (!(await takeStep(db, found.id, step))) return { ok: false, reason: "used" };
  return { ok: true, operator: { id: found.id, username: found.username, name: found.name } };
}

function lockOf(operator: Credentials, now: Date): Date | undefined {
  return operator.lockedUntil && operator.lockedUntil > now ? operator.lockedUntil : undefined;
}
