/** What the opinions room is given, and who may do what with one. */
import type { FastifyReply } from "fastify";
import type { Clock } from "#kit/clock.ts";
import type { PostWithFilesDeps } from "#province/conversation/index.ts";
import type { DeskShell } from "#province/desk/index.ts";
import type { Dossier } from "#province/dossiers/index.ts";
import type { Officer, OfficerOf } from "#province/officers/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import type { Opinion, OpinionFile } from "./opinion.ts";

export interface OpinionRouteDeps extends PostWithFilesDeps {
  readonly tenant: Tenant;
  readonly shell: DeskShell;
  readonly officerOf: OfficerOf;
  readonly clock: Clock;
  /** The dossier when this officer may open it; else it looks as if it did not exist. */
  dossierOf(officer: Officer, dossierId: unknown): Promise<Dossier>;
  /** Shows a file as the desk does, and leaves a trace of the reading. */
  openFile(
    officer: Officer,
    reply: FastifyReply,
    file: OpinionFile,
    about: { readonly opinion: string },
  ): Promise<FastifyReply>;
}

/** Those who decide on a dossier ask; whoever works there reads what came back. */
export function mayAsk(officer: Pick<Officer, "role">): boolean {
  return officer.role === "specialist" || officer.role === "leader";
}

/** The named officer alone, or those of the unit who handle dossiers. */
export function isAsked(officer: Officer, opinion: Pick<Opinion, "agencyId" | "officerId">): boolean {
  if (opinion.officerId !== null) return opinion.officerId === officer.id;
  return opinion.agencyId === unitAsked(officer);
}

/** The unit for which an officer may answer; none for those who handle no dossiers. */
export function unitAsked({ role, agencyId }: Pick<Officer, "role" | "agencyId">): string {
  return role === "accountant" ? "" : agencyId;
}
