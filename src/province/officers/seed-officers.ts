import { hashPassword, sealJson } from "#kit/crypto.ts";
import type { Database } from "#kit/db.ts";
import { newId } from "#kit/ids.ts";
import { agencyOf, type Tenant } from "#province/tenants/index.ts";
import type { OfficerRole } from "./officer.ts";
import { insertOfficer, listUsernames } from "./officer-store.ts";
import { TOTP_PURPOSE } from "./sign-in.ts";

/** An officer as a list of new ones gives it. */
export interface OfficerToAdd {
  readonly province: string;
  readonly username: string;
  readonly password: string;
  readonly totpSecret: string;
  readonly name: string;
  readonly role: OfficerRole;
  readonly unit: string;
  /** Identifier of the agency, e.g. 000.00.00.H53. */
  readonly agency: string;
  /** Where reminders go. */
  readonly email?: string;
}

/** Adds those of this province who are not there yet; repeating it changes nothing. Answers how many were added. */
export async function seedOfficers(
  database: Database,
  tenant: Tenant,
  officers: readonly OfficerToAdd[],
  dataKey: string,
): Promise<number> {
  const known = new Set(await listUsernames(database, tenant.code));
  const missing = officers.filter((one) => one.province === tenant.code && !known.has(one.username));
  for (const one of missing) {
    const agency = agencyOf(tenant, one.agency);
    if (!agency) throw new Error(`${one.username}: ${tenant.code} has no agency ${one.agency}`);
    await insertOfficer(database, tenant.code, {
      id: newId(),
      username: one.username,
      name: one.name,
      role: one.role,
      unit: one.unit,
      agencyId: agency.id,
      passwordHash: await hashPassword(one.password),
      totpSealed: sealJson(dataKey, TOTP_PURPOSE, one.totpSecret),
      email: one.email,
    });
  }
  return missing.length;
}

/** Demo officers in this database, one line each: production refuses to start while there are any. */
export async function findDemoOfficers(
  database: Database,
  tenant: string,
  demo: readonly { readonly username: string }[],
): Promise<string[]> {
  const names = new Set(demo.map((one) => one.username));
  return (await listUsernames(database, tenant))
    .filter((name) => names.has(name))
    .map((name) => `officer ${name} of ${tenant}`);
}
