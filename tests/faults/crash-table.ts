/**
 * Where a process may kill itself while money moves: every named point of the payment × each process that can reach it ×
 * each provider for which the point exists. `ofEach`: once for every one of these providers.
 */
import type { Role } from "./payment-street.ts";

export const PROVIDERS = ["momo", "vnpay", "zalopay", "vnpt-pay", "vietqr"] as const;
export type Provider = (typeof PROVIDERS)[number];

/** Those that call back. VietQR has nobody who calls: the worker reads the bank's statement. */
export const CALLING = ["momo", "vnpay", "zalopay", "vnpt-pay"] as const satisfies readonly Provider[];
/** Those that give money back by a message. At the others an operator transfers by hand. */
export const REFUNDING = ["momo", "vnpay", "zalopay"] as const satisfies readonly Provider[];

/** Those at which it is a person's transfer. */
export const BY_HAND = ["vnpt-pay", "vietqr"] as const satisfies readonly Provider[];

export interface Row {
  readonly role: Role;
  readonly at: string;
  readonly what: string;
  readonly ofEach?: readonly Provider[];
}

/** The payer is on the way to the provider. */
export const STARTED: readonly Row[] = [
  {
    role: "national-web",
    at: "F1",
    what: "the attempt is committed and the provider has not been called",
    ofEach: PROVIDERS,
  },
  {
    role: "national-web",
    at: "F2",
    what: "the provider has taken the order and the hub has not stored its page",
    ofEach: PROVIDERS,
  },
  {
    role: "national-web",
    at: "F3",
    what: "the page is stored and the browser has not been sent there",
    ofEach: PROVIDERS,
  },
  { role: "province-web", at: "F1-province", what: "the province has written its request and not called the hub" },
  {
    role: "province-web",
    at: "F2-province",
    what: "the hub has opened the order and the province has not stored its page",
  },
];

/** Told by callback, statement and CONFIRM. */
export const TOLD: readonly Row[] = [
  { role: "national-web", at: "F4", what: "the callback was believed and nothing is written", ofEach: CALLING },
  { role: "national-web", at: "F6", what: "the settlement is committed and nobody has heard of it", ofEach: CALLING },
  {
    role: "national-web",
    at: "F7",
    what: "everything is committed and the provider has not been answered",
    ofEach: CALLING,
  },
  {
    role: "national-worker",
    at: "F4",
    what: "the bank's line was believed and nothing is written",
    ofEach: ["vietqr"],
  },
  {
    role: "national-worker",
    at: "F6",
    what: "the settlement is committed and the line is not marked as read",
    ofEach: ["vietqr"],
  },
  { role: "national-worker", at: "F8", what: "the job is claimed and the province has not been told" },
  { role: "national-worker", at: "F9", what: "the province has settled and the job is not marked done" },
  { role: "province-web", at: "F4-province", what: "CONFIRM was believed and nothing is written" },
  { role: "province-web", at: "F6-province", what: "the province has settled and the hub has not been answered" },
  { role: "province-web", at: "F7-province", what: "everything is committed and the hub has not been answered" },
];

/** Nobody tells: callbacks are dropped and the province's door is shut; the workers must ask. */
export const ASKED: readonly Row[] = [
  {
    role: "national-worker",
    at: "F4",
    what: "the provider's answer was believed and nothing is written",
    ofEach: CALLING,
  },
  {
    role: "national-worker",
    at: "F6",
    what: "the settlement is committed and the sweep has not heard of it",
    ofEach: CALLING,
  },
  { role: "province-worker", at: "F4-province", what: "the hub's answer was believed and nothing is written" },
  { role: "province-worker", at: "F6-province", what: "the province has settled and the sweep has not heard of it" },
];

/** The payer is back before anybody tells: the page asks the provider. */
export const SEEN: readonly Row[] = [
  {
    role: "national-web",
    at: "F4",
    what: "the provider's answer was believed and nothing is written",
    ofEach: PROVIDERS,
  },
  {
    role: "national-web",
    at: "F6",
    what: "the settlement is committed and the payer has not seen it",
    ofEach: PROVIDERS,
  },
];

/** Money on its way back. */
export const RETURNED: readonly Row[] = [
  {
    role: "national-worker",
    at: "F10",
    what: "the refund is written down as sending and the provider has not been told",
    ofEach: REFUNDING,
  },
  {
    role: "national-worker",
    at: "F11",
    what: "the provider has given the money back and nothing is written",
    ofEach: REFUNDING,
  },
];

/** An agency asks the hub for a payment back (REFUND), and asks until it knows. */
export const WISHED: readonly Row[] = [
  { role: "province-worker", at: "R1", what: "the refund is approved and claimed, the hub has not been asked" },
  { role: "national-web", at: "R2", what: "the hub has stored the request and not answered" },
  { role: "province-worker", at: "R3", what: "the hub has answered and nothing is written" },
];

/** An operator's second word on a line of the statement. */
export const DECIDED: readonly Row[] = [
  { role: "national-web", at: "R4", what: "the line is decided and booked, the browser has not been told" },
];

/** A bank takes a payment back and the agency is told (DISPUTE). */
export const TAKEN_BACK: readonly Row[] = [
  { role: "province-web", at: "R5", what: "the province has written it down and not answered the hub" },
  { role: "national-worker", at: "R6", what: "the agency knows and the job is not marked done" },
];

export interface Point extends Row {
  /** As `CRASH_AT` takes it: "F4@momo". */
  readonly name: string;
  readonly of?: Provider;
}

export function pointsOf(rows: readonly Row[]): Point[] {
  return rows.flatMap((row) =>
    row.ofEach
      ? row.ofEach.map((of): Point => ({ ...row, of, name: `${row.at}@${of}` }))
      : [{ ...row, name: row.at } as Point],
  );
}
