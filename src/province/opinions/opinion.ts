/** The words of the opinions room. */
import type { DueExplanation, OfficerActor } from "#province/dossiers/index.ts";
import type { OpinionState } from "./opinion-lifecycle.ts";

export const VERDICTS = ["agree", "agree-with-changes", "disagree", "no-opinion"] as const;
export type Verdict = (typeof VERDICTS)[number];

export type OpinionFile = {
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
};

export type Opinion = {
  readonly id: string;
  readonly dossierId: string;
  readonly state: OpinionState;
  readonly askedBy: OfficerActor;
  readonly askedAt: Date;
  readonly agencyId: string;
  readonly agencyName: string;
  /** One officer who answers alone; null: anybody of the unit. */
  readonly officerId: string | null;
  readonly officerName: string | null;
  readonly question: string;
  readonly dueAt: Date;
  readonly dueExplanation: DueExplanation;
  /** When the limit was found to have passed without an answer. */
  readonly lateToldAt: Date | null;
  readonly verdict: Verdict | null;
  readonly answer: string | null;
  readonly answeredBy: OfficerActor | null;
  readonly answeredAt: Date | null;
  /** Papers of the dossier that the asked may see. */
  readonly papers: readonly OpinionFile[];
  readonly questionFiles: readonly OpinionFile[];
  readonly answerFiles: readonly OpinionFile[];
};

/** What the asked knows of the dossier besides the papers shown: enough to know what it is about. */
export type AskedOpinion = Opinion & {
  readonly dossierCode: string | null;
  readonly procedureName: { readonly vi: string; readonly en: string };
  /** The dossier is over: an answer helps nobody any more. */
  readonly dossierOver: boolean;
};

export const TEXT_MAX = 4_000;
/** Of one dossier, whatever became of them. */
export const OPINIONS_MAX = 30;
/** Working days, or working hours, that may be given for an answer. */
export const TIME_MAX = 30;
export type TimeUnit = "days" | "hours";
export interface AnswerTime {
  readonly count: number;
  readonly unit: TimeUnit;
}
/** Offered first: the longest of these that ends before the dossier is due. */
export const TIMES_USUAL: readonly AnswerTime[] = [
  { count: 5, unit: "days" },
  { count: 2, unit: "days" },
  { count: 1, unit: "days" },
  { count: 4, unit: "hours" },
  { count: 2, unit: "hours" },
  { count: 1, unit: "hours" },
];

export type OpinionRefusal = "not-found" | "wrong-state" | "too-many" | "conflict";
