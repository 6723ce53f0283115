/** What the handling room needs, and how it finds the dossier an officer may open. */
import type { FastifyRequest } from "fastify";
import { type Clock, systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import type { BlobStore } from "#kit/files.ts";
import { isId } from "#kit/ids.ts";
import type { Signer } from "#kit/signing/index.ts";
import type { DeskShell } from "#province/desk/index.ts";
import { type Dossier, findDossier, type OfficerActor } from "#province/dossiers/index.ts";
import { agenciesInScope, type DeskAction, mayDo, type Officer, type OfficerOf } from "#province/officers/index.ts";
import type { SlipDependencies } from "#province/slips/index.ts";
import { type Agency, agencyOf, type Tenant } from "#province/tenants/index.ts";

/** Whose keys sign: the demo's own authority, or tokens, services and an HSM by configuration. */
export interface DeskSigners {
  officer(officer: Officer, agency: Agency): Promise<Signer>;
  /** The agency's seal, put after the leader's signature on a result. */
  seal(agency: Agency): Promise<Signer>;
}

export interface HandlingDeps {
  readonly tenant: Tenant;
  readonly database: Database;
  readonly files: BlobStore;
  readonly shell: DeskShell;
  readonly officerOf: OfficerOf;
  readonly signers: DeskSigners;
  /** Origin of the province's portal: where the QR codes of slips lead. */
  readonly portalOrigin: string;
  readonly dataKey: string;
  readonly clock?: Clock;
  /** How a slip becomes a page; another one only in tests of what a failing template does. */
  readonly renderSlip?: SlipDependencies["render"];
}

export function clockOf(deps: Pick<HandlingDeps, "clock">): Clock {
  return deps.clock ?? systemClock;
}

/**
 * The dossier of the address. One that is a draft, of another unit or of another province looks as if it did not exist.
 */
export function dossierOf(deps: HandlingDeps, officer: Officer, request: FastifyRequest): Promise<Dossier> {
  return dossierFor(deps, officer, (request.params as { id?: string }).id);
}

/** As `dossierOf`, by its id. */
export async function dossierFor(deps: HandlingDeps, officer: Officer, id: unknown): Promise<Dossier> {
  const dossier = isId(id) ? await findDossier(deps.database, { tenant: deps.tenant.code, dossierId: id }) : undefined;
  if (!dossier || !isOpenTo(deps, officer, dossier)) {
    throw new AppError("not-found", { message: "no such dossier for this officer" });
  }
  return dossier;
}

/** Filed, and in the officer's units: what is still a draft is the citizen's alone, its papers too. */
export function isOpenTo(deps: Pick<HandlingDeps, "tenant">, officer: Officer, dossier: Dossier): boolean {
  return (
    dossier.state !== "draft" && agenciesInScope(deps.tenant.agencies, officer.agencyId).includes(dossier.agency.id)
  );
}

/** The whole of a linked filing: its parts are given to officers, itself to nobody. */
export function isHandledInParts({ id, linkedWhole }: Pick<Dossier, "id" | "linkedWhole">): boolean {
  return linkedWhole ? linkedWhole === id : false;
}

export function actorOf(officer: Officer): OfficerActor {
  return { kind: "officer", id: officer.id, name: officer.name };
}

/** Refuses what the officer's role does not do; the page shows no button for it, so this is a made-up request. */
export function requireRole(officer: Officer, action: DeskAction): void {
  if (!mayDo(officer, action))
    throw new AppError("forbidden", { reason: "role", message: `${officer.role} does not ${action}` });
}

/** The unit that settles the dossier; the officer's own when the province's list no longer has it. */
export function agencyOfDossier(deps: Pick<HandlingDeps, "tenant">, dossier: Dossier): Agency {
  const agency =
    agencyOf(deps.tenant, dossier.agency.id) ??
    agencyOf(deps.tenant, dossier.agency.identifier) ??
    deps.tenant.agencies[0];
  if (!agency) throw new Error(`${deps.tenant.code} has no agencies`);
  return agency;
}
