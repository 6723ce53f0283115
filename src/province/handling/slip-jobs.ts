/** The worker's part: a slip that the desk did not come to make, and those of what the system did by itself. */
import { type JobHandler, JobRefused } from "#kit/jobs.ts";
import { findDossier, listHistory } from "#province/dossiers/index.ts";
import { findSlipOf } from "#province/slips/index.ts";
import { type Issuing, issueOwedSlip } from "./issue-slips.ts";
import { owedBy } from "./owed-slips.ts";

/**
 * `of`: what issuing needs for a province, undefined for one that this process does not serve. Safe to repeat: a slip with
 * its file is left alone. One that cannot be made is tried again by the queue, and stays with the operator in the end.
 */
export function slipJobs(of: (tenant: string) => Issuing | undefined): Record<"slip-owed", JobHandler> {
  return {
    "slip-owed": async (job) => {
      const { dossierId, seq } = job.payload as { dossierId?: string; seq?: number };
      const deps = job.tenant ? of(job.tenant) : undefined;
      if (!deps || !dossierId || !seq) throw new JobRefused("a slip of no dossier");
      const key = { tenant: deps.tenant.code, dossierId };
      const [dossier, history] = await Promise.all([findDossier(deps.database, key), listHistory(deps.database, key)]);
      const entry = history.find((one) => one.seq === seq);
      const owed = entry && owedBy(entry);
      if (!dossier || !entry || !owed) return;
      const db = deps.database.forTenant(deps.tenant.code);
      const known = await findSlipOf(db, dossierId, owed.kind, owed.occasion);
      if (known?.fileSha256) return;
      await issueOwedSlip(deps, undefined, dossier, entry);
    },
  };
}
