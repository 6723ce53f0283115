/** A draft that was looked at is filed as it was found: answers pruned, papers of this case only, dues of filing. */
import { answerAt } from "#province/forms/index.ts";
import { removeFile } from "./change-files.ts";
import type { DossierDue } from "./dossier.ts";
import { fileDossier } from "./file-dossier.ts";
import { deliveryFrom } from "./filing-delivery.ts";
import { filedParts } from "./filing-parts.ts";
import type { FilingPlace } from "./filing-deps.ts";
import { type FilingDraft, type FilingReview, toStored } from "./filing-draft.ts";

export interface Reviewed {
  readonly draft: FilingDraft;
  readonly review: FilingReview;
  /** One per filing: the same again is the same dossier. */
  readonly submissionId: string;
}

/** `files` is what the person saw; when others are attached by now nothing is filed (`files-changed`). */
export async function fileReviewed(
  place: FilingPlace,
  { draft, review, submissionId }: Reviewed,
  files?: readonly { readonly id: string; readonly sha256: string }[],
) {
  const { dossier, procedure, context } = draft;
  const own = { tenant: place.tenant.code, dossierId: dossier.id, applicantSub: dossier.applicantSub };
  // Papers of questions that were answered otherwise in the end do not go along.
  for (const { id } of review.leftOver) await removeFile(place.database, { ...own, fileId: id });
  const { holder } = procedure.form;
  const name = holder ? answerAt(review.answers, holder) : undefined;
  const holderName = typeof name === "string" && name ? name : dossier.applicant.name;
  const delivery = deliveryFrom(draft.answers, context, dossier.channel);
  const together = delivery.parts === "together";
  const parts = await filedParts(place, draft, review, { dues: duesNow(review), holder: holderName, together });
  return fileDossier(place.database, {
    ...own,
    submissionId,
    answers: toStored(review.answers),
    delivery,
    dues: duesNow(review),
    ...(parts ? { parts } : {}),
    holderName,
    summary: `${procedure.definition.shortName.vi}: ${holderName}`.slice(0, 1_000),
    ...(files ? { files } : {}),
  });
}

/** What is paid with the filing; what falls due with the result comes later. */
function duesNow(review: FilingReview): readonly DossierDue[] {
  return (review.assessment?.dues ?? []).filter((due) => due.collect === "on-filing");
}
