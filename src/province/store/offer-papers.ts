/** What a person has, offered where a dossier asks for it: nothing is asked twice. */
import type { Database } from "#kit/db.ts";
import { newId } from "#kit/ids.ts";
import { FILES_MAX, type OwnPapers, type PaperOffer } from "#province/dossiers/index.ts";
import { OFFERS_MAX, readSource, resultFits } from "./own-paper.ts";
import { putReuse } from "./own-paper-store.ts";
import { listCheckedPapers, listOwnPapers, listOwnResults } from "./own-paper-view.ts";

/** The words of the consent; a new wording gets a new name, so that what was agreed to can be read years later. */
const CONSENT = "one-dossier-1";

/**
 * Results whose name the component asks for, checked papers of the same component, and the person's own uploads. Using
 * one records who let which paper be used for which dossier, in the same transaction that attaches it.
 */
export function ownPapersOf(database: Database, tenant: string): OwnPapers {
  return {
    async offersFor(applicantSub, components) {
      const owner = { tenant, applicantSub };
      const [results, checked, own] = await Promise.all([
        listOwnResults(database, owner),
        listCheckedPapers(database, owner),
        listOwnPapers(database, owner),
      ]);
      const uploads = own.map(
        (paper): PaperOffer => ({
          value: `own:${paper.id}`,
          kind: "own",
          name: paper.name,
          size: paper.size,
          at: paper.addedAt,
        }),
      );
      const offers = new Map<string, readonly PaperOffer[]>();
      for (const component of components) {
        const fitting = [
          ...checked.filter((paper) => paper.component === component.code).map(copyOffer),
          ...results.filter((result) => resultFits(component, result)).map(resultOffer),
          ...uploads,
        ];
        if (fitting.length > 0) offers.set(component.code, fitting.slice(0, OFFERS_MAX));
      }
      return offers;
    },
    async use({ applicantSub, dossierId, component, value }) {
      const chosen = readSource(value);
      if (!chosen) return { ok: false, reason: "file-not-found" };
      return putReuse(database, {
        tenant,
        applicantSub,
        dossierId,
        component,
        source: chosen.source,
        sourceId: chosen.id,
        fileId: newId(),
        consent: CONSENT,
        limit: FILES_MAX,
      });
    },
  };
}

function copyOffer(paper: { fileId: string; fileName: string; size: number; signedAt: Date }): PaperOffer {
  return { value: `copy:${paper.fileId}`, kind: "copy", name: paper.fileName, size: paper.size, at: paper.signedAt };
}

function resultOffer(result: { dossierId: string; fileName: string; size: number; returnedAt: Date }): PaperOffer {
  const { dossierId, fileName, size, returnedAt } = result;
  return { value: `result:${dossierId}`, kind: "result", name: fileName, size, at: returnedAt };
}
