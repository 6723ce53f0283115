import { type Db, statement } from "#kit/db.ts";
import type { Operator } from "./operator.ts";

/** What signing in needs besides the operator. */
export interface Credentials extends Operator {
  readonly passwordHash: string;
  readonly totpSealed: string;
  readonly lockedUntil: Date | null;
}

const COLUMNS = "id, username, name";
const SECRETS = `${COLUMNS}, password_hash as "passwordHash", totp_sealed as "totpSealed", locked_until as "lockedUntil"`;

const byUsername = statement<Credentials, [username: string]>(
  "operators.by-username",
  `select ${SECRETS} from operator where username = $1 and disabled_at is null`,
);
const credentialsById = statement<Credentials, [id: string]>(
  "operators.credentials",
  `select ${SECRETS} from operator where id = $1 and disabled_at is null`,
);
const byId = statement<Operator, [id: string]>(
  "operators.find",
  `select ${COLUMNS} from operator where id = $1 and disabled_at is null`,
);
const failed = statement<{ until: Date | null }, [id: string, what: string]>(
  "operators.sign-in-failed",
  "select operator_sign_in_failed($1, $2) as until",
);
const signedIn = statement<{ done: boolean }, [id: string, step: number]>(
  "operators.sign-in",
  "select operator_sign_in($1, $2) as done",
);
const insert = statement<unknown, [id: string, username: string, name: string, hash: string, sealed: string]>(
  "operators.insert",
  `insert into operator (id, username, name, password_hash, totp_sealed) values ($1, $2, $3, $4, $5)
   on conflict (username) do nothing`,
);
const usernames = statement<{ username: string }, []>(
  "operators.usernames",
  "select username from operator limit 10000",
);

export function findCredentials(db: Db, username: string): Promise<Credentials | undefined> {
  return db.maybe(byUsername, [username]);
}

export function findCredentialsById(db: Db, id: string): Promise<Credentials | undefined> {
  return db.maybe(credentialsById, [id]);
}

export function readOperator(db: Db, id: string): Promise<Operator | undefined> {
  return db.maybe(byId, [id]);
}

/** Counts a failure; answers until when the account is locked, when it is. */
export async function countFailure(db: Db, id: string, what: "password" | "code"): Promise<Date | null> {
  return (await db.one(failed, [id, what])).until;
}

/** False when the code's time step was used before, or the account is locked. */
export async function takeStep(db: Db, id: string, step: number): Promise<boolean> {
  return (await db.one(signedIn, [id, step])).done;
}

export interface NewOperator extends Operator {
  readonly passwordHash: string;
  readonly totpSealed: string;
}

export async function insertOperator(db: Db, one: NewOperator): Promise<void> {
  await db.run(insert, [one.id, one.username, one.name, one.passwordHash, one.totpSealed]);
}

export async function listUsernames(db: Db): Promise<string[]> {
  return (await db.many(usernames, [])).map((row) => row.username);
}
