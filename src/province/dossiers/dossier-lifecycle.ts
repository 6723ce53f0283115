/**
 * Life of a dossier as one printed table (domain: NĐ 61/2018 Đ17–20, NĐ 118/2025 Đ17–22; national list of states 1–10).
 * The same rows give decisions, buttons, page guards, docs/lifecycles/dossier.mmd and the tests. Pure.
 */
import { assertNever } from "#kit/errors.ts";
import type { ActorKind, DossierState, Ending, FeeState, LinkedHold, Refusal } from "./dossier.ts";

export const STATES = [
  "draft",
  "filed",
  "received",
  "declined",
  "processing",
  "supplement-requested",
  "fee-due",
  "withdrawn",
  "stopped",
  "result-ready",
  "returned",
] as const satisfies readonly DossierState[];

export const ACTIONS = [
  "save",
  "file",
  "receive",
  "decline",
  "request-supplement",
  "answer-supplement",
  "remind-supplement",
  "expire-supplement",
  "forward",
  "step",
  "note",
  "reschedule",
  "move-deadline",
  "require-fee",
  "mark-fee-paid",
  "record-result",
  "sign-result",
  "return-result",
  "refuse",
  "stop",
  "withdraw",
  "set-substate",
  "close",
] as const;

export type DossierAction = (typeof ACTIONS)[number];

/** `same` keeps the state; `resumed` goes back to where the supplement or the payment interrupted. */
type Target = DossierState | "same" | "resumed";

/** Circumstances that forbid an edge; each is also the reason a person reads. */
export type Obstacle =
  | "already-closed"
  | "result-missing"
  | "result-unsigned"
  | "result-decided"
  | "fee-unpaid"
  | "fee-nothing-due";

interface Row {
  readonly from: readonly DossierState[];
  readonly action: DossierAction;
  readonly by: readonly ActorKind[];
  readonly to: Target;
  readonly unless?: readonly Obstacle[];
}

const AFTER_FILING = STATES.filter((state) => state !== "draft");

export const DOSSIER_LIFECYCLE = [
  { from: ["draft"], action: "save", by: ["citizen", "officer"], to: "same" },
  { from: ["draft"], action: "file", by: ["citizen", "officer"], to: "filed" },
  { from: ["filed"], action: "receive", by: ["officer"], to: "received" },
  { from: ["filed"], action: "decline", by: ["officer"], to: "declined" },
  // While a fee is awaited a supplement waits too: one thing is asked of the citizen at a time.
  {
    from: ["filed", "received", "processing"],
    action: "request-supplement",
    by: ["officer"],
    to: "supplement-requested",
  },
  { from: ["supplement-requested"], action: "answer-supplement", by: ["citizen", "officer"], to: "resumed" },
  // The term of a request: told before it, and written down once it has passed and the officer is to decide.
  { from: ["supplement-requested"], action: "remind-supplement", by: ["system"], to: "same" },
  { from: ["supplement-requested"], action: "expire-supplement", by: ["system"], to: "same" },
  { from: ["received", "processing"], action: "forward", by: ["officer", "system"], to: "processing" },
  // A step of the internal procedure that is no act of its own. Somebody has begun to work on it, so it is in processing.
  { from: ["received"], action: "step", by: ["officer", "system"], to: "processing" },
  { from: ["processing", "result-ready"], action: "step", by: ["officer", "system"], to: "same" },
  // While the citizen is waited for others may still give their opinion.
  { from: ["supplement-requested", "fee-due"], action: "step", by: ["officer"], to: "same" },
  {
    from: ["filed", "received", "processing", "supplement-requested", "fee-due", "result-ready"],
    action: "note",
    by: ["officer"],
    to: "same",
  },
  // Putting off is once (NĐ 61/2018 Đ19.9), which the history guards; a pause that ended moves the date by itself.
  { from: ["received", "processing"], action: "reschedule", by: ["officer"], to: "same" },
  { from: ["received", "processing", "result-ready"], action: "move-deadline", by: ["system"], to: "same" },
  {
    from: ["received", "processing", "result-ready"],
    action: "require-fee",
    by: ["officer", "system"],
    to: "fee-due",
    unless: ["fee-nothing-due"],
  },
  { from: ["fee-due"], action: "mark-fee-paid", by: ["system"], to: "resumed" },
  // Money that arrives is always known to the dossier, even one that is over: the fees room then owes a refund.
  { from: AFTER_FILING.filter((state) => state !== "fee-due"), action: "mark-fee-paid", by: ["system"], to: "same" },
  { from: ["received", "processing"], action: "record-result", by: ["officer"], to: "processing" },
  { from: ["processing"], action: "sign-result", by: ["officer"], to: "result-ready", unless: ["result-missing"] },
  {
    from: ["result-ready"],
    action: "return-result",
    by: ["officer", "system"],
    to: "returned",
    unless: ["result-unsigned", "fee-unpaid"],
  },
  { from: ["received", "processing"], action: "refuse", by: ["officer"], to: "stopped", unless: ["result-decided"] },
  {
    from: ["received", "processing", "supplement-requested", "fee-due"],
    action: "stop",
    by: ["officer", "system"],
    to: "stopped",
    unless: ["result-decided"],
  },
  // Stopping at the applicant's wish is open only while there is no decision on the result (NĐ 118/2025 Đ21).
  {
    from: ["filed", "received", "processing", "supplement-requested", "fee-due"],
    action: "withdraw",
    by: ["citizen", "officer"],
    to: "withdrawn",
    unless: ["result-decided"],
  },
  // Within a state of the national list: the procedure's own, more precise word.
  { from: ["received", "processing", "result-ready"], action: "set-substate", by: ["officer"], to: "same" },
  // Into the archive with a term of storage. The national list has no word for it: the state stays.
  {
    from: ["returned", "declined", "stopped", "withdrawn"],
    action: "close",
    by: ["officer"],
    to: "same",
    unless: ["already-closed"],
  },
] as const satisfies readonly Row[];

