/**
 * The life of a refund. Pure. The trigger `refund_guard` lets exactly these edges through (a test tries every pair).
 *
 * "sending" lasts until the provider itself says yes or no: a call that was cut is asked about, never taken for a no.
 */
export const REFUND_STATES = ["requested", "approved", "sending", "refunded", "refused", "declined"] as const;
export type RefundState = (typeof REFUND_STATES)[number];

interface Edge {
  readonly from: RefundState;
  readonly action: "approve" | "refuse" | "send" | "done" | "decline";
  readonly by: "second operator" | "hub" | "provider";
  readonly to: RefundState;
}

export const REFUND_EDGES = [
  { from: "requested", action: "approve", by: "second operator", to: "approved" },
  { from: "requested", action: "refuse", by: "second operator", to: "refused" },
  { from: "approved", action: "send", by: "hub", to: "sending" },
  { from: "sending", action: "done", by: "provider", to: "refunded" },
  { from: "sending", action: "decline", by: "provider", to: "declined" },
] as const satisfies readonly Edge[];

export function isRefundOver(state: RefundState): boolean {
  return state === "refunded" || state === "refused" || state === "declined";
}

/** The table as a Mermaid diagram: `docs/lifecycles/refund.mmd` is this text. */
export function refundDiagram(): string {
  const lines = REFUND_EDGES.map(({ from, action, by, to }) => `  ${from} --> ${to}: ${action} (${by})`);
  const ends = REFUND_STATES.filter(isRefundOver).map((state) => `  ${state} --> [*]`);
  return ["stateDiagram-v2", "  [*] --> requested: request (first operator)", ...lines, ...ends, ""].join("\n");
}
