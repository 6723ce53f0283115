/** SQL of accounts, registrations and password resets. */
import { type Db, statement } from "#kit/db.ts";
import type { Account, PostalAddress, Registration, RegistrationInput } from "./account.ts";

const ACCOUNT_COLUMNS = `id, kind, identity_number as "identityNumber", name, birth_date as "birthDate", sex, phone, email,
  address, assurance, state, created_at as "createdAt", updated_at as "updatedAt"`;

const accountById = statement<Account, [id: string]>(
  "accounts.find-by-id",
  `select ${ACCOUNT_COLUMNS} from account where id = $1`,
);

const accountForPassword = statement<
  { id: string; phone: string; passwordHash: string; state: "active" | "locked" },
  [string]
>(
  "accounts.find-for-password",
  `select id, phone, password_hash as "passwordHash", state from account where identity_number = $1`,
);

const accountForReset = statement<{ id: string }, [identityNumber: string, phone: string]>(
  "accounts.find-for-reset",
  "select id from account where identity_number = $1 and phone = $2 and state = 'active'",
);

const insertDemoAccount = statement<
  unknown,
  [string, string, string, string, string | null, string, string | null, string | null, string]
>(
  "accounts.seed",
  `insert into account (id, identity_number, name, birth_date, sex, phone, email, address, assurance, password_hash)
   values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, 2, $9) on conflict do nothing`,
);

const insertRegistration = statement<unknown, [string, string, string, string, string, string | null, number]>(
  "accounts.insert-registration",
  `insert into registration (id, identity_number, name, birth_date, phone, email, expires_at)
   values ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7))`,
);

const registrationById = statement<Registration, [id: string]>(
  "accounts.find-registration",
  `select id, identity_number as "identityNumber", name, birth_date as "birthDate", phone, email, state,
     account_id as "accountId", expires_at as "expiresAt"
   from registration where id = $1 and expires_at > now()`,
);

/** After the right code. A number that already has an account ends here: only the phone's holder gets to know it. */
const confirmRegistration = statement<{ state: Registration["state"] }, [id: string]>(
  "accounts.confirm-registration",
  `update registration r set state = case
       when exists (select 1 from account a where a.identity_number = r.identity_number) then 'has-account' else 'password' end
   where r.id = $1 and r.state = 'otp' and r.expires_at > now() returning r.state`,
);

const register = statement<
  { outcome: "created" | "has-account" | "expired" | "done" | "otp" },
  [string, string, string]
>("accounts.register", "select account_register($1, $2, $3) as outcome");

const insertReset = statement<unknown, [string, string | null, string, number]>(
  "accounts.insert-reset",
  `insert into password_reset (id, account_id, phone, expires_at) values ($1, $2, $3, now() + make_interval(secs => $4))`,
);

export interface PasswordReset {
  readonly id: string;
  readonly accountId: string | null;
  readonly phone: string;
  readonly state: "otp" | "password" | "done";
}

const resetById = statement<PasswordReset, [id: string]>(
  "accounts.find-reset",
  `select id, account_id as "accountId", phone, state from password_reset where id = $1 and expires_at > now()`,
);

const confirmReset = statement<{ id: string }, [id: string]>(
  "accounts.confirm-reset",
  `update password_reset set state = 'password'
   where id = $1 and state = 'otp' and account_id is not null and expires_at > now() returning id`,
);

const finishReset = statement<{ account: string | null }, [string, string]>(
  "accounts.finish-reset",
  "select password_reset_finish($1, $2) as account",
);

const countByIds = statement<{ count: number }, [ids: string[]]>(
  "accounts.count-by-ids",
  "select count(*)::int as count from account where id = any ($1::uuid[])",
);

const reapJourneys = statement<unknown, []>(
  "accounts.reap",
  `with old_registrations as (delete from registration where id in
       (select id from registration where expires_at < now() - interval '1 day' limit 2000)),
     old_resets as (delete from password_reset where id in
       (select id from password_reset where expires_at < now() - interval '1 day' limit 2000)),
     old_codes as (delete from otp_challenge where id in
       (select id from otp_challenge where expires_at < now() - interval '1 day' limit 5000)),
     old_guards as (delete from attempt_guard where key in
       (select key from attempt_guard where updated_at < now() - interval '2 days' limit 5000)),
     old_rates as (delete from rate_window where key in
       (select key from rate_window where started_at < now() - interval '2 days' limit 5000))
   select 1`,
);

const check = statement<unknown, []>("accounts.check", "select 1 from account limit 1");

/** Readiness: throws when the database does not answer or is not migrated. */
export async function checkAccounts(db: Db): Promise<void> {
  await db.many(check, []);
}

export const findAccount = (db: Db, id: string): Promise<Account | undefined> => db.maybe(accountById, [id]);

export const findAccountForPassword = (db: Db, identityNumber: string) =>
  db.maybe(accountForPassword, [identityNumber]);

export const findAccountForReset = (db: Db, identityNumber: string, phone: string) =>
  db.maybe(accountForReset, [identityNumber, phone]);

export async function addRegistration(
  db: Db,
  id: string,
  input: RegistrationInput,
  lifeSeconds: number,
): Promise<void> {
  await db.run(insertRegistration, [
    id,
    input.identityNumber,
    input.name,
    input.birthDate,
    input.phone,
    input.email,
    lifeSeconds,
  ]);
}

export const findRegistration = (db: Db, id: string): Promise<Registration | undefined> =>
  db.maybe(registrationById, [id]);

export async function markRegistrationConfirmed(db: Db, id: string): Promise<Registration["state"] | undefined> {
  return (await db.maybe(confirmRegistration, [id]))?.state;
}

export async function createAccount(db: Db, registrationId: string, accountId: string, passwordHash: string) {
  return (await db.one(register, [registrationId, accountId, passwordHash])).outcome;
}

export async function addPasswordReset(
  db: Db,
  id: string,
  accountId: string | null,
  phone: string,
  lifeSeconds: number,
) {
  await db.run(insertReset, [id, accountId, phone, lifeSeconds]);
}

export const findPasswordReset = (db: Db, id: string): Promise<PasswordReset | undefined> => db.maybe(resetById, [id]);

export async function markResetConfirmed(db: Db, id: string): Promise<boolean> {
  return (await db.maybe(confirmReset, [id])) !== undefined;
}

/** Sets the new password and ends every session of the account. Undefined when the reset is over. */
export async function finishPasswordReset(db: Db, id: string, passwordHash: string): Promise<string | undefined> {
  return (await db.one(finishReset, [id, passwordHash])).account ?? undefined;
}

export interface SeedAccount extends RegistrationInput {
  readonly id: string;
  readonly sex: "male" | "female" | null;
  readonly address: PostalAddress | null;
  readonly passwordHash: string;
}

export async function addSeedAccount(db: Db, account: SeedAccount): Promise<boolean> {
  const added = await db.run(insertDemoAccount, [
    account.id,
    account.identityNumber,
    account.name,
    account.birthDate,
    account.sex,
    account.phone,
    account.email,
    account.address ? JSON.stringify(account.address) : null,
    account.passwordHash,
  ]);
  return added === 1;
}

export const countAccounts = async (db: Db, ids: readonly string[]): Promise<number> =>
  (await db.one(countByIds, [[...ids]])).count;

export async function reapAccounts(db: Db): Promise<void> {
  await db.run(reapJourneys, []);
}
