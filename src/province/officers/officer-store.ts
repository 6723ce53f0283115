import { type Database, type Db, statement } from "#kit/db.ts";
import type { Officer, OfficerRole } from "./officer.ts";

const COLUMNS = `id, tenant, username, name, role, unit, agency_id as "agencyId", (may_sign or role = 'leader') as "maySign"`;

/** What signing in needs besides the officer. */
export interface Credentials extends Officer {
  readonly passwordHash: string;
  readonly totpSealed: string;
  readonly lockedUntil: Date | null;
}

const SECRET_COLUMNS = `${COLUMNS}, password_hash as "passwordHash", totp_sealed as "totpSealed", locked_until as "lockedUntil"`;

const byUsername = statement<Credentials, [username: string]>(
  "officers.by-username",
  `select ${SECRET_COLUMNS} from officer where username = $1 and disabled_at is null`,
);
const credentialsById = statement<Credentials, [id: string]>(
  "officers.credentials",
  `select ${SECRET_COLUMNS} from officer where id = $1 and disabled_at is null`,
);
const byId = statement<Officer, [id: string]>(
  "officers.find",
  `select ${COLUMNS}, (select count(*)::int from (select from officer_reminder r
     where r.officer_id = officer.id and r.read_at is null limit 100) n) as unread
   from officer where id = $1 and disabled_at is null`,
);
const ofRoles = statement<Officer, [roles: OfficerRole[]]>(
  "officers.of-roles",
  `select ${COLUMNS} from officer where role = any ($1) and disabled_at is null order by name, id limit 500`,
);
const failed = statement<{ until: Date | null }, [tenant: string, id: string, what: string]>(
  "officers.sign-in-failed",
  "select officer_sign_in_failed($1, $2, $3) as until",
);
const signedIn = statement<{ done: boolean }, [tenant: string, id: string, step: number]>(
  "officers.sign-in",
  "select officer_sign_in($1, $2, $3) as done",
);
const insert = statement<
  unknown,
  [
    id: string,
    username: string,
    name: string,
    role: OfficerRole,
    unit: string,
    agencyId: string,
    hash: string,
    sealed: string,
    email: string | null,
  ]
>(
  "officers.insert",
  `insert into officer (id, username, name, role, unit, agency_id, password_hash, totp_sealed, email)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (tenant, username) do nothing`,
);
const usernames = statement<{ username: string }, []>("officers.usernames", "select username from officer limit 10000");

export function findCredentials(
  database: Database,
  tenant: string,
  username: string,
): Promise<Credentials | undefined> {
  return database.forTenant(tenant).maybe(byUsername, [username]);
}

export function findCredentialsById(database: Database, tenant: string, id: string): Promise<Credentials | undefined> {
  return database.forTenant(tenant).maybe(credentialsById, [id]);
}

export function readOfficer(db: Db, id: string): Promise<Officer | undefined> {
  return db.maybe(byId, [id]);
}

/** Officers of these roles, by name. */
export function readOfficers(db: Db, roles: readonly OfficerRole[]): Promise<Officer[]> {
  return db.many(ofRoles, [[...roles]]);
}

/** Counts a failure; answers until when the account is locked, when it is. */
export async function countFailure(
  db: Db,
  tenant: string,
  id: string,
  what: "password" | "code",
): Promise<Date | null> {
  return (await db.one(failed, [tenant, id, what])).until;
}

/** False when the code's time step was used before, or the account is locked. */
export async function takeStep(db: Db, tenant: string, id: string, step: number): Promise<boolean> {
  return (await db.one(signedIn, [tenant, id, step])).done;
}

export interface NewOfficer {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly role: OfficerRole;
  readonly unit: string;
  readonly agencyId: string;
  readonly passwordHash: string;
  readonly totpSealed: string;
  readonly email?: string | undefined;
}

export async function insertOfficer(database: Database, tenant: string, one: NewOfficer): Promise<void> {
  await database
    .forTenant(tenant)
    .run(insert, [
      one.id,
      one.username,
      one.name,
      one.role,
      one.unit,
      one.agencyId,
      one.passwordHash,
      one.totpSealed,
      one.email ?? null,
    ]);
}

export async function listUsernames(database: Database, tenant: string): Promise<string[]> {
  return (await database.forTenant(tenant).many(usernames, [])).map((row) => row.username);
}
