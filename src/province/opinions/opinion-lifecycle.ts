/**
 * Life of an asked opinion as one printed table (NĐ 61/2018 Đ19.3, 19.5). The same rows give decisions, buttons,
 * docs/lifecycles/opinion.mmd and the tests. Pure.
 */
export const OPINION_STATES = ["asked", "answered", "taken-back"] as const;
export type OpinionState = (typeof OPINION_STATES)[number];

export const OPINION_ACTIONS = ["answer", "take-back", "mark-overdue"] as const;
export type OpinionAction = (typeof OPINION_ACTIONS)[number];

/** asker: whoever may ask on this dossier; asked: the named officer, or one of the unit; system: the watch over the limit. */
export type OpinionParty = "asker" | "asked" | "system";

interface Row {
  readonly from: OpinionState;
  readonly action: OpinionAction;
  readonly by: OpinionParty;
  readonly to: OpinionState;
}

const OPINION_LIFECYCLE = [
  // Late answers are taken: better late than never, and the history says that it was late.
  { from: "asked", action: "answer", by: "asked", to: "answered" },
  { from: "asked", action: "take-back", by: "asker", to: "taken-back" },
  { from: "asked", action: "mark-overdue", by: "system", to: "asked" },
] as const satisfies readonly Row[];

export type OpinionDecision =
  | { readonly ok: true; readonly to: OpinionState }
  | { readonly ok: false; readonly reason: "conflict" | "not-found" };

/** `conflict`: somebody was faster; `not-found`: this party never does that. */
export function decideOpinion(state: OpinionState, action: OpinionAction, by: OpinionParty): OpinionDecision {
  const rows: readonly Row[] = OPINION_LIFECYCLE;
  const ofParty = rows.filter((row) => row.action === action && row.by === by);
  if (ofParty.length === 0) return { ok: false, reason: "not-found" };
  const edge = ofParty.find((row) => row.from === state);
  return edge ? { ok: true, to: edge.to } : { ok: false, reason: "conflict" };
}

/** The table as a Mermaid diagram: `docs/lifecycles/opinion.mmd` is this text. */
export function opinionDiagram(): string {
  const name = (state: string) => state.replaceAll("-", "_");
  const edges = OPINION_LIFECYCLE.map((row) => `  ${name(row.from)} --> ${name(row.to)}: ${row.action} (${row.by})`);
  return `${["stateDiagram-v2", "  [*] --> asked", ...edges, "  answered --> [*]", "  taken_back --> [*]"].join("\n")}\n`;
}
