/** The moves of an internal procedure that are killed, and repeated by the test itself. */
import type { Database } from "#kit/db.ts";
import { createWorker } from "#kit/jobs.ts";
import { createLog } from "#kit/log.ts";
import {
  completeStep,
  findDossier,
  forwardDossier,
  type OfficerActor,
  processJobs,
  receiveDossier,
} from "#province/dossiers/index.ts";
import { listOfficers, type OfficerRole } from "#province/officers/index.ts";

export type ProcessStep =
  | { readonly do: "receive" | "forward"; readonly dossierId: string; readonly version: number }
  | { readonly do: "step"; readonly dossierId: string; readonly taskId: string }
  | { readonly do: "timers" };

const tenant = "tayninh";

export async function moveProcess(database: Database, step: ProcessStep): Promise<unknown> {
  switch (step.do) {
    case "receive":
      return receiveDossier(
        database,
        { tenant, ...seen(step), actor: await officer(database, "one-stop") },
        {
          dueTimeOf: async (_database, _dossier, at) => ({
            at: new Date(at.getTime() + 86_400_000),
            explanation: { rule: null, lines: [], provisional: false },
          }),
        },
      );
    case "forward": {
      const to = { officer: await officer(database, "specialist") };
      return forwardDossier(database, { tenant, ...seen(step), actor: await officer(database, "one-stop"), to });
    }
    case "step": {
      const { dossierId, taskId } = step;
      const actor = await officer(database, "specialist");
      const words = { content: "Đã nghiên cứu.", files: [] };
      return completeStep(database, { tenant, dossierId, taskId, revision: 1, actor, ...words });
    }
    case "timers": {
      // Long after: every timer has passed.
      const clock = { now: () => new Date(Date.now() + 60 * 86_400_000) };
      return createWorker({ database, log: createLog("step"), handlers: processJobs(database, clock) }).drain();
    }
  }
}

function seen(step: { readonly dossierId: string; readonly version: number }) {
  return { dossierId: step.dossierId, expectedVersion: step.version };
}

async function officer(database: Database, role: OfficerRole): Promise<OfficerActor> {
  const [found] = await listOfficers(database, tenant, [role]);
  if (!found) throw new Error(`no ${role}`);
  return { kind: "officer", id: found.id, name: found.name };
}

/** The version that an officer sees now. */
export async function versionOf(database: Database, dossierId: string): Promise<number> {
  return (await findDossier(database, { tenant, dossierId }))?.version ?? 0;
}
