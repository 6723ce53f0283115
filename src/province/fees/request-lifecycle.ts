/**
 * The life of one payment request towards the hub. Pure. `settle` and `clear` (a failed attempt) are carried out by the
 * SQL function `fee_settle`, the others by the answer to INIT and QUERY.
 *
 * "closed" is not final either: a success that arrives later still settles.
 */
import type { RequestState } from "./fee.ts";

export const REQUEST_STATES = [
  "initiated",
  "open",
  "verifying",
  "paid",
  "closed",
] as const satisfies readonly RequestState[];

export const REQUEST_ACTIONS = ["accept", "doubt", "clear", "settle", "close"] as const;
export type RequestAction = (typeof REQUEST_ACTIONS)[number];

interface Edge {
  readonly from: RequestState;
  readonly action: RequestAction;
  readonly to: RequestState;
  /** What the hub said, in words. */
  readonly when: string;
}

export const REQUEST_EDGES = [
  { from: "initiated", action: "accept", to: "open", when: "INIT answered with a page" },
  { from: "initiated", action: "doubt", to: "verifying", when: "an attempt is undecided" },
  { from: "initiated", action: "settle", to: "paid", when: "an attempt succeeded" },
  { from: "initiated", action: "close", to: "closed", when: "INIT refused, or never seen for an hour" },

  { from: "open", action: "doubt", to: "verifying", when: "an attempt is undecided" },
  { from: "open", action: "settle", to: "paid", when: "an attempt succeeded" },
  { from: "open", action: "close", to: "closed", when: "the order's time is over" },

  { from: "verifying", action: "clear", to: "open", when: "the attempt failed or was given up" },
  { from: "verifying", action: "settle", to: "paid", when: "an attempt succeeded" },
  { from: "verifying", action: "close", to: "closed", when: "the order's time is over" },

  { from: "closed", action: "settle", to: "paid", when: "a success arrived late" },
] as const satisfies readonly Edge[];

/** Where `action` leads; the same state when the table has no such edge, because the hub repeats itself. */
export function requestAfter(state: RequestState, action: RequestAction): RequestState {
  return REQUEST_EDGES.find((edge) => edge.from === state && edge.action === action)?.to ?? state;
}

/** The table as a Mermaid diagram: `docs/lifecycles/payment-request.mmd` is this text. */
export function requestDiagram(): string {
  const lines = REQUEST_EDGES.map(({ from, action, to, when }) => `  ${from} --> ${to}: ${action} (${when})`);
  return ["stateDiagram-v2", "  [*] --> initiated: the citizen presses pay", ...lines, "  paid --> [*]", ""].join("\n");
}