/** What a decision needs to know of a dossier. */
export interface Standing {
  readonly state: DossierState;
  readonly resumeState: DossierState | null;
  readonly feeState: FeeState;
  readonly resultId: string | null;
  readonly resultSigned: boolean;
  /** of a linked filing */
  readonly id?: string;
  readonly linkedWhole?: string | null;
  readonly linkedHold?: LinkedHold | null;
  /** When it went to the archive; one that is not over has not. */
  readonly closedAt?: Date | null;
}

/** What being linked forbids: a whole is handled in its parts; a part that waits is not begun, or not returned alone. */
const LINKED = [
  { linked: "whole", by: ["officer"], only: null, reason: "handled-in-parts" },
  { linked: "waits-for-part", by: ["officer"], only: null, reason: "waits-for-part" },
  { linked: "returned-together", by: ["officer", "system"], only: "return-result", reason: "returned-together" },
] as const satisfies readonly {
  readonly linked: "whole" | LinkedHold;
  readonly by: readonly ActorKind[];
  readonly only: DossierAction | null;
  readonly reason: Refusal;
}[];

function linkedObstacle(standing: Standing, action: DossierAction, actor: ActorKind): Refusal | undefined {
  const { id, linkedWhole, linkedHold } = standing;
  const linked = linkedWhole && linkedWhole === id ? "whole" : linkedHold;
  return LINKED.find(
    (row) =>
      row.linked === linked &&
      (row.by as readonly ActorKind[]).includes(actor) &&
      (row.only === null ? action !== "note" : row.only === action),
  )?.reason;
}

export type Decision =
  | { ok: true; to: DossierState; resumeState: DossierState | null }
  | { ok: false; reason: Refusal };

const ROWS: readonly Row[] = DOSSIER_LIFECYCLE;

/** May `actor` do `action` now, and where does it lead? The one place that answers this. */
export function decide(standing: Standing, action: DossierAction, actor: ActorKind): Decision {
  const edges = ROWS.filter((row) => row.action === action && row.from.includes(standing.state));
  if (edges.length === 0) return { ok: false, reason: "wrong-state" };
  const edge = edges.find((row) => row.by.includes(actor));
  if (!edge) return { ok: false, reason: "wrong-actor" };
  const linked = linkedObstacle(standing, action, actor);
  if (linked) return { ok: false, reason: linked };
  const obstacle = edge.unless?.find((name) => stands(name, standing));
  if (obstacle) return { ok: false, reason: obstacle };
  const to = target(edge.to, standing);
  if (to === null) return { ok: false, reason: "wrong-state" };
  return { ok: true, to, resumeState: edge.to === "same" ? standing.resumeState : resumeAfter(action, standing) };
}

