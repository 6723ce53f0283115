/**
 * Parts of a linked filing (liên thông) as data: a filing of the procedure becomes one dossier of each part, at the part's own
 * agency and under the part's own limit. What an officer of an earlier part decided flows into the later ones.
 */
import type { TimeRule } from "#province/deadlines/index.ts";
import type { Condition } from "#province/forms/index.ts";

/** Where a value of a part's form comes from. Absent values leave the question unanswered. */
export type PartValue = {
  /** item of the part's form */
  to: string;
  /** item of the filing's form */
  from?: string;
  /** fixed */
  value?: string | number | boolean;
  /** of the signed result of another part: `number`, `summary`, `effectiveOn`, or a field of the procedure's own */
  result?: { part: string; field: string };
  /** other words for the same value: the filing's on the left */
  words?: Record<string, string>;
  /** over the filing's answers; absent = always */
  when?: Condition;
};

export type PartAnswer =
  | PartValue
  /** answers that have the same id in both forms; a name may end in * */
  | { take: string[] }
  /** one row of a section that repeats */
  | { to: string; row: PartValue[] };

/** A paper of the filing, or the signed result of another part, as a component of the part's procedure. */
export type PartPaper = { from: string; to: string } | { result: string; to: string };

/** Who handles a part: the agency that the filing chose, or a unit of the province by its lasting id. */
export type PartAgency =
  | { of: "filing" }
  /** `province`: item with an address; when it lies in another province, that province's unit of this id */
  | { id: string; province?: string };

export type LinkedPart = {
  /** Stable for ever. */
  code: string;
  /** The part's own procedure. */
  procedure: string;
  agency: PartAgency;
  /** The linked law's own limit for the part; absent = the part's procedure's. */
  limit?: TimeRule;
  /** Only filings for which it holds have the part. */
  when?: Condition;
  /** Parts whose signed result it needs; until then it is not received. Others run side by side. */
  waitsFor?: string[];
  answers: PartAnswer[];
  papers: PartPaper[];
  /** Codes of the filing's fee lines that are this part's. */
  fees: string[];
};

/** The field's own datum of a result (Circular 01/2023/TT-VPCP art. 9.4 d). */
export type ResultField = { code: string; name: { vi: string; en: string }; kind: "text" | "identity" | "date" };
