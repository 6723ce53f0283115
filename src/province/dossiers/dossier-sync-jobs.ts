/**
 * Delivers each change of a dossier to the national portal: the dossier as it stands now, then the step that was made.
 * The outbox keeps the order per dossier and repeats until it is through; both messages may arrive twice without harm.
 */
import { crashPoint } from "#kit/crash-points.ts";
import { AppError } from "#kit/errors.ts";
import { type Job, type JobHandler, JobRefused } from "#kit/jobs.ts";
import type { Database } from "#kit/db.ts";
import {
  buildDossierRecord,
  buildProgressRecord,
  createSyncClient,
  type DossierFacts,
  type SyncClient,
} from "#protocols/dossier-sync/index.ts";
import { wayOf } from "#province/procedure/index.ts";
import type { Dossier, DossierFile, HistoryEntry, SupplementRound } from "./dossier.ts";
import { toNationalStatus } from "./dossier-lifecycle.ts";
import { findDossier, listFiles, listHistory, listSupplements } from "./dossier-view.ts";
import { messages } from "./messages.ts";
import { dossierPaths } from "./paths.ts";

/** One line that a dossier owes, as the fees room tells it. Amounts in đồng. */
export interface SyncedDue {
  readonly code: string;
  readonly name: string;
  readonly amount: number;
  readonly withResult: boolean;
}

export interface SyncTenant {
  readonly code: string;
  /** The province's own identifier, e.g. 000.00.00.H53 (madonvi) */
  readonly unit: string;
  /** Origin of its portal: links in the messages lead there. */
  readonly portal: string;
  readonly password: string;
}

export interface DossierSyncDeps {
  readonly database: Database;
  /** Address of the national portal's synchronisation. */
  readonly url: string;
  readonly tenants: readonly SyncTenant[];
  /** The linked filing that a part belongs to; undefined for a dossier by itself and for a whole. */
  readonly linkOf?: (dossier: Dossier) => Promise<{ readonly province: string; readonly number: number } | undefined>;
  /** Lines owed by a dossier; without it none are sent. */
  readonly duesOf?: (tenant: string, dossierId: string) => Promise<readonly SyncedDue[]>;
}

/** Handlers for the province's worker. */
export function dossierSyncJobs(deps: DossierSyncDeps): Record<"dossier-sync", JobHandler> {
  const clients = new Map<string, SyncClient>();
  const clientOf = (tenant: SyncTenant): SyncClient => {
    const known = clients.get(tenant.code);
    if (known) return known;
    const made = createSyncClient({
      url: deps.url,
      username: tenant.code,
      password: tenant.password,
      unit: tenant.unit,
    });
    clients.set(tenant.code, made);
    return made;
  };
  return {
    "dossier-sync": async (job) => {
      const { dossierId, seq } = payloadOf(job);
      const tenant = deps.tenants.find((one) => one.code === job.tenant);
      if (!tenant) throw new JobRefused(`no synchronisation is configured for "${job.tenant ?? ""}"`);
      await deliver(deps, clientOf(tenant), tenant, dossierId, seq);
    },
  };
}

async function deliver(
  deps: DossierSyncDeps,
  client: SyncClient,
  tenant: SyncTenant,
  dossierId: string,
  seq: number,
): Promise<void> {
  const key = { tenant: tenant.code, dossierId };
  const dossier = await findDossier(deps.database, key);
  if (!dossier || dossier.number === null || dossier.filedAt === null)
    throw new JobRefused(`dossier ${dossierId} is not filed`);
  const [files, rounds, history, dues, link] = await Promise.all([
    listFiles(deps.database, key),
    listSupplements(deps.database, key),
    listHistory(deps.database, key),
    deps.duesOf?.(tenant.code, dossierId) ?? [],
    deps.linkOf?.(dossier),
  ]);
  const step = history.find((entry) => entry.seq === seq);
  try {
    await client.sendDossier(
      buildDossierRecord({ ...factsOf(dossier, { files, rounds, dues, tenant }), ...(link ? { partOf: link } : {}) }),
      step?.action !== "file",
    );
    if (step) await client.sendProgress([progressOf(dossier, step)]);
    // F16: the portal has it and the job does not know; it is sent again and changes nothing there.
    crashPoint("F16");
  } catch (error) {
    // What the portal refuses as wrong stays wrong: buried for the operator instead of blocking the dossier's later changes.
    if (error instanceof AppError && error.code === "invalid") throw new JobRefused(error.message);
    throw error;
  }
}

