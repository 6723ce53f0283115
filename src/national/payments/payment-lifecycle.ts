/**
 * The life of one attempt at paying an order. Pure. The SQL functions `payment_start`, `payment_step` and
 * `payment_settle` carry out exactly these edges (a test compares every state with every action).
 *
 * "Failed" is never final: a success that arrives later wins, and if the order was paid meanwhile the money goes to the
 * refund queue. Unknown stays `verifying` until the provider says.
 */
export const ATTEMPT_STATES = ["created", "redirected", "verifying", "succeeded", "failed"] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];

export const ATTEMPT_ACTIONS = ["accept", "doubt", "capture", "decline", "give-up", "expire"] as const;
export type AttemptAction = (typeof ATTEMPT_ACTIONS)[number];

type By = "provider" | "payer" | "clock";

interface Edge {
  readonly from: AttemptState;
  readonly action: AttemptAction;
  readonly by: By;
  readonly to: AttemptState;
}

export const ATTEMPT_EDGES = [
  { from: "created", action: "accept", by: "provider", to: "redirected" },
  { from: "created", action: "doubt", by: "provider", to: "verifying" },
  { from: "created", action: "capture", by: "provider", to: "succeeded" },
  { from: "created", action: "decline", by: "provider", to: "failed" },
  { from: "created", action: "give-up", by: "payer", to: "failed" },
  { from: "created", action: "expire", by: "clock", to: "failed" },

  { from: "redirected", action: "doubt", by: "provider", to: "verifying" },
  { from: "redirected", action: "capture", by: "provider", to: "succeeded" },
  { from: "redirected", action: "decline", by: "provider", to: "failed" },
  { from: "redirected", action: "give-up", by: "payer", to: "failed" },
  { from: "redirected", action: "expire", by: "clock", to: "failed" },

  { from: "verifying", action: "accept", by: "provider", to: "redirected" },
  { from: "verifying", action: "capture", by: "provider", to: "succeeded" },
  { from: "verifying", action: "decline", by: "provider", to: "failed" },
  { from: "verifying", action: "give-up", by: "payer", to: "failed" },
  { from: "verifying", action: "expire", by: "clock", to: "failed" },

  { from: "failed", action: "capture", by: "provider", to: "succeeded" },
] as const satisfies readonly Edge[];

export type AttemptDecision =
  | { readonly ok: true; readonly to: AttemptState }
  | { readonly ok: false; readonly reason: "already-paid" | "already-over" | "no-such-step" };

/** Where `action` leads from `state`, or why it leads nowhere. */
export function decideAttempt(state: AttemptState, action: AttemptAction): AttemptDecision {
  const edge = ATTEMPT_EDGES.find((one) => one.from === state && one.action === action);
  if (edge) return { ok: true, to: edge.to };
  if (state === "succeeded") return { ok: false, reason: "already-paid" };
  if (state === "failed") return { ok: false, reason: "already-over" };
  return { ok: false, reason: "no-such-step" };
}

/** True while the attempt stands in the way of another one. */
export function isUnfinished(state: AttemptState): boolean {
  return state === "created" || state === "redirected" || state === "verifying";
}

/** The table as a Mermaid diagram: `docs/lifecycles/payment-attempt.mmd` is this text. */
export function attemptDiagram(): string {
  const lines = ATTEMPT_EDGES.map(({ from, action, by, to }) => `  ${from} --> ${to}: ${action} (${by})`);
  return ["stateDiagram-v2", "  [*] --> created: start (payer)", ...lines, "  succeeded --> [*]", ""].join("\n");
}
