/**
 * The life of a dispute about a captured payment. Pure. The trigger `dispute_guard` lets exactly these edges through (a test
 * tries every pair).
 *
 * Lost is what the provider decided: the money is gone from us. Whoever gives up first is the payer ("withdrawn").
 */
export const DISPUTE_STATES = ["open", "answered", "won", "lost", "withdrawn"] as const;
export type DisputeState = (typeof DISPUTE_STATES)[number];

export const DISPUTE_ACTIONS = ["answer", "win", "lose", "withdraw"] as const;
export type DisputeAction = (typeof DISPUTE_ACTIONS)[number];

interface Edge {
  readonly from: DisputeState;
  readonly action: DisputeAction;
  readonly by: "operator" | "provider" | "payer";
  readonly to: DisputeState;
}

export const DISPUTE_EDGES = [
  { from: "open", action: "answer", by: "operator", to: "answered" },
  { from: "open", action: "win", by: "provider", to: "won" },
  { from: "open", action: "lose", by: "provider", to: "lost" },
  { from: "open", action: "withdraw", by: "payer", to: "withdrawn" },
  // More evidence is added to what was handed in.
  { from: "answered", action: "answer", by: "operator", to: "answered" },
  { from: "answered", action: "win", by: "provider", to: "won" },
  { from: "answered", action: "lose", by: "provider", to: "lost" },
  { from: "answered", action: "withdraw", by: "payer", to: "withdrawn" },
] as const satisfies readonly Edge[];

export type DisputeDecision =
  | { readonly ok: true; readonly to: DisputeState }
  | { readonly ok: false; readonly reason: "over" };

/** Where `action` leads from `state`; nothing leads away from the end of a dispute. */
export function decideDispute(state: DisputeState, action: DisputeAction): DisputeDecision {
  const edge = DISPUTE_EDGES.find((one) => one.from === state && one.action === action);
  return edge ? { ok: true, to: edge.to } : { ok: false, reason: "over" };
}

export function isDisputeOver(state: DisputeState): boolean {
  return state === "won" || state === "lost" || state === "withdrawn";
}

/** The table as a Mermaid diagram: `docs/lifecycles/dispute.mmd` is this text. */
export function disputeDiagram(): string {
  const lines = DISPUTE_EDGES.map(({ from, action, by, to }) => `  ${from} --> ${to}: ${action} (${by})`);
  const ends = DISPUTE_STATES.filter(isDisputeOver).map((state) => `  ${state} --> [*]`);
  return ["stateDiagram-v2", "  [*] --> open: open (provider or operator)", ...lines, ...ends, ""].join("\n");
}
