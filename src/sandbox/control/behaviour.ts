/**
 * What a stand-in can be told to do, as the real one does on a bad day. Pure: the state is a value, changed by `instruct`
 * and `take` only.
 */

/** Stand-ins that obey the control panel. */
export const STAND_INS = [
  "momo",
  "vnpay",
  "zalopay",
  "vnpt-pay",
  "bank",
  "sms",
  "mail",
  "zalo",
  "push",
  "subscriber-register",
  "population",
  "post",
] as const;
export type StandIn = (typeof STAND_INS)[number];

/** Where a behaviour bites: a call of ours to the provider, the payer's outcome, or the provider's callback to us. */
export type Point = "call" | "answer" | "outcome" | "callback";

/**
 * - decline: the payer's payment fails with `code` (the provider's own result code); the post refuses an order.
 * - settle-late: the payer confirms, the provider waits `ms` and then takes the money. reversal: it takes the money and
 *   takes the payment back after `ms`, without a callback.
 * - slow: the answer comes after `ms`. hang: no answer at all. down: 503 at once, nothing done.
 * - cut: the provider accepts (its journal says so) and the connection breaks before the answer.
 * - other-person: the answer is about somebody else than was asked for.
 * - callback-…: dropped (never sent), duplicated (`times` copies at once), late (after `ms`), reordered
 *   (kept until another payment's callback has left, at most `ms`), forged (signed with a wrong
 *   key), other-amount (true key, another amount). With `thenTrue` the true callback follows a forged one.
 */
export type Behaviour =
  | { readonly kind: "decline"; readonly code: string }
  | { readonly kind: "settle-late"; readonly ms: number }
  | { readonly kind: "reversal"; readonly ms: number }
  | { readonly kind: "slow"; readonly ms: number }
  | { readonly kind: "hang" }
  | { readonly kind: "cut" }
  | { readonly kind: "down" }
  | { readonly kind: "other-person" }
  | { readonly kind: "callback-dropped" }
  | { readonly kind: "callback-duplicated"; readonly times: number }
  | { readonly kind: "callback-late"; readonly ms: number }
  | { readonly kind: "callback-reordered"; readonly ms: number }
  | { readonly kind: "callback-forged"; readonly thenTrue: boolean }
  | { readonly kind: "callback-other-amount"; readonly thenTrue: boolean };

export const BEHAVIOUR_KINDS = [
  "decline",
  "settle-late",
  "reversal",
  "slow",
  "hang",
  "cut",
  "down",
  "other-person",
  "callback-dropped",
  "callback-duplicated",
  "callback-late",
  "callback-reordered",
  "callback-forged",
  "callback-other-amount",
] as const satisfies readonly Behaviour["kind"][];

export interface Instruction {
  readonly standIn: StandIn;
  readonly behaviour: Behaviour;
  /** next: used up by the first thing it bites; always: until it is cleared. */
  readonly scope: "next" | "always";
}

/** Instructions in the order they were given. */
export type Instructions = readonly Instruction[];

export function pointOf(behaviour: Behaviour): Point {
  const { kind } = behaviour;
  if (kind === "decline" || kind === "settle-late" || kind === "reversal") return "outcome";
  if (kind === "other-person") return "answer";
  return kind.startsWith("callback-") ? "callback" : "call";
}

/** Adds an instruction; an `always` one replaces the earlier `always` one of the same stand-in and point. */
export function instruct(current: Instructions, instruction: Instruction): Instructions {
  if (instruction.scope === "next") return [...current, instruction];
  const point = pointOf(instruction.behaviour);
  return [
    ...current.filter(
      (one) => one.scope !== "always" || one.standIn !== instruction.standIn || pointOf(one.behaviour) !== point,
    ),
    instruction,
  ];
}

/** Behaviours that bite at each point; a caller may take fewer of them. */
export const KINDS_AT = {
  call: ["slow", "hang", "cut", "down"],
  answer: ["other-person"],
  outcome: ["decline", "settle-late", "reversal"],
  callback: [
    "callback-dropped",
    "callback-duplicated",
    "callback-late",
    "callback-reordered",
    "callback-forged",
    "callback-other-amount",
  ],
} as const satisfies Record<Point, readonly Behaviour["kind"][]>;

/** The behaviour for what happens now: the oldest fitting `next` (and it is used up), else the `always` one. */
export function take(
  current: Instructions,
  standIn: StandIn,
  kinds: readonly Behaviour["kind"][],
): { readonly behaviour: Behaviour | undefined; readonly left: Instructions } {
  const fits = (one: Instruction) => one.standIn === standIn && kinds.includes(one.behaviour.kind);
  const next = current.findIndex((one) => one.scope === "next" && fits(one));
  if (next >= 0) {
    return { behaviour: current[next]?.behaviour, left: current.filter((_, index) => index !== next) };
  }
  return { behaviour: current.find((one) => one.scope === "always" && fits(one))?.behaviour, left: current };
}

const LONGEST_MS = 600_000;
const MOST_COPIES = 100;

/** Reads an instruction from a form or from JSON; gives the name of the field that is wrong. */
export function readInstruction(body: Readonly<Record<string, unknown>>): Instruction | { readonly wrong: string } {
  const standIn = STAND_INS.find((one) => one === body.standIn);
  if (!standIn) return { wrong: "standIn" };
  const kind = BEHAVIOUR_KINDS.find((one) => one === body.behaviour);
  if (!kind) return { wrong: "behaviour" };
  const scope = body.scope === "always" ? "always" : body.scope === undefined || body.scope === "next" ? "next" : null;
  if (!scope) return { wrong: "scope" };
  const behaviour = readBehaviour(kind, body);
  return "wrong" in behaviour ? behaviour : { standIn, behaviour, scope };
}

function readBehaviour(
  kind: Behaviour["kind"],
  body: Readonly<Record<string, unknown>>,
): Behaviour | { readonly wrong: string } {
  switch (kind) {
    case "decline": {
      const code = String(body.code ?? "");
      return /^-?\d{1,4}$/.test(code) ? { kind, code } : { wrong: "code" };
    }
    case "slow":
    case "settle-late":
    case "reversal":
    case "callback-reordered":
    case "callback-late": {
      const ms = Number(body.ms === undefined || body.ms === "" ? 5000 : body.ms);
      return Number.isInteger(ms) && ms >= 0 && ms <= LONGEST_MS ? { kind, ms } : { wrong: "ms" };
    }
    case "callback-duplicated": {
      const times = Number(body.times === undefined || body.times === "" ? 2 : body.times);
      return Number.isInteger(times) && times >= 2 && times <= MOST_COPIES ? { kind, times } : { wrong: "times" };
    }
    case "callback-forged":
    case "callback-other-amount":
      return { kind, thenTrue: body.thenTrue === true || body.thenTrue === "true" };
    default:
      return { kind };
  }
}
