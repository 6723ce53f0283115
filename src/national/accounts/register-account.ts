/** Registration in three steps: ask the register and send a code, confirm the code, set the password. */
import { hashPassword } from "#kit/crypto.ts";
import { newId } from "#kit/ids.ts";
import type { Registration, RegistrationInput } from "./account.ts";
import type { AccountsDeps, Caller } from "./accounts-deps.ts";
import { addRegistration, createAccount, findRegistration, markRegistrationConfirmed } from "./accounts-store.ts";
import { cautionFor, noteFailure, noteSuccess } from "./caution.ts";
import type { OtpOutcome } from "./otp.ts";
import { checkOtp, giveSendTurnBack, sendOtp } from "./send-otp.ts";

/** A registration must be finished within half an hour. */
const LIFE_SECONDS = 1_800;

/** The registration a browser is at; undefined when it is over. */
export async function registrationAt(deps: AccountsDeps, id: string | undefined): Promise<Registration | undefined> {
  return id === undefined ? undefined : findRegistration(deps.database, id);
}

export type StartOutcome =
  | { readonly kind: "sent"; readonly id: string }
  | { readonly kind: "not-owner" }
  | { readonly kind: "wait"; readonly seconds: number };

/** Asks the operators whose number it is, then sends the code. Throws AppError "unavailable" when the register is down. */
export async function startRegistration(
  deps: AccountsDeps,
  caller: Caller,
  input: RegistrationInput,
): Promise<StartOutcome> {
  const caution = await cautionFor(deps, caller, input.identityNumber);
  if (caution.waitSeconds > 0) return { kind: "wait", seconds: caution.waitSeconds };
  const { owner } = await deps.subscriberRegister({
    phone: input.phone,
    identityNumber: input.identityNumber,
    name: input.name,
  });
  if (owner !== "yes") {
    await noteFailure(deps, caller, input.identityNumber);
    return { kind: "not-owner" };
  }
  const id = newId(deps.clock.now().getTime());
  const { waitSeconds } = await deps.database.tx(async (db) => {
    const sent = await sendOtp(db, deps.secret, { purpose: "register", subject: id, phone: input.phone, ...caller });
    if (sent.waitSeconds === 0) await addRegistration(db, id, input, LIFE_SECONDS);
    return sent;
  });
  return waitSeconds > 0 ? { kind: "wait", seconds: waitSeconds } : { kind: "sent", id };
}

/** The code opens the password step, or shows (to the phone's holder only) that the number has an account already. */
export async function confirmRegistration(
  deps: AccountsDeps,
  caller: Caller,
  id: string,
  code: string,
): Promise<OtpOutcome | { readonly kind: "has-account" }> {
  const registration = await findRegistration(deps.database, id);
  if (!registration) return { kind: "unknown" };
  return deps.database.tx(async (db) => {
    const outcome = await checkOtp(db, deps.secret, { purpose: "register", subject: id, code });
    if (outcome.kind !== "ok") return outcome;
    const state = await markRegistrationConfirmed(db, id);
    await giveSendTurnBack(db, deps.secret, { phone: registration.phone, network: caller.network });
    return state === "has-account" ? { kind: "has-account" } : outcome;
  });
}

export type FinishOutcome =
  | { readonly kind: "created"; readonly accountId: string }
  | { readonly kind: "has-account" }
  | { readonly kind: "over" };

/** Creates the account once, whatever is pressed twice. The password has been checked by the caller (`passwordFault`). */
export async function finishRegistration(
  deps: AccountsDeps,
  caller: Caller,
  id: string,
  password: string,
): Promise<FinishOutcome> {
  const registration = await findRegistration(deps.database, id);
  if (!registration) return { kind: "over" };
  if (registration.state === "done" && registration.accountId) return { kind: "over" };
  const passwordHash = await hashPassword(password);
  const accountId = newId(deps.clock.now().getTime());
  const outcome = await createAccount(deps.database, id, accountId, passwordHash);
  if (outcome === "created") {
    await noteSuccess(deps, caller, registration.identityNumber);
    return { kind: "created", accountId };
  }
  return outcome === "has-account" ? { kind: "has-account" } : { kind: "over" };
}
