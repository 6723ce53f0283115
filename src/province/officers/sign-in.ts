import { type Clock, systemClock } from "#kit/clock.ts";
import { hashPassword, openJson, verifyPassword } from "#kit/crypto.ts";
import type { Database } from "#kit/db.ts";
import type { Officer } from "./officer.ts";
import { countFailure, type Credentials, findCredentials, findCredentialsById, takeStep } from "./officer-store.ts";
import { stepOfCode } from "#kit/one-time-code.ts";

/** Purpose under which authenticator secrets are sealed with the province's data key. */
export const TOTP_PURPOSE = "officer-totp";

export type SignInRefusal =
  | { readonly ok: false; readonly reason: "wrong" | "used" | "expired" }
  | { readonly ok: false; readonly reason: "locked"; readonly until: Date };

let decoy: Promise<string> | undefined;

/**
 * First step: username and password. An unknown name takes as long as a wrong password and gets the same answer; that an
 * account is locked is told only to who knows its password.
 */
export async function checkOfficerPassword(
  database: Database,
  input: { readonly tenant: string; readonly username: string; readonly password: string },
  clock: Clock = systemClock,
): Promise<{ ok: true; officerId: string } | SignInRefusal> {
  const username = input.username.trim().toLowerCase();
  const officer = await findCredentials(database, input.tenant, username);
  decoy ??= hashPassword("nobody has this password");
  const right = await verifyPassword(input.password, officer?.passwordHash ?? (await decoy));
  if (!officer) return { ok: false, reason: "wrong" };
  if (!right) {
    // While it is locked, more guesses change nothing: nobody can lock an officer out for ever.
    if (!lockOf(officer, clock.now())) await countFailure(database, input.tenant, officer.id, "password");
    return { ok: false, reason: "wrong" };
  }
  const until = lockOf(officer, clock.now());
  return until ? { ok: false, reason: "locked", until } : { ok: true, officerId: officer.id };
}

/** Second step: the authenticator's code. Each code is good once, in whatever number of windows it is sent. */
export async function checkOfficerCode(
  database: Database,
  input: { readonly tenant: string; readonly officerId: string; readonly code: string },
  deps: { readonly dataKey: string; readonly clock?: Clock },
): Promise<{ ok: true; officer: Officer } | SignInRefusal> {
  const now = (deps.clock ?? systemClock).now();
  const officer = await findCredentialsById(database, input.tenant, input.officerId);
  if (!officer) return { ok: false, reason: "expired" };
  const until = lockOf(officer, now);
  if (until) return { ok: false, reason: "locked", until };
  const secret = openJson(deps.dataKey, TOTP_PURPOSE, officer.totpSealed);
  const step = typeof secret === "string" ? stepOfCode(secret, input.code, now) : undefined;
  if (step === undefined) {
    const lockedUntil = await countFailure(database, input.tenant, officer.id, "code");
    return lockedUntil && lockedUntil > now
      ? { ok: false, reason: "locked", until: lockedUntil }
      : { ok: false, reason: "wrong" };
  }
  if (!(await takeStep(database, input.tenant, officer.id, step))) return { ok: false, reason: "used" };
  const { passwordHash: _hash, totpSealed: _sealed, lockedUntil: _locked, ...known } = officer;
  return { ok: true, officer: known };
}

function lockOf(officer: Credentials, now: Date): Date | undefined {
  return officer.lockedUntil && officer.lockedUntil > now ? officer.lockedUntil : undefined;
}
