/** The dossiers that a linked filing becomes: planned from what was reviewed, each with its procedure as it is in force. */
import { newId } from "#kit/ids.ts";
import { findProcedure } from "#province/catalogue/index.ts";
import { partAnswers, planParts } from "#province/parts/index.ts";
import type { LinkedPart } from "#province/procedure/index.ts";
import { loadTenants } from "#province/tenants/index.ts";
import type { Answers, DossierAgency, DossierDue, DossierProcedure } from "./dossier.ts";
import type { FilingPlace } from "./filing-deps.ts";
import { type FilingDraft, type FilingReview, toStored } from "./filing-draft.ts";
import { completePart } from "./part-answers.ts";

/** One part as the filing transaction writes it. */
export interface FiledPart {
  readonly id: string;
  readonly code: string;
  readonly position: number;
  readonly waitsFor: readonly string[];
  /** Another province that handles it. */
  readonly province: string | null;
  readonly procedure: DossierProcedure;
  readonly agency: DossierAgency;
  readonly answers: Answers;
  readonly dues: readonly DossierDue[];
  readonly summary: string;
  readonly papers: readonly { readonly from: string; readonly to: string }[];
  readonly together: boolean;
}

/** Undefined for a procedure that is not linked. */
export async function filedParts(
  place: FilingPlace,
  { dossier, procedure, context }: FilingDraft,
  review: FilingReview,
  more: { readonly dues: readonly DossierDue[]; readonly holder: string; readonly together: boolean },
): Promise<FiledPart[] | undefined> {
  const { parts } = procedure.definition;
  if (!parts) return undefined;
  const plans = planParts({
    parts,
    answers: review.answers,
    context,
    agency: dossier.agency,
    here: place.tenant,
    provinces: loadTenants(),
  });
  const filedAt = place.clock.now();
  return Promise.all(
    plans.map(async ({ part, province, agency, waitsFor }, position): Promise<FiledPart> => {
      const own = await procedureOf(place, part);
      const known = toStored(partAnswers(part, review.answers, context, {}));
      return {
        id: newId(),
        code: part.code,
        position,
        waitsFor,
        province,
        procedure: own,
        agency,
        // What another province handles is completed by that province's form.
        answers: province
          ? known
          : await completePart(place, { procedure: own, agency, applicant: dossier.applicant, filedAt }, known),
        dues: more.dues.filter(({ code }) => part.fees.includes(code)),
        summary: `${own.name.vi}: ${more.holder}`,
        papers: part.papers.flatMap((paper) => ("from" in paper ? [paper] : [])),
        together: more.together,
      };
    }),
  );
}

async function procedureOf(place: FilingPlace, part: LinkedPart): Promise<DossierProcedure> {
  const found = await findProcedure(place.database.forTenant(place.tenant.code), part.procedure, place.clock);
  if (!found) throw new Error(`${place.tenant.code} does not publish ${part.procedure}, a part of a linked filing`);
  return {
    code: found.code,
    version: found.version,
    name: found.name,
    fieldCode: found.field.code,
    fieldName: found.field.name,
    ...(part.limit ? { limit: part.limit } : {}),
  };
}
