import { hashPassword, sealJson } from "#kit/crypto.ts";
import type { Db } from "#kit/db.ts";
import { newId } from "#kit/ids.ts";
import { insertOperator, listUsernames } from "./operator-store.ts";
import { TOTP_PURPOSE } from "./sign-in.ts";

/** An operator as a list of new ones gives it; the secret of the authenticator in base32. */
export interface OperatorToAdd {
  readonly username: string;
  readonly password: string;
  readonly totpSecret: string;
  readonly name: string;
}

/** Adds those that are not there yet; repeating it changes nothing. Answers how many were added. */
export async function seedOperators(db: Db, operators: readonly OperatorToAdd[], dataKey: string): Promise<number> {
  const known = new Set(await listUsernames(db));
  const missing = operators.filter((one) => !known.has(one.username));
  for (const one of missing) {
    await insertOperator(db, {
      id: newId(),
      username: one.username,
      name: one.name,
      passwordHash: await hashPassword(one.password),
      totpSealed: sealJson(dataKey, TOTP_PURPOSE, one.totpSecret),
    });
  }
  return missing.length;
}

/** Demo operators in this database, one line each: production refuses to start while there are any. */
export async function findDemoOperators(
  db: Db,
  demo: readonly { readonly username: string }[],
): Promise<readonly string[]> {
  const names = new Set(demo.map((one) => one.username));
  return (await listUsernames(db))
    .filter((name) => names.has(name))
    .map((name) => `operator ${name} of the payment hub`);
}
