/** Number and password. One answer for a wrong number, a wrong password and a locked account, after the same work. */
import { hashPassword, verifyPassword } from "#kit/crypto.ts";
import { checkIdentityNumber } from "#kit/vietnamese.ts";
import type { AccountsDeps, Caller } from "./accounts-deps.ts";
import { findAccountForPassword } from "./accounts-store.ts";
import { cautionFor, noteFailure } from "./caution.ts";
import { PASSWORD_MAX } from "./password.ts";

export type PasswordOutcome =
  | { readonly kind: "right"; readonly accountId: string; readonly phone: string }
  | { readonly kind: "wrong" }
  | { readonly kind: "wait"; readonly seconds: number };

let decoy: Promise<string> | undefined;

export async function checkPassword(
  deps: AccountsDeps,
  caller: Caller,
  given: { readonly identityNumber: string; readonly password: string },
): Promise<PasswordOutcome> {
  const checked = checkIdentityNumber(given.identityNumber);
  const number = checked.ok ? checked.value : given.identityNumber.slice(0, 40);
  const caution = await cautionFor(deps, caller, number);
  if (caution.waitSeconds > 0) return { kind: "wait", seconds: caution.waitSeconds };
  const account = await findAccountForPassword(deps.database, number);
  // Hashing takes 30 ms; without a hash for unknown numbers their answers would be the quick ones.
  decoy ??= hashPassword("no account has this one");
  const right = await verifyPassword(given.password.slice(0, PASSWORD_MAX * 4), account?.passwordHash ?? (await decoy));
  if (!right || !account || account.state !== "active") {
    await noteFailure(deps, caller, number);
    return { kind: "wrong" };
  }
  return { kind: "right", accountId: account.id, phone: account.phone };
}
