/** The words of internal procedures: what is drawn, what runs, and what may be wrong with a drawing. */
import type { StepAct, StepKind, StepRole } from "#protocols/internal-process/index.ts";
import type { MoveCause, WorkingSpell } from "./step-time.ts";

/** A step that somebody does. `timer`: when it passes, the step is over and the process goes on by the timer's flow. */
export interface StepNode {
  readonly kind: "step";
  readonly id: string;
  readonly name: string;
  /** the name in English, where the drawing has one; so in all of these words */
  readonly english?: string;
  readonly role: StepRole;
  /** "own" (the unit that has the dossier) or an agency's id */
  readonly unit: string;
  /** working hours */
  readonly hours: number;
  readonly work: StepKind;
  readonly act: StepAct;
  /** drawn as a call activity: done at another agency */
  readonly elsewhere: boolean;
  readonly timer: (WorkingSpell & { readonly id: string; readonly flow: string }) | null;
}

/** `by`: who chooses the way: the officer of the step before it, the facts of the dossier, or nobody (one way out). */
export interface ExclusiveNode {
  readonly kind: "exclusive";
  readonly id: string;
  readonly name: string;
  readonly by: "officer" | "facts" | "nobody";
  /** flow taken when nothing else says so; null only where there is one way out */
  readonly otherwise: string | null;
}

export interface PlainNode {
  readonly kind: "start" | "end" | "parallel";
  readonly id: string;
  readonly name: string;
}

/** Waits so much working time by itself. */
export interface WaitNode extends WorkingSpell {
  readonly kind: "wait";
  readonly id: string;
  readonly name: string;
  readonly english?: string;
}

export type ProcessNode = StepNode | ExclusiveNode | PlainNode | WaitNode;

export const FACTS = ["channel", "fee", "receive", "opinion", "supplemented"] as const;
export type Fact = (typeof FACTS)[number];
/** What a drawn condition may ask of a dossier, each as a word. */
export type Facts = { readonly [fact in Fact]: string };

export interface Condition {
  readonly fact: Fact;
  readonly is: boolean;
  readonly value: string;
}

export interface Flow {
  readonly id: string;
  readonly name: string;
  readonly english?: string;
  readonly from: string;
  readonly to: string;
  readonly condition: Condition | null;
  /** place in the file: of several conditions that hold the first counts; jsonb keeps no order of its own */
  readonly order?: number;
}

/** A drawing that can run: plain JSON, kept with its version. Flows go in the order of the file (`order`). */
export interface ProcessModel {
  readonly id: string;
  readonly name: string;
  readonly english?: string;
  readonly start: string;
  readonly nodes: { readonly [id: string]: ProcessNode };
  readonly flows: { readonly [id: string]: Flow };
}

export type ProblemCode =
  | "not-xml"
  | "not-bpmn"
  | "too-large"
  | "forbidden-xml"
  | "no-process"
  | "two-processes"
  | "too-many-elements"
  | "no-start"
  | "two-starts"
  | "no-end"
  | "element-outside"
  | "no-name"
  | "unknown-role"
  | "unknown-unit"
  | "unknown-kind"
  | "unknown-act"
  | "no-hours"
  | "call-without-agency"
  | "act-elsewhere"
  | "timer-without-duration"
  | "timer-not-interrupting"
  | "two-timers"
  | "flow-loose"
  | "several-ways-out"
  | "no-way-out"
  | "no-default"
  | "condition-outside"
  | "conditions-mixed"
  | "way-without-name"
  | "choice-without-person"
  | "default-with-condition"
  | "loop-without-person"
  | "unreachable"
  | "endless"
  | "join-waits-for-ever"
  | "join-missing"
  | "return-not-last"
  | "too-many-standings";

