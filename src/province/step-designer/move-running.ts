/** Running dossiers of a process from one version to another, each in a transaction of its own. */
import type { Database } from "#kit/db.ts";
import { listRunning, type MoveReport, moveInstance, planMove, type StepActor } from "#province/steps/index.ts";

/** Of one look and one move; who has more does it again. */
export const RUNNING_MOST = 100;

export async function planRunning(
  db: Database,
  processId: string,
  from: number,
  to: number,
): Promise<readonly (MoveReport & { readonly label: string })[]> {
  const running = (await listRunning(db, processId, from)).slice(0, RUNNING_MOST);
  const plans: (MoveReport & { readonly label: string })[] = [];
  for (const { dossierId, code, number } of running) {
    const report = await planMove(db, dossierId, to);
    if (report) plans.push({ ...report, label: code ?? String(number) });
  }
  return plans;
}

/** What does not fit, or was ended meanwhile, stays where it is. */
export async function moveRunning(
  db: Database,
  processId: string,
  { from, to, by }: { readonly from: number; readonly to: number; readonly by: StepActor },
): Promise<{ readonly moved: number; readonly stayed: number }> {
  const running = (await listRunning(db, processId, from)).slice(0, RUNNING_MOST);
  let moved = 0;
  for (const { dossierId } of running) {
    const done = await moveInstance(db, { dossierId, version: to, by });
    if (done.ok) moved += 1;
  }
  return { moved, stayed: running.length - moved };
}
