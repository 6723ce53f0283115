/** The words of the dossiers room: what a dossier is made of and how a use case answers. */
import type { Text } from "#kit/i18n.ts";
import type { TimeRule } from "#province/deadlines/index.ts";
import type { Known } from "./known-facts.ts";

/** Ten states of the national list (domain: TrangThaiHoSo 1–10) and the draft, which stays inside. */
export type DossierState =
  | "draft"
  | "filed"
  | "received"
  | "declined"
  | "processing"
  | "supplement-requested"
  | "fee-due"
  | "withdrawn"
  | "stopped"
  | "result-ready"
  | "returned";

/** Where a dossier is within its state, as the procedure names it. */
export type Substate = { code: string; name: Text };

/** How long what is over is kept; `untilYear` is the last whole year, null for ever. */
export type Storage = { years: number | null; untilYear: number | null; basis: string; place: string };

/** How the dossier came in; written once at creation, no statement of the application can change it. */
export type Channel = "national-portal" | "provincial-portal" | "app" | "counter" | "post";

/** Why a dossier is over. Decline is before reception, refusal after it (both by the agency). */
export type Ending = "returned" | "declined" | "refused" | "stopped" | "withdrawn";

/** What the dossier knows of its money; the amounts and attempts live in the fees room. */
export type FeeState = "none" | "due" | "paid";

export type Actor =
  | { kind: "citizen"; sub: string; name: string }
  | { kind: "officer"; id: string; name: string }
  | { kind: "system"; name: string };

export type ActorKind = Actor["kind"];

/** The signed-in national account at the moment of filing; kept as a snapshot. `sub` is the national account id (TechID). */
export type Applicant = {
  sub: string;
  name: string;
  identityNumber: string;
  identityKind: "cccd" | "cmnd";
  birthDate?: string;
  phone?: string;
  email?: string;
  address?: string;
};

/** The procedure as it stood when the draft was begun: the dossier keeps the version it was filed under. */
export type DossierProcedure = {
  code: string;
  version: number;
  name: Text;
  fieldCode: string;
  fieldName: Text;
  /** of a part of a linked filing, when the linked law gives it a limit of its own */
  limit?: TimeRule;
};

/** Who settles. `identifier` is the unit's code that official dossier codes begin with, e.g. `000.20.31.H53`. */
export type DossierAgency = { id: string; name: string; identifier: string };

/** Where papers are handed in and the result received (công dân chọn). */
export type Delivery = {
  handIn: "online" | "home" | "desk" | "post";
  receive: "online" | "home" | "desk" | "post";
  /** of a linked filing: its results together, or each as soon as it is there */
  parts?: "together" | "as-ready";
  handInAddress?: string;
  receiveAddress?: string;
  /** The communes of the two, when they were chosen from lists: statistics code and the system it belongs to. */
  handInUnit?: DeliveryUnit;
  receiveUnit?: DeliveryUnit;
  /** Who is paid the postage of a result that comes home: the courier at the door (without it), or the hub beforehand. */
  postage?: "door" | "hub";
};

export type DeliveryUnit = { system: "three-level" | "two-level"; code: string };

/** Papers that came by post: the post's own number of the item, the day it came ("2026-11-20"), the day of its stamp.
 * `units`: those that the officer serves; a letter in another unit's book is not theirs (`letter-elsewhere`). */
export type PostArrival = { itemCode: string; arrivedOn: string; postmarkedOn?: string; units?: readonly string[] };

/** JSON values of the form's answers, addressed by the item's stable id. */
export type AnswerValue = string | number | boolean | null | AnswerValue[] | { [key: string]: AnswerValue };
export type Answers = { [itemId: string]: AnswerValue };

/** One amount owed; the shape of the fees room's `Due`. Amounts are integer đồng. */
export type DossierDue = {
  code: string;
  kind: "fee" | "charge";
  name: Text;
  amount: number;
  quantity?: number;
  unitAmount?: number;
  basis: string;
  exemption?: unknown;
};

/** A paper attached to a component. `pending` and `dropping` exist only while a supplement is being answered. */
export type FileStatus = "active" | "pending" | "dropping" | "removed";

export type DossierFile = {
  id: string;
  dossierId: string;
  component: string;
  name: string;
  sha256: string;
  size: number;
  mediaType: string;
  status: FileStatus;
  round: number | null;
  addedAt: Date;
  /** a small JPEG made by the sender's browser, for the sender only */
  thumbSha256?: string | null;
};

/** Answer to "Vì sao là ngày này?": what the deadlines room computed, kept as it was said. */
export type DueExplanation = {
  /** the typed rule it was computed by */
  rule: unknown;
  /** one sentence a line, in both languages */
  lines: Text[];
  /** true when the days off of a year it needs were not published yet */
  provisional: boolean;
  /** when half and when a fifth of the working time is left, in seconds since 1970; the desk's lights go by it */
  warnings?: { half: number; fifth: number };
};

/** A page in the dossier's life, as shown to people who may see it. */
export type HistoryEntry = {
  dossierId: string;
  seq: number;
  at: Date;
  actor: Actor;
  action: string;
  from: DossierState | null;
  to: DossierState;
  detail: { [key: string]: unknown };
  hash: string;
};

