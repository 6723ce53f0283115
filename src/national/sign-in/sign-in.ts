/** Signing in: number and password open an attempt and send a code; the code turns the attempt into a session. */
import { newId } from "#kit/ids.ts";
import {
  type AccountsDeps,
  type Caller,
  checkOtp,
  checkPassword,
  giveSendTurnBack,
  noteFailure,
  noteSuccess,
  type OtpOutcome,
  sendOtp,
} from "#national/accounts/index.ts";
import { type Attempt, addAttempt, findAttempt, finishAttempt, type NewSession } from "./sign-in-store.ts";

const ATTEMPT_SECONDS = 900;

/** The attempt between password and code; undefined when it is over. */
export function attemptAt(deps: AccountsDeps, id: string): Promise<Attempt | undefined> {
  return findAttempt(deps.database, id);
}

export type BeginOutcome =
  | { readonly kind: "sent"; readonly attemptId: string }
  | { readonly kind: "wrong" }
  | { readonly kind: "wait"; readonly seconds: number };

export async function beginSignIn(
  deps: AccountsDeps,
  caller: Caller,
  given: { readonly identityNumber: string; readonly password: string },
): Promise<BeginOutcome> {
  const outcome = await checkPassword(deps, caller, given);
  if (outcome.kind !== "right") return outcome;
  const attemptId = newId(deps.clock.now().getTime());
  const { waitSeconds } = await deps.database.tx(async (db) => {
    const sent = await sendOtp(db, deps.secret, {
      purpose: "sign-in",
      subject: attemptId,
      phone: outcome.phone,
      ...caller,
    });
    if (sent.waitSeconds === 0) await addAttempt(db, attemptId, outcome.accountId, ATTEMPT_SECONDS);
    return sent;
  });
  return waitSeconds > 0 ? { kind: "wait", seconds: waitSeconds } : { kind: "sent", attemptId };
}

/** The right code makes the session in the same transaction: parallel submits give one. */
export async function confirmSignIn(
  deps: AccountsDeps,
  caller: Caller,
  attemptId: string,
  code: string,
  session: NewSession,
): Promise<
  | { readonly kind: "signed-in"; readonly accountId: string; readonly identityNumber: string }
  | Exclude<OtpOutcome, { kind: "ok" }>
> {
  const attempt = await findAttempt(deps.database, attemptId);
  if (!attempt) return { kind: "unknown" };
  const outcome = await deps.database.tx(async (db) => {
    const checked = await checkOtp(db, deps.secret, { purpose: "sign-in", subject: attemptId, code });
    if (checked.kind !== "ok") return checked;
    const accountId = await finishAttempt(db, attemptId, session);
    if (!accountId) return { kind: "unknown" } as const;
    await giveSendTurnBack(db, deps.secret, { phone: attempt.phone, network: caller.network });
    return { kind: "signed-in", accountId, identityNumber: attempt.identityNumber } as const;
  });
  if (outcome.kind === "signed-in") await noteSuccess(deps, caller, attempt.identityNumber);
  // Whoever knows the password must not get five guesses at the code as often as they like.
  if (outcome.kind === "locked") await noteFailure(deps, caller, attempt.identityNumber);
  return outcome;
}
