import { createHash } from "node:crypto";
import { crashPoint } from "#kit/crash-points.ts";
import type { Database } from "#kit/db.ts";
import type { Answers, Delivery, DossierDue, Outcome, Stand } from "./dossier.ts";
import { fileDraft } from "./dossier-store.ts";
import type { FiledPart } from "./filing-parts.ts";

export interface FileDossier {
  readonly tenant: string;
  readonly dossierId: string;
  readonly applicantSub: string;
  /** Made by the check page, one per filing: a second click, the back button or another try sends the same one. */
  readonly submissionId: string;
  /** Validated and pruned: exactly what is filed. */
  readonly answers: Answers;
  readonly delivery: Delivery;
  /** Assessed amounts in đồng; an empty list makes no obligation, a sum of 0 one that says why nothing is due. */
  readonly dues: readonly DossierDue[];
  readonly dueAt?: Date;
  /** Of a linked filing: what it becomes. The dues then stand with the parts. */
  readonly parts?: readonly FiledPart[];
  /** whose matter it is (chủ hồ sơ), when the form says; else the applicant */
  readonly holderName?: string;
  /** trích yếu hồ sơ, at most 1000 characters */
  readonly summary?: string;
  /** The papers the person saw on the check page; when others are attached by now: `files-changed`. */
  readonly files?: readonly { readonly id: string; readonly sha256: string }[];
}

export type Filed = Stand & {
  /** số hồ sơ, e.g. 363816 */
  number: number;
  /** sum of the dues in đồng */
  totalDue: number;
  /** true when this submission had been filed before and the first answer is given again */
  replayed: boolean;
};

/**
 * "Gửi hồ sơ": one statement turns the draft into a filed dossier with its number, history, audit, obligation and
 * synchronisation job, or changes nothing. The same `submissionId` with the same content returns the first answer;
 * with other content `submission-reused`; a dossier filed under another id `already-filed`.
 */
export async function fileDossier(database: Database, input: FileDossier): Promise<Outcome<Filed>> {
  const content = JSON.stringify([input.dossierId, sorted(input.answers), input.delivery, input.dues]);
  const contentHash = createHash("sha256").update(content).digest("hex");
  const filed = await fileDraft(database, { ...input, contentHash });
  // F14: committed, and nobody has been told the number; sending again must give the same one.
  crashPoint("F14");
  return filed;
}

/** Key order must not make the same answers look like others. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
