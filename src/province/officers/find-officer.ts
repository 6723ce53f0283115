import type { Database } from "#kit/db.ts";
import type { Officer, OfficerRole } from "./officer.ts";
import { readOfficer, readOfficers } from "./officer-store.ts";

/** An officer of the province who may work; undefined when disabled or unknown. */
export function findOfficer(database: Database, tenant: string, id: string): Promise<Officer | undefined> {
  return readOfficer(database.forTenant(tenant), id);
}

/** Officers of these roles who may work, by name. */
export function listOfficers(database: Database, tenant: string, roles: readonly OfficerRole[]): Promise<Officer[]> {
  return readOfficers(database.forTenant(tenant), roles);
}
