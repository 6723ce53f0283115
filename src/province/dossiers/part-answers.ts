/** A part's answers as its own form keeps them: what the account and the unit say is filled in, what nobody asks is left out. */
import { plainDateOf } from "#kit/calendar.ts";
import { type Answers as FormAnswers, pruneAnswers } from "#province/forms/index.ts";
import type { Answers, Applicant } from "./dossier.ts";
import { formContext, toStored } from "./filing-draft.ts";
import { findFilingVersion } from "./filing-procedure.ts";

type Place = Parameters<typeof findFilingVersion>[0];

export interface PartToComplete {
  readonly procedure: { readonly code: string; readonly version: number };
  readonly agency: { readonly name: string };
  readonly applicant: Applicant;
  readonly filedAt: Date;
}

/** Unchanged when the procedure has no form. */
export async function completePart(place: Place, part: PartToComplete, answers: Answers): Promise<Answers> {
  const filing = await findFilingVersion(place, part.procedure.code, part.procedure.version);
  if (!filing) return answers;
  const context = { today: plainDateOf(part.filedAt), ...formContext(part.applicant, part.agency.name, null) };
  return toStored(pruneAnswers(filing.form, answers as FormAnswers, context));
}
