/** Dossiers that run through a drawn process, and the officers who move them: for tests. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "#kit/db.ts";
import { listOfficers, type OfficerRole } from "#province/officers/index.ts";
import {
  listSteps,
  publishProcess,
  saveProcess,
  type StepActor,
  type StepTask,
  useProcessFor,
} from "#province/steps/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import type { OfficerActor } from "./change-dossier.ts";
import { aDraft, birthProcedure, tomorrow } from "./dossier-examples.ts";
import { findDossier } from "./dossier-view.ts";
import { fileDossier } from "./file-dossier.ts";
import { receiveDossier } from "./receive-dossier.ts";
import { newSecretId } from "#kit/ids.ts";

const TENANT = "tayninh";
const agency = { id: "xa-25681", name: "UBND thị trấn Bến Cầu", identifier: "000.20.31.H53" };
export const drawer: StepActor = {
  kind: "officer",
  id: "01900000-0000-7000-8000-00000000aaa1",
  name: "Cao Thanh Tùng",
};
export const publisher: StepActor = {
  kind: "officer",
  id: "01900000-0000-7000-8000-00000000aaa2",
  name: "Hồ Ngọc Diễm",
};

export function unitsOfTayNinh(): ReadonlySet<string> {
  return new Set(findTenant(TENANT).agencies.flatMap(({ id, identifier }) => [id, identifier]));
}

/** One of the standard processes, as its file stands. */
export function standardProcess(name: string): string {
  return readFileSync(join(import.meta.dirname, `../../../procedures/processes/${name}.bpmn`), "utf8");
}

/** Draws and publishes a process; from now on birth registrations run through it. Answers its id. */
export async function useProcess(database: Database, xml: string): Promise<string> {
  const db = database.forTenant(TENANT);
  const units = unitsOfTayNinh();
  const saved = await saveProcess(db, { name: "Thử", xml, by: drawer, units });
  if (!saved.ok || saved.problems.length > 0) throw new Error(JSON.stringify(saved));
  const { processId, version, revision } = saved;
  const published = await publishProcess(db, { processId, version, revision, by: publisher, units });
  if (!published.ok) throw new Error(published.reason);
  await useProcessFor(db, { scope: "procedure", code: birthProcedure.code, processId, by: publisher });
  return processId;
}

export async function officerActor(database: Database, role: OfficerRole): Promise<OfficerActor> {
  const [officer] = await listOfficers(database, TENANT, [role]);
  if (!officer) throw new Error(`no ${role}`);
  return { kind: "officer", id: officer.id, name: officer.name };
}

/** A dossier of Bến Cầu that was filed. */
export async function aFiledForProcess(database: Database): Promise<string> {
  const { dossierId, person } = await aDraft(database, { agency });
  const filed = await fileDossier(database, {
    tenant: TENANT,
    dossierId,
    applicantSub: person.sub,
    submissionId: newSecretId(),
    answers: {},
    delivery: { handIn: "online", receive: "online" },
    dues: [],
  });
  if (!filed.ok) throw new Error(filed.reason);
  return dossierId;
}

/** A dossier of Bến Cầu that the one-stop officer has received. */
export async function aReceivedDossier(database: Database): Promise<string> {
  const dossierId = await aFiledForProcess(database);
  const actor = await officerActor(database, "one-stop");
  const received = await receiveDossier(database, await acting(database, dossierId, actor), { dueTimeOf: tomorrow });
  if (!received.ok) throw new Error(received.reason);
  return dossierId;
}

export async function openSteps(database: Database, dossierId: string): Promise<readonly StepTask[]> {
  return (await listSteps(database.forTenant(TENANT), dossierId))?.now ?? [];
}

/** What an officer's action names, of the dossier as it stands now. */
export async function acting(database: Database, dossierId: string, actor: OfficerActor) {
  const dossier = await findDossier(database, { tenant: TENANT, dossierId });
  if (!dossier) throw new Error("no such dossier");
  return { tenant: TENANT, dossierId, expectedVersion: dossier.version, actor };
}