/** The buttons a person may be shown, in the order of the table. */
export function availableActions(standing: Standing, actor: ActorKind): DossierAction[] {
  return ACTIONS.filter((action) => decide(standing, action, actor).ok);
}

export function isOver(state: DossierState): boolean {
  return state === "returned" || state === "declined" || state === "stopped" || state === "withdrawn";
}

/** Pauses stop the clock: the dossier waits for the citizen. */
export function isPaused(state: DossierState): boolean {
  return state === "supplement-requested" || state === "fee-due";
}

/** How a dossier that is over ended; refusal and stop share national code 8, so the difference is kept here. */
export function endingOf(action: DossierAction): Ending | null {
  switch (action) {
    case "return-result":
      return "returned";
    case "decline":
      return "declined";
    case "refuse":
      return "refused";
    case "stop":
      return "stopped";
    case "withdraw":
      return "withdrawn";
    default:
      return null;
  }
}

function stands(obstacle: Obstacle, standing: Standing): boolean {
  switch (obstacle) {
    case "result-missing":
      return standing.resultId === null;
    case "result-unsigned":
      return !standing.resultSigned;
    case "result-decided":
      return standing.resultSigned;
    case "fee-unpaid":
      return standing.feeState === "due";
    case "already-closed":
      return Boolean(standing.closedAt);
    case "fee-nothing-due":
      return standing.feeState !== "due";
    default:
      return assertNever(obstacle);
  }
}

function target(to: Target, standing: Standing): DossierState | null {
  if (to === "same") return standing.state;
  if (to === "resumed") return standing.resumeState;
  return to;
}

/** A supplement asked of a received dossier means somebody has begun to work on it: it comes back as processing. */
function resumeAfter(action: DossierAction, standing: Standing): DossierState | null {
  if (action === "request-supplement") return standing.state === "received" ? "processing" : standing.state;
  if (action === "require-fee") return standing.state;
  return null;
}

/** TrangThaiHoSo of the national list (domain §5.4). Drafts stay inside. */
const NATIONAL = {
  filed: 1,
  received: 2,
  declined: 3,
  processing: 4,
  "supplement-requested": 5,
  "fee-due": 6,
  withdrawn: 7,
  stopped: 8,
  "result-ready": 9,
  returned: 10,
} as const satisfies Record<Exclude<DossierState, "draft">, number>;

export type NationalStatus = (typeof NATIONAL)[keyof typeof NATIONAL];

export function toNationalStatus(state: Exclude<DossierState, "draft">): NationalStatus {
  return NATIONAL[state];
}

/** The way back; a code that is not in the list is an error, never a guess. */
export function fromNationalStatus(status: number): Exclude<DossierState, "draft"> {
  for (const [state, code] of Object.entries(NATIONAL)) {
    if (code === status) return state as Exclude<DossierState, "draft">;
  }
  throw new Error(`national status ${status} is not in the list 1–10`);
}

/** docs/lifecycles/dossier.mmd; a test compares the file with this. */
export function toMermaid(): string {
  const lines = ["stateDiagram-v2", "  [*] --> draft"];
  const name = (state: string) => state.replaceAll("-", "_");
  for (const row of ROWS) {
    for (const from of row.from) {
      const unless = row.unless ? ` [not ${row.unless.join(", ")}]` : "";
      const targets = row.to === "resumed" ? resumableFrom(from) : [row.to === "same" ? from : row.to];
      for (const to of targets) {
        if (to === from && row.to !== "same") continue;
        lines.push(`  ${name(from)} --> ${name(to)}: ${row.action} (${row.by.join(", ")})${unless}`);
      }
    }
  }
  for (const state of STATES) if (isOver(state)) lines.push(`  ${name(state)} --> [*]`);
  return `${lines.join("\n")}\n`;
}

/** Where a paused dossier may go back to, read from the rows that pause it. */
export function resumableFrom(paused: DossierState): DossierState[] {
  const found = new Set<DossierState>();
  for (const row of ROWS) {
    if (row.to !== paused) continue;
    for (const state of row.from) {
      const resumed = resumeAfter(row.action, {
        state,
        resumeState: null,
        feeState: "none",
        resultId: null,
        resultSigned: false,
      });
      if (resumed) found.add(resumed);
    }
  }
  return [...found];
}
