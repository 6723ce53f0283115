/**
 * A public service (thủ tục hành chính) as data: the shape of `procedures/<code>/procedure.json`.
 * The shape follows the national catalogue (time hangs under the way of filing, papers under a case) but keeps
 * apart what that catalogue mixes: notes are not papers, and an amount nobody knows is not zero.
 */
import type { Text } from "#kit/i18n.ts";
import type { PauseRule, TimeRule } from "#province/deadlines/index.ts";
import type { Condition } from "#province/forms/index.ts";
import type { FeeRule } from "./fee-rule.ts";
import type { LinkedPart, ResultField } from "./linked-part.ts";
import type { SupplementReason } from "./supplement-reasons.ts";
import type { SupplementRule } from "./supplement-rule.ts";
import type { Way } from "./way.ts";

/** Cấp tỉnh, cấp huyện, cấp xã. There is no district level since 1 July 2025. */
export type Level = "province" | "district" | "commune";

/**
 * Levels of online service, by the law in force.
 * decree-43-2011: 1 information, 2 forms to download, 3 file online, 4 file, pay and receive online.
 * decree-42-2022 and decree-224-2026: full (toàn trình), partial (một phần), information.
 */
export type ServiceRegime = "decree-43-2011" | "decree-42-2022" | "decree-224-2026";
export type ServiceLevel = 1 | 2 | 3 | 4 | "full" | "partial" | "information";

export type AgencyType =
  | "department"
  | "management-board"
  | "district-committee"
  | "commune-committee"
  | "service-centre";

/** Who offers the procedure: every rule that matches a unit adds it. `tenants` absent = every province. */
export type OfferRule = { tenants?: string[]; types?: AgencyType[]; agencies?: string[] };

export type Component = {
  /** Stable for ever; files, supplement requests and the national synchronisation refer to it. */
  code: string;
  name: Text;
  /** e-form: the answers themselves stand for the declaration, nothing is attached. */
  kind: "paper" | "e-form";
  originals: number;
  copies: number;
  /** Ways of filing in which it is asked at all; absent = all. */
  ways?: Way[];
  case?: string;
  /** Must it be there? A condition over the answers, or simply true/false. */
  required: Condition;
  /** Should it be offered? When false it is neither asked nor shown. Absent = always. */
  asked?: Condition;
  /** Shown to the officer (xuất trình), not handed in and not kept. */
  presentOnly?: boolean;
  /** Kept as a digitised paper of the province (Decree 45/2020, Circular 01/2023/TT-VPCP). */
  digitise: boolean;
  hint?: Text;
  /** Blank form's number in the law, e.g. "Mẫu số 03". */
  form?: Text;
  /** National databases that stand for the paper: while one does, the paper is neither asked nor taken. */
  replacedBy?: Replacement[];
};

/** `source` the database, `basis` the rule that lets it replace the paper; `when` absent = always. */
export type Replacement = { source: Text; basis: Text; when?: Condition };

export type ProcedureDefinition = {
  code: string;
  name: Text;
  /** What people call it; used where the official name is too long for a phone. */
  shortName: Text;
  /** One or two sentences in plain words: what it is for and who needs it. */
  summary: Text;
  /** Other words people look for it by. */
  keywords?: string[];
  field: { code: string; name: Text };
  levels: Level[];
  issuer: Text;
  decision: string;
  audience: Text[];
  validFrom: string;
  validTo: string | null;
  offers: OfferRule[];
  serviceLevels: Record<ServiceRegime, ServiceLevel>;
  /** Why it is not wholly online, which Decree 224/2026 art. 14 wants published. */
  serviceLevelReason?: Text;
  /** Can it be filed on this portal? Information-only entries cannot. */
  fileable: boolean;
  /** May many dossiers be filed at once from a sheet? */
  bulk?: boolean;
  /** Can its fee be paid online? Directive of 22 July 2020, item 4: it must be published. */
  onlinePayment: boolean;
  timeLimits: { ways: Way[]; rule: TimeRule; note?: Text }[];
  /** Where the sector's law differs from NĐ 61/2018 art. 19.4 on what waiting for a supplement does to the limit. */
  pauses?: Partial<Pick<PauseRule, "supplement" | "restartWithinDays">>;
  /** Where the sector differs from the province's rule on how long a citizen has to answer a supplement request. */
  supplement?: Partial<SupplementRule>;
  /** Reasons an officer chooses from, besides those that follow from what a paper or a question is. */
  supplementReasons?: SupplementReason[];
  /** Forms of the sector's own circular in place of the usual slips, by the names the slips room knows ("CT05"). */
  slips?: { receipt?: string; supplement?: string; refusal?: string };
  /** More precise words for where a dossier is within a state, set by an officer and shown to the citizen. */
  substates?: { code: string; of: "received" | "processing" | "result-ready"; name: Text }[];
  /** The limit in words, for entries that are information only and whose limit is no single rule. */
  timeText?: Text;
  cases?: { code: string; name: Text; when?: Condition }[];
  components: Component[];
  /** Remarks of the law that are not papers. */
  notes: Text[];
  fees: FeeRule[];
  /** What is published of fees in words, where no rule holds it: an amount that nobody knows is not zero. */
  feeText?: Text;
  results: { code: string; name: Text; validity?: Text; fields?: ResultField[] }[];
  legalBasis: { number: string; name: Text }[];
  steps: { title: Text; text: Text }[];
  conditions: Text[];
  /** Shown first on the home page when set; lower comes first. */
  popularity?: number;
  /** Other procedures that people need before, after or instead of it; by code, when the province publishes them. */
  related?: string[];
  /** Procedures that are carried out together with it from one dossier (liên thông). */
  linked?: string[];
  /** One filing becomes one dossier of each of these (liên thông), in this order. */
  parts?: LinkedPart[];
  /**
   * Where an imported procedure comes from; `bodies` is who carries it out in the catalogue's own words, `url` its page there; `central`: a central body
   * is among them. */
  source?: { catalogue: "national"; localCode?: string; bodies: Text[]; url?: string; central?: true };
};

/** Component asked for by this way of filing? (Its conditions over the answers are asked separately.) */
export function isForWay(component: Component, way: Way): boolean {
  return component.ways === undefined || component.ways.includes(way);
}

/** The rule of time for a way of filing; a definition always has one per way it allows. */
export function timeLimitFor(procedure: ProcedureDefinition, way: Way): TimeRule | null {
  return procedure.timeLimits.find((limit) => limit.ways.includes(way))?.rule ?? null;
}