function factsOf(
  dossier: Dossier,
  more: {
    files: readonly DossierFile[];
    rounds: readonly SupplementRound[];
    dues: readonly SyncedDue[];
    tenant: SyncTenant;
  },
): DossierFacts {
  const { applicant, procedure } = dossier;
  const link = (path: string) => new URL(path, more.tenant.portal).href;
  const total = more.dues.reduce((sum, line) => sum + line.amount, 0);
  return {
    number: dossier.number ?? 0,
    code: dossier.code,
    version: dossier.version,
    link: link(dossierPaths.dossier(dossier.id)),
    procedure: {
      code: procedure.code,
      name: procedure.name.vi,
      fieldCode: procedure.fieldCode,
      fieldName: procedure.fieldName.vi,
    },
    way: wayOf(dossier.channel),
    filedAtNationalPortal: dossier.channel === "national-portal",
    holder: dossier.holderName || applicant.name,
    // Served at a counter without an account: the portal knows the person by the identity paper only.
    techId: dossier.applicantSub.startsWith("quay:") ? "" : dossier.applicantSub,
    identityNumber: applicant.identityNumber,
    email: applicant.email ?? "",
    phone: applicant.phone ?? "",
    summary: dossier.summary || procedure.name.vi,
    note: dossier.reason ?? "",
    status: dossier.state === "draft" ? 1 : toNationalStatus(dossier.state),
    filedAt: dossier.filedAt ?? dossier.createdAt,
    receivedAt: dossier.receivedAt,
    dueAt: dossier.dueAt,
    finishedAt: dossier.finishedAt,
    returnedAt: dossier.returnedAt,
    refusedAt: dossier.ending === "declined" || dossier.ending === "refused" ? dossier.finishedAt : null,
    returnedByPost: dossier.delivery?.receive === "home" || dossier.delivery?.receive === "post",
    agencyName: dossier.agency.name,
    owed: dossier.feeState === "due" ? total : 0,
    payableOnline: total > 0,
    papers: more.files
      .filter((file) => file.status === "active" || file.status === "dropping")
      .map((file) => ({
        id: file.id,
        name: file.name,
        component: file.component,
        link: link(dossierPaths.file(file.id)),
      })),
    dues: more.dues,
    supplements: more.rounds.map((round) => ({
      round: round.round,
      by: round.requestedBy.name,
      text: [round.text, ...round.items.map((item) => `${item.label}: ${item.reason}`)].filter(Boolean).join("\n"),
      askedAt: round.requestedAt,
      answeredAt: round.answeredAt,
    })),
    results:
      dossier.state === "returned" && dossier.resultFile && dossier.resultId
        ? [
            {
              id: dossier.resultId,
              name: dossier.resultFile.name,
              link: link(dossierPaths.resultFile(dossier.id)),
              code: "",
            },
          ]
        : [],
  };
}

function progressOf(dossier: Dossier, step: HistoryEntry) {
  const words = messages.vi.actions;
  const action = Object.hasOwn(words, step.action) ? words[step.action as keyof typeof words] : step.action;
  return buildProgressRecord({
    dossierCode: dossier.code ?? String(dossier.number),
    by: step.actor.name,
    role: { citizen: "Người nộp", officer: "Cán bộ", system: "Hệ thống" }[step.actor.kind],
    at: step.at,
    unit: dossier.unit?.name ?? dossier.agency.name,
    content: step.action === "step" && typeof step.detail.step === "string" ? `${action}: ${step.detail.step}` : action,
    status: step.to === "draft" ? 1 : toNationalStatus(step.to),
    dueAt: dossier.dueAt,
  });
}

function payloadOf(job: Job): { dossierId: string; seq: number } {
  const { dossierId, seq } = job.payload as { dossierId?: unknown; seq?: unknown };
  if (typeof dossierId !== "string" || typeof seq !== "number") throw new JobRefused("not a synchronisation job");
  return { dossierId, seq };
}
