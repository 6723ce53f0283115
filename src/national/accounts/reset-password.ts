/** Forgotten password: number and phone, a code, a new password. Looks the same whether the account exists or not. */
import { hashPassword } from "#kit/crypto.ts";
import { newId } from "#kit/ids.ts";
import type { AccountsDeps, Caller } from "./accounts-deps.ts";
import {
  addPasswordReset,
  findAccount,
  findAccountForReset,
  findPasswordReset,
  finishPasswordReset,
  markResetConfirmed,
  type PasswordReset,
} from "./accounts-store.ts";
import { cautionFor, noteFailure, noteSuccess } from "./caution.ts";
import type { OtpOutcome } from "./otp.ts";
import { type PasswordFault, passwordFault } from "./password.ts";
import { checkOtp, giveSendTurnBack, sendOtp } from "./send-otp.ts";

const LIFE_SECONDS = 1_800;

/** The reset a browser is at; undefined when it is over. */
export async function resetAt(deps: AccountsDeps, id: string | undefined): Promise<PasswordReset | undefined> {
  return id === undefined ? undefined : findPasswordReset(deps.database, id);
}

/** What is wrong with the new password, judged against whose it will be. */
export async function newPasswordFault(
  deps: AccountsDeps,
  accountId: string,
  password: string,
): Promise<PasswordFault | undefined> {
  return passwordFault(password, await findAccount(deps.database, accountId));
}

export async function startReset(
  deps: AccountsDeps,
  caller: Caller,
  given: { readonly identityNumber: string; readonly phone: string },
): Promise<{ kind: "sent"; id: string } | { kind: "wait"; seconds: number }> {
  const caution = await cautionFor(deps, caller, given.identityNumber);
  if (caution.waitSeconds > 0) return { kind: "wait", seconds: caution.waitSeconds };
  const account = await findAccountForReset(deps.database, given.identityNumber, given.phone);
  if (!account) await noteFailure(deps, caller, given.identityNumber);
  const id = newId(deps.clock.now().getTime());
  const { waitSeconds } = await deps.database.tx(async (db) => {
    const phone = account ? given.phone : undefined;
    const sent = await sendOtp(db, deps.secret, { purpose: "reset-password", subject: id, phone, ...caller });
    if (sent.waitSeconds === 0) await addPasswordReset(db, id, account?.id ?? null, given.phone, LIFE_SECONDS);
    return sent;
  });
  return waitSeconds > 0 ? { kind: "wait", seconds: waitSeconds } : { kind: "sent", id };
}

export async function confirmReset(deps: AccountsDeps, caller: Caller, id: string, code: string): Promise<OtpOutcome> {
  const reset = await findPasswordReset(deps.database, id);
  if (!reset) return { kind: "unknown" };
  return deps.database.tx(async (db) => {
    const outcome = await checkOtp(db, deps.secret, { purpose: "reset-password", subject: id, code });
    if (outcome.kind !== "ok") return outcome;
    await giveSendTurnBack(db, deps.secret, { phone: reset.phone, network: caller.network });
    return (await markResetConfirmed(db, id)) ? outcome : { kind: "unknown" };
  });
}

/** Undefined when the reset is over. Every session of the account has ended when this returns. */
export async function finishReset(
  deps: AccountsDeps,
  caller: Caller,
  id: string,
  password: string,
): Promise<string | undefined> {
  const accountId = await finishPasswordReset(deps.database, id, await hashPassword(password));
  if (!accountId) return undefined;
  const account = await findAccount(deps.database, accountId);
  if (account) await noteSuccess(deps, caller, account.identityNumber);
  return accountId;
}