/** Something that keeps a drawing from running, and where. `elementId` is empty when the whole file is meant. */
export interface ProcessProblem {
  readonly elementId: string;
  /** the element's name, its id where it has none */
  readonly elementName: string;
  readonly code: ProblemCode;
  /** what exactly was found: the unknown word, the type of element, the condition */
  readonly found?: string;
}

export type ProcessReading =
  | { readonly ok: true; readonly process: ProcessModel }
  | { readonly ok: false; readonly problems: ProcessProblem[] };

/** Where the process of one dossier stands. A token rests on a step, a wait, or before a join (`flow` says on which branch). */
export interface Token {
  readonly id: number;
  readonly node: string;
  readonly flow: string;
}

/** Who did something: the shape of the dossiers room's actors that may touch a process. */
export type StepActor =
  | { readonly kind: "officer"; readonly id: string; readonly name: string }
  | { readonly kind: "system"; readonly name: string };

export type StepState = "open" | "done" | "overdue" | "cancelled" | "moved";

export interface StepFile {
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
}

/** One step of one dossier, as it was given to somebody. */
export interface StepTask {
  readonly id: string;
  readonly dossierId: string;
  readonly token: number;
  readonly node: string;
  readonly name: string;
  /** by the drawing of the dossier's version */
  readonly english?: string | null;
  readonly role: StepRole;
  readonly unit: { readonly id: string; readonly name: string };
  readonly work: StepKind;
  readonly act: StepAct;
  readonly hours: number;
  readonly state: StepState;
  /** counts every change of the task; who acts names the one they saw */
  readonly revision: number;
  readonly officer: { readonly id: string; readonly name: string } | null;
  readonly startedAt: Date;
  readonly dueAt: Date;
  readonly doneAt: Date | null;
  readonly doneBy: StepActor | null;
  /** name of the way chosen */
  readonly way: string | null;
  /** nội dung xử lý */
  readonly content: string | null;
  readonly files: readonly StepFile[];
  /** when its due time moved, from and to which instant (ISO 8601), and why */
  readonly moves: readonly {
    readonly at: string;
    readonly from: string;
    readonly to: string;
    readonly why: readonly MoveCause[];
  }[];
}

export interface ProcessVersion {
  readonly processId: string;
  readonly version: number;
  readonly name: string;
  readonly xml: string;
  /** null while the drawing has problems: such a draft can be kept, not published */
  readonly model: ProcessModel | null;
  readonly problems: readonly ProcessProblem[];
  readonly savedBy: StepActor;
  readonly savedAt: Date;
  readonly publishedBy: StepActor | null;
  readonly publishedAt: Date | null;
  /** counts the saves of a draft */
  readonly revision: number;
}

export interface ProcessSummary {
  readonly id: string;
  readonly name: string;
  readonly english?: string | null;
  /** newest published version, null before the first */
  readonly published: number | null;
  /** the version being drawn, null when there is none */
  readonly draft: number | null;
  /** running dossiers, of all versions */
  readonly running: number;
  readonly uses: readonly ProcessUse[];
}

/** Which process the dossiers of a procedure, or of every procedure of a field, run through. */
export interface ProcessUse {
  readonly scope: "procedure" | "field";
  readonly code: string;
  readonly processId: string;
}

/** What moving a dossier to another version would do with each open step. */
export interface MoveReport {
  readonly dossierId: string;
  readonly from: number;
  readonly to: number;
  readonly steps: readonly { readonly node: string; readonly name: string; readonly to: string | null }[];
  /** every open step, wait and join has its place in the other version, and the process can end from there */
  readonly fits: boolean;
}

export type ProcessRefusal =
  | "not-found"
  | "conflict"
  | "same-person"
  | "has-problems"
  | "nothing-to-publish"
  | "no-process"
  | "does-not-fit"
  | "same-version";

export type ProcessOutcome<Done = object> =
  | ({ readonly ok: true } & Done)
  | { readonly ok: false; readonly reason: ProcessRefusal; readonly problems?: readonly ProcessProblem[] };