/** Something the officer opens again: one field of the form or one component (paper), and why. */
export type SupplementItem = {
  target: "field" | "component";
  /** item id of the form, or code of the component */
  ref: string;
  /** its name as people read it, kept with the request because forms change */
  label: string;
  /** what is wrong and what to do, in the officer's words */
  reason: string;
  /** what a good answer looks like */
  example?: { text?: string; file?: ExampleFile };
};

/** A file that shows what is wanted; its bytes are the office's own, not the citizen's. */
export type ExampleFile = { sha256: string; name: string; size: number; mediaType: string };

export type SupplementRound = {
  dossierId: string;
  round: number;
  text: string;
  items: SupplementItem[];
  requestedAt: Date;
  requestedBy: Actor;
  answeredAt: Date | null;
  /** the first instant that is too late; null where the round has no term */
  answerBy: Date | null;
  onExpiry: "stop" | "wait";
  remindedAt: Date | null;
  /** when the term was found to have passed */
  expiredAt: Date | null;
  /** what the citizen has typed so far and not yet sent */
  buffer: Answers;
  /** answers that the round replaced, by item id */
  displaced: Answers;
};

export type Dossier = {
  id: string;
  tenant: string;
  /** internal number (số hồ sơ), e.g. 363816; null while a draft */
  number: number | null;
  /** official code (mã hồ sơ), e.g. 000.20.31.H53-200610-0007; null until reception, then fixed */
  code: string | null;
  state: DossierState;
  /** where the dossier goes on after a supplement or a payment; null when nothing is open */
  resumeState: DossierState | null;
  ending: Ending | null;
  feeState: FeeState;
  /** counts every change; an action names the version it was decided on */
  version: number;
  channel: Channel;
  procedure: DossierProcedure;
  agency: DossierAgency;
  applicantSub: string;
  applicant: Applicant;
  /** whose matter it is, when the form names somebody other than the applicant */
  holderName: string;
  summary: string;
  answers: Answers;
  delivery: Delivery | null;
  /** the form page a draft was left on */
  page: string | null;
  /** who has it now */
  officer: { id: string; name: string } | null;
  unit: { id: string; name: string } | null;
  note: string | null;
  /** latest reason the citizen must read: supplement, decline, refusal, withdrawal */
  reason: string | null;
  dueAt: Date | null;
  dueExplanation: DueExplanation | null;
  resultId: string | null;
  resultFile: DossierResultFile | null;
  resultSigned: boolean;
  createdAt: Date;
  updatedAt: Date;
  filedAt: Date | null;
  receivedAt: Date | null;
  finishedAt: Date | null;
  returnedAt: Date | null;
  substate: Substate | null;
  /** when it went to the archive, and for how long */
  closedAt: Date | null;
  storage: Storage | null;
  /** the version a draft was typed under before it was carried over; null when its owner has been told, or never was */
  carriedFrom: number | null;
  /** what a national database or an earlier result said, taken with the person's consent; null when nobody asked */
  known: Known | null;
  /** the whole of a linked filing: its own id for the whole, the whole's id for a part; else null */
  linkedWhole: string | null;
  /** why a part cannot be received, or returned, yet */
  linkedHold: LinkedHold | null;
  /** when a part that waited came to its agency */
  linkedOpenedAt: Date | null;
  /** province whose linked filing it is a part of */
  linkedFrom: string | null;
};

export type LinkedHold = "waits-for-part" | "returned-together";

/** The result's file as the citizen downloads it; the result itself belongs to the results room. */
export type DossierResultFile = { sha256: string; name: string; size: number; mediaType: string };

/** Every way a use case can say no. Words for people are in messages.ts, one per reason. */
export type Refusal =
  | "not-found"
  | "not-yours"
  | "conflict"
  | "wrong-state"
  | "wrong-actor"
  | "stale-draft"
  | "already-filed"
  | "submission-reused"
  | "files-changed"
  | "too-many-files"
  | "too-many-drafts"
  | "too-many-bytes"
  | "file-not-found"
  | "not-opened"
  | "nothing-asked"
  | "reason-too-short"
  | "incomplete-answer"
  | "nobody-chosen"
  | "result-missing"
  | "result-unsigned"
  | "result-decided"
  | "fee-unpaid"
  | "fee-nothing-due"
  | "step-elsewhere"
  | "step-not-yours"
  | "step-by-act"
  | "way-missing"
  | "content-missing"
  | "receiver-unfit"
  | "handled-in-parts"
  | "letter-elsewhere"
  | LinkedHold
  | "no-rule-for-due-time"
  | "days-out-of-range"
  | "already-rescheduled"
  | "too-late-to-reschedule"
  | "already-closed";

export type Refused = { ok: false; reason: Refusal };
/** Answer of a use case: what was done, or why not. Nothing is changed by a refusal. */
export type Outcome<Done = object> = ({ ok: true } & Done) | Refused;
/** After every change: where the dossier stands, and the version to name next time. */
export type Stand = { dossierId: string; state: DossierState; version: number };
