/** A whole dossier at once, by a job that may be run again at any point: one dossier comes of it, or none. */
import type { Answers as FormAnswers } from "#province/forms/index.ts";
import { attachFile } from "./change-files.ts";
import { discardDraft } from "./discard-draft.ts";
import type { Applicant, DossierAgency, Refusal } from "./dossier.ts";
import { insertDraft } from "./dossier-store.ts";
import { findDossierOf } from "./dossier-view.ts";
import { fileReviewed } from "./file-reviewed.ts";
import type { FilingPlace } from "./filing-deps.ts";
import { loadDraft, reviewDraft, toStored } from "./filing-draft.ts";
import type { FilingProcedure } from "./filing-procedure.ts";

export interface PreparedDossier {
  /** Made before the first try, with `submissionId`: another try finds what this one left. */
  readonly id: string;
  readonly submissionId: string;
  readonly person: Applicant;
  readonly procedure: FilingProcedure;
  readonly agency: DossierAgency;
  /** Of the form and of the delivery page. */
  readonly answers: FormAnswers;
  /** Their bytes are in the store. */
  readonly files: readonly {
    readonly component: string;
    readonly name: string;
    readonly sha256: string;
    readonly size: number;
    readonly mediaType: string;
  }[];
}

export type PreparedOutcome =
  | { readonly ok: true; readonly number: number }
  /** Nothing was filed and no draft is left. */
  | { readonly ok: false; readonly reason: Refusal | "incomplete" };

/** Drafts, attaches, looks at the whole as the check page does, files. */
export async function filePrepared(place: FilingPlace, input: PreparedDossier): Promise<PreparedOutcome> {
  const key = { tenant: place.tenant.code, dossierId: input.id, applicantSub: input.person.sub };
  const known = await findDossierOf(place.database, key);
  // The try before was killed between filing and saying so.
  if (known?.number) return { ok: true, number: known.number };
  if (!known) await begin(place, input);
  const refused = await attachAll(place, key, input.files);
  const filed = refused ? { ok: false as const, reason: refused } : await send(place, input);
  if (!filed.ok) await discardDraft(place.database, key);
  return filed;
}

async function begin(place: FilingPlace, { id, person, procedure, agency, answers }: PreparedDossier): Promise<void> {
  const { definition, version } = procedure;
  await insertDraft(place.database, {
    tenant: place.tenant.code,
    id,
    channel: "provincial-portal",
    procedure: {
      code: definition.code,
      version,
      name: definition.name,
      fieldCode: definition.field.code,
      fieldName: definition.field.name,
    },
    agency,
    applicant: person,
    prefill: toStored(answers),
    fresh: true,
    actor: { kind: "citizen", sub: person.sub, name: person.name },
  });
}

async function attachAll(
  place: FilingPlace,
  key: { readonly tenant: string; readonly dossierId: string; readonly applicantSub: string },
  files: PreparedDossier["files"],
): Promise<Refusal | undefined> {
  for (const file of files) {
    const attached = await attachFile(place.database, { ...key, ...file });
    if (!attached.ok) return attached.reason;
  }
  return undefined;
}

async function send(place: FilingPlace, { id, submissionId, person }: PreparedDossier): Promise<PreparedOutcome> {
  const draft = await loadDraft(place, person, id);
  const review = await reviewDraft(place, draft);
  const open = review.errors.length + review.deliveryErrors.length + review.missing.length + review.lost.length;
  if (open > 0 || !review.assessment) return { ok: false, reason: "incomplete" };
  const filed = await fileReviewed(place, { draft, review, submissionId });
  return filed.ok ? { ok: true, number: filed.number } : filed;
}
