/** What every page of the step designer is made with. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { isId } from "#kit/ids.ts";
import { adminFramed } from "#province/admin/index.ts";
import type { DeskShell } from "#province/desk/index.ts";
import { forAdministrator, type Officer, type OfficerOf } from "#province/officers/index.ts";
import {
  findVersion,
  listProcesses,
  type ProcessSummary,
  type ProcessVersion,
  type StepActor,
} from "#province/steps/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import type { UnitNames } from "./step-rows.ts";

export interface StepDesignerDeps {
  readonly tenant: Tenant;
  readonly database: Database;
  readonly shell: DeskShell;
  readonly officerOf: OfficerOf;
  readonly clock: Clock;
}

export interface Room extends StepDesignerDeps {
  readonly site: FastifyInstance;
  /** The tenant's. */
  readonly db: Database;
  /** Ids that a drawing may name. */
  readonly units: ReadonlySet<string>;
}

export interface Asked {
  readonly room: Room;
  readonly officer: Officer;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export function openRoom(site: FastifyInstance, deps: StepDesignerDeps): Room {
  const { tenant } = deps;
  return {
    ...deps,
    site,
    db: deps.database.forTenant(tenant.code),
    units: new Set(tenant.agencies.flatMap(({ id, identifier }) => [id, identifier])),
  };
}

export function asked(room: Room, work: (now: Asked) => Promise<unknown>) {
  return forAdministrator(room.officerOf, (officer, request, reply) => work({ room, officer, request, reply }));
}

export function framedOf({ room, officer, request }: Asked): ReturnType<typeof adminFramed> {
  return adminFramed(room.shell, officer, request);
}

export function actorOf({ officer }: Asked): StepActor {
  return { kind: "officer", id: officer.id, name: officer.name };
}

export function unitNames({ room, request }: Asked): UnitNames {
  const { lang } = request;
  return new Map(
    room.tenant.agencies.flatMap(({ id, identifier, shortName }) => [
      [id, shortName[lang]] as const,
      [identifier, shortName[lang]] as const,
    ]),
  );
}

/** The process in the address. */
export async function processOf({ room, request }: Asked): Promise<ProcessSummary> {
  const { id } = request.params as { id: string };
  const found = isId(id) ? (await listProcesses(room.db)).find((one) => one.id === id) : undefined;
  if (!found) throw new AppError("not-found", { message: "no such process" });
  return found;
}

export async function versionOf(now: Asked, processId: string, number: number | undefined): Promise<ProcessVersion> {
  const found = number === undefined ? undefined : await findVersion(now.room.db, processId, number);
  if (!found) throw new AppError("not-found", { message: "no such version" });
  return found;
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === "string" && /^\d{1,6}$/.test(value) ? Number(value) : undefined;
}
