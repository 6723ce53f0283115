/** A draft follows its procedure: what was typed under an older version goes on under the one in force. */
import { findProcedure } from "#province/catalogue/index.ts";
import { formChanges, type FormChanges } from "#province/forms/index.ts";
import { writeCarriedSeen, writeCarry } from "./draft-store.ts";
import type { FilingDeps } from "./filing-deps.ts";
import type { FilingDraft } from "./filing-draft.ts";
import { findFilingVersion } from "./filing-procedure.ts";

/** A draft with what its owner must know about its version. */
export interface CarriedDraft extends FilingDraft {
  /** What is new since it was typed, until the person has said that they saw it. */
  readonly changes?: FormChanges;
  /** Nobody can file this procedure here now; the draft is kept as it is. */
  readonly withdrawn?: true;
}

/**
 * Answers are found again by their stable ids; those of questions that are gone stay with the draft unseen. A filed
 * dossier keeps its version for ever.
 */
export async function carryDraft(deps: FilingDeps, draft: FilingDraft): Promise<CarriedDraft> {
  const { dossier } = draft;
  if (dossier.state !== "draft") return draft;
  const { code, version } = dossier.procedure;
  const inForce = await findProcedure(deps.database.forTenant(deps.tenant.code), code, deps.clock);
  if (!inForce?.fileable) return { ...draft, withdrawn: true };
  if (inForce.version === version) return withChanges(deps, draft, dossier.carriedFrom);
  const procedure = await findFilingVersion(deps, code, inForce.version);
  if (!procedure) return { ...draft, withdrawn: true };
  const fresh = {
    code,
    version: inForce.version,
    name: inForce.name,
    fieldCode: inForce.field.code,
    fieldName: inForce.field.name,
  };
  await writeCarry(deps.database, keyOf(deps, draft), version, fresh);
  const carried = { ...draft, procedure, dossier: { ...dossier, procedure: fresh } };
  return withChanges(deps, carried, dossier.carriedFrom ?? version);
}

async function withChanges(deps: FilingDeps, draft: FilingDraft, from: number | null): Promise<CarriedDraft> {
  if (from === null) return draft;
  const before = await findFilingVersion(deps, draft.dossier.procedure.code, from);
  if (!before) return draft;
  const changes = formChanges(before.form, draft.procedure.form, draft.answers);
  // Another fee or another word is no news for whoever is typing.
  const silent = changes.added.length + changes.gone.length + changes.changed.length === 0;
  return silent ? draft : { ...draft, changes };
}

/** The person has read what is new. */
export async function acknowledgeChanges(deps: FilingDeps, draft: FilingDraft): Promise<void> {
  await writeCarriedSeen(deps.database, keyOf(deps, draft));
}

function keyOf(deps: FilingDeps, { dossier }: FilingDraft) {
  return { tenant: deps.tenant.code, dossierId: dossier.id, applicantSub: dossier.applicantSub };
}
