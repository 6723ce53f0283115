/** What every route of the designer needs, and how it finds the copy it is about. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { plainDateOf } from "#kit/calendar.ts";
import { type Clock, systemClock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { adminFramed } from "#province/admin/index.ts";
import type { DeskShell } from "#province/desk/index.ts";
import { forAdministrator, type Officer, type OfficerOf } from "#province/officers/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import { type DesignerRoom, openCopy } from "./change-copy.ts";
import { lintCopy } from "./lint-copy.ts";
import type { CopyFramed } from "./pages/designer-frame.ts";
import type { Editor } from "./working-copy-store.ts";
import type { WorkingCopy } from "./working-copy-view.ts";

export interface DesignerDeps {
  readonly tenant: Tenant;
  readonly database: Database;
  readonly shell: DeskShell;
  readonly officerOf: OfficerOf;
  readonly clock?: Clock;
}

export interface Room extends DesignerRoom, DesignerDeps {
  /** The tenant's. */
  readonly db: Database;
  readonly site: FastifyInstance;
  now(): Date;
  today(): string;
}

export interface Asked {
  readonly room: Room;
  readonly officer: Officer;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export function openRoom(site: FastifyInstance, deps: DesignerDeps): Room {
  const clock = deps.clock ?? systemClock;
  return {
    ...deps,
    site,
    db: deps.database.forTenant(deps.tenant.code),
    now: () => clock.now(),
    today: () => plainDateOf(clock.now()),
  };
}

/** A handler for administrators. */
export function asked(room: Room, work: (asked: Asked) => Promise<unknown>) {
  return forAdministrator(room.officerOf, (officer, request, reply) => work({ room, officer, request, reply }));
}

export const CODE = /^[1-6]\.\d{6}$/;

export function codeOf({ request }: Asked): string {
  const { code } = request.params as { code: string };
  if (!CODE.test(code)) throw new AppError("not-found", { message: "no such procedure" });
  return code;
}

/** The open copy of the procedure in the address. */
export async function copyOf(now: Asked): Promise<WorkingCopy> {
  const copy = await openCopy(now.room, codeOf(now));
  if (!copy) throw new AppError("not-found", { message: "no working copy" });
  return copy;
}

export function editorOf({ officer }: Asked): Editor {
  return { by: `officer:${officer.id}`, byName: officer.name };
}

export function framedOf({ room, officer, request }: Asked): ReturnType<typeof adminFramed> {
  return adminFramed(room.shell, officer, request);
}

export function copyFramed(now: Asked, copy: WorkingCopy): CopyFramed {
  return { ...framedOf(now), copy, findings: lintCopy(copy, now.room.tenant) };
}
