/** The words of a linked filing that is under way. */
import type {
  DossierAgency,
  DossierDue,
  DossierProcedure,
  DossierState,
  Ending,
  LinkedHold,
} from "#province/dossiers/index.ts";

/** A part as it stands, wherever it is handled. */
export interface PartStand {
  readonly code: string;
  readonly waitsFor: readonly string[];
  readonly opened: boolean;
  /** null: in another province that has not said anything yet */
  readonly state: DossierState | null;
  readonly ending: Ending | null;
  readonly resultSigned: boolean;
  readonly hold: LinkedHold | null;
  /** ended before it began, because of this part */
  readonly endedBecause: string | null;
  /** handled in another province */
  readonly elsewhere: boolean;
  /** elsewhere: told to give its result */
  readonly released: boolean;
  /** elsewhere: told that the applicant withdrew */
  readonly withdrawalTold: boolean;
}

/** The whole and its parts, in the definition's order. */
export interface LinkedStand {
  readonly state: DossierState;
  readonly resultSigned: boolean;
  readonly together: boolean;
  readonly parts: readonly PartStand[];
}

/** What another province last said of the part it handles. */
export interface ToldPart {
  readonly number: number | null;
  readonly code: string | null;
  readonly state: DossierState;
  readonly ending: Ending | null;
  readonly reason: string | null;
  readonly resultSigned: boolean;
  readonly receivedAt: string | null;
  readonly dueAt: string | null;
  readonly officer: string | null;
  /** of its portal */
  readonly link: string;
  readonly result: ToldResult | null;
}

export interface ToldResult {
  readonly number: string;
  readonly summary: string;
  readonly effectiveOn: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly file: { readonly sha256: string; readonly name: string; readonly size: number };
}

/** A row of a linked filing as pages show it. */
export interface LinkedPartView {
  readonly wholeId: string;
  readonly code: string;
  readonly position: number;
  readonly waitsFor: readonly string[];
  readonly procedure: DossierProcedure;
  readonly agency: DossierAgency;
  readonly dossierId: string | null;
  readonly province: string | null;
  readonly conversation: string | null;
  readonly opened: boolean;
  readonly released: boolean;
  readonly withdrawalTold: boolean;
  readonly endedBecause: string | null;
  readonly number: number | null;
  readonly officialCode: string | null;
  readonly state: DossierState | null;
  readonly ending: Ending | null;
  readonly reason: string | null;
  readonly hold: LinkedHold | null;
  readonly feeState: "none" | "due" | "paid";
  readonly resultSigned: boolean;
  readonly resultId: string | null;
  readonly hasResult: boolean;
  readonly receivedAt: Date | null;
  readonly dueAt: Date | null;
  readonly officer: string | null;
  readonly version: number;
  /** what the filing owes for a part that another province handles and collects */
  readonly dues: readonly DossierDue[];
  readonly told: ToldPart | null;
}
