/** The published procedure that is filed, with its form and the offices that take it. */
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { fold } from "#kit/vietnamese.ts";
import {
  findProcedure,
  getProcedureForm,
  getProcedureVersion,
  listAgenciesOffering,
} from "#province/catalogue/index.ts";
import type { FormDefinition } from "#province/forms/index.ts";
import type { ProcedureDefinition } from "#province/procedure/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import { procedureForOfficer } from "./officer-words.ts";

/** A unit at which the procedure can be filed. */
export interface FilingAgency {
  readonly id: string;
  readonly name: string;
  readonly identifier: string;
  /** "Thị trấn Bến Cầu" */
  readonly shortName: string;
  /** The district it lies in, for grouping a long list; absent for the province's own. */
  readonly group?: string;
}

export interface FilingProcedure {
  readonly definition: ProcedureDefinition;
  readonly version: number;
  readonly form: FormDefinition;
}

interface Place {
  readonly database: Database;
  readonly tenant: Tenant;
  /** An officer files for somebody: the questions are put to the officer. */
  readonly counter?: unknown;
}

// A published version never changes, so that it may be kept; bounded, because provinces publish thousands.
const CACHE_MAX = 300;
const versions = new Map<string, FilingProcedure>();

/** The version a draft was begun under; undefined when it is unknown or has no form. */
export async function findFilingVersion(
  place: Place,
  code: string,
  version: number,
): Promise<FilingProcedure | undefined> {
  const key = `${place.tenant.code} ${code} ${version}`;
  const spoken = (one: FilingProcedure) => (place.counter === undefined ? one : procedureForOfficer(one));
  const known = versions.get(key);
  if (known) return spoken(known);
  const db = place.database.forTenant(place.tenant.code);
  const [definition, form] = await Promise.all([
    getProcedureVersion(db, code, version),
    getProcedureForm(db, code, version),
  ]);
  if (!definition || !form) return undefined;
  // The form was checked when the version was published.
  const found = { definition, version, form: form as FormDefinition };
  if (versions.size >= CACHE_MAX) versions.delete(versions.keys().next().value ?? "");
  versions.set(key, found);
  return spoken(found);
}

/** What is in force today: the definition, and its form when it can be filed here. */
export async function findFilingToday(
  place: Place & { readonly clock: Clock },
  code: string,
): Promise<
  | { definition: ProcedureDefinition; filing: FilingProcedure | undefined; agencies: readonly FilingAgency[] }
  | undefined
> {
  const db = place.database.forTenant(place.tenant.code);
  const definition = await findProcedure(db, code, place.clock);
  if (!definition) return undefined;
  const filing = definition.fileable ? await findFilingVersion(place, code, definition.version) : undefined;
  const names = new Map(place.tenant.agencies.map((agency) => [agency.id, agency.shortName.vi]));
  const agencies = (await listAgenciesOffering(db, code)).map((agency): FilingAgency => {
    const { id, name, shortName, identifier, parentId, level } = agency;
    const group = level === "commune" && parentId ? names.get(parentId) : undefined;
    return { id, name: name.vi, shortName: shortName.vi, identifier, ...(group ? { group } : {}) };
  });
  return { definition, filing, agencies };
}

/** The office of the commune that the person's address names: set beforehand, and theirs to change. */
export function suggestedAgency(
  agencies: readonly FilingAgency[],
  address: string | undefined,
): FilingAgency | undefined {
  const parts = (address ?? "").split(",").map((part) => fold(part.trim()));
  const named = (name: string | undefined): boolean => name !== undefined && parts.includes(fold(name));
  return agencies.find((agency) => named(agency.group) && named(agency.shortName));
}

const areas = new WeakMap<Tenant, readonly string[]>();

/** "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh" for every commune of the province. */
export function areasOf(tenant: Tenant): readonly string[] {
  const known = areas.get(tenant);
  if (known) return known;
  const names = new Map(tenant.agencies.map((agency) => [agency.id, agency]));
  const made = tenant.agencies
    .filter((agency) => agency.level === "commune")
    .map((agency) => {
      const district = agency.parentId ? names.get(agency.parentId) : undefined;
      return [
        agency.shortName.vi,
        ...(district?.level === "district" ? [district.shortName.vi] : []),
        tenant.provinceName.vi,
      ].join(", ");
    });
  areas.set(tenant, made);
  return made;
}
