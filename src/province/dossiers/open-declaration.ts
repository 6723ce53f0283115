/** The declaration (tờ khai) of a dossier: drawn from its answers, kept when it is filed and after each answered supplement. */
import { plainDateOf } from "#kit/calendar.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import type { BlobStore } from "#kit/files.ts";
import { type Job, type JobHandler, JobRefused } from "#kit/jobs.ts";
import { findDeclaration, keepDeclaration, renderDeclaration } from "#province/declarations/index.ts";
import type { Answers } from "#province/forms/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import type { Dossier } from "./dossier.ts";
import { findDossier } from "./dossier-view.ts";
import { formContext } from "./filing-draft.ts";
import { findFilingVersion } from "./filing-procedure.ts";
import { dossierPaths } from "./paths.ts";

export interface DeclarationPlace {
  readonly database: Database;
  readonly store: BlobStore;
  readonly clock: Clock;
  readonly tenant: Tenant;
  /** Where its QR code leads. */
  readonly portalOrigin: string;
}

const BYTES_MAX = 5_000_000;

export interface OpenedDeclaration {
  readonly bytes: Uint8Array;
  readonly name: string;
}

/** Of a filed dossier the kept one; of a draft, and in the moment before the worker has kept it, drawn now. */
export async function openDeclaration(place: DeclarationPlace, dossier: Dossier): Promise<OpenedDeclaration> {
  const kept =
    dossier.state === "draft"
      ? undefined
      : await findDeclaration(place.database.forTenant(place.tenant.code), dossier.id);
  const bytes = kept ? await place.store.read(kept.sha256) : await draw(place, dossier);
  return { bytes, name: `to-khai-${dossier.code ?? dossier.number ?? dossier.procedure.code}.pdf` };
}

async function draw(place: DeclarationPlace, dossier: Dossier): Promise<Uint8Array> {
  const { code, version } = dossier.procedure;
  const filing = await findFilingVersion(place, code, version);
  if (!filing) throw new AppError("not-found", { message: "the procedure's version has no form" });
  const { number, filedAt } = dossier;
  const now = place.clock.now();
  return renderDeclaration({
    form: filing.form,
    // What was typed was checked by this form, or is shown as it was typed.
    answers: dossier.answers as Answers,
    context: {
      today: plainDateOf(filedAt ?? now),
      ...formContext(dossier.applicant, dossier.agency.name, dossier.known),
    },
    procedure: { code, name: filing.definition.name.vi },
    agency: dossier.agency.name,
    applicant: dossier.applicant.name,
    locality: place.tenant.provinceName.vi.replace(/^Tỉnh /, ""),
    now,
    ...(number !== null && filedAt
      ? {
          filed: {
            number,
            code: dossier.code,
            at: filedAt,
            address: `${place.portalOrigin}${dossierPaths.dossier(dossier.id)}`,
          },
        }
      : {}),
  });
}

/** Handler for the province's worker: a dossier was filed or a supplement answered. Safe to repeat: the first file counts. */
export function declarationJobs(
  placeOf: (tenant: string) => DeclarationPlace | undefined,
): Record<"declaration", JobHandler> {
  return {
    declaration: async (job: Job) => {
      const { dossierId, seq } = job.payload as { dossierId?: string; seq?: number };
      const place = job.tenant ? placeOf(job.tenant) : undefined;
      if (!place || !dossierId || !seq) throw new JobRefused("a declaration of no dossier");
      const dossier = await findDossier(place.database, { tenant: place.tenant.code, dossierId });
      if (!dossier) throw new JobRefused("no such dossier");
      // A procedure without an e-form (taken in by post) has nothing to declare here.
      if (!(await findFilingVersion(place, dossier.procedure.code, dossier.procedure.version))) return;
      const stored = await place.store.put(await draw(place, dossier), { maxBytes: BYTES_MAX });
      await keepDeclaration(place.database.forTenant(place.tenant.code), dossier.id, { seq, ...stored });
    },
  };
}
