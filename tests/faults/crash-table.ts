/**
 * Where a process may kill itself while money moves: every named point of the payment, in each process that can reach it.
 * Points of one round stand in different processes, so that each hits whoever comes there first.
 */
import type { Role } from "./payment-street.ts";

export interface Armed {
  readonly role: Role;
  readonly at: string;
  readonly what: string;
}

export interface Round {
  readonly armed: readonly Armed[];
  /** Killed before anybody pays and started again at the end: so that the other way to learn of a payment must work. */
  readonly dead?: readonly Role[];
}

/** Told by callback and CONFIRM: the web processes do the work. */
export const TOLD: readonly Round[] = [
  {
    armed: [
      { role: "national-web", at: "F1", what: "the attempt is committed and the provider has not been called" },
      { role: "national-worker", at: "F8", what: "the job is claimed and the province has not been told" },
      { role: "province-web", at: "F1-province", what: "the province has written its request and not called the hub" },
    ],
  },
  {
    armed: [
      { role: "national-web", at: "F2", what: "the wallet has taken the order and the hub has not stored its page" },
      { role: "national-worker", at: "F9", what: "the province has settled and the job is not marked done" },
      {
        role: "province-web",
        at: "F2-province",
        what: "the hub has opened the order and the province has not stored its page",
      },
    ],
  },
  {
    armed: [
      { role: "national-web", at: "F3", what: "the page is stored and the browser has not been sent there" },
      { role: "province-web", at: "F4-province", what: "CONFIRM was believed and nothing is written" },
    ],
  },
  {
    armed: [
      { role: "national-web", at: "F4", what: "the callback was believed and nothing is written" },
      { role: "province-web", at: "F6-province", what: "the province has settled and the hub has not been answered" },
    ],
  },
  {
    armed: [
      { role: "national-web", at: "F6", what: "the settlement is committed and nobody has heard of it" },
      { role: "province-web", at: "F7-province", what: "everything is committed and the hub has not been answered" },
    ],
  },
  {
    armed: [{ role: "national-web", at: "F7", what: "everything is committed and the provider has not been answered" }],
  },
];

/** Nobody tells: callbacks are dropped and the province's door is shut; the workers must ask. */
export const ASKED: readonly Round[] = [
  {
    dead: ["province-web"],
    armed: [
      { role: "national-worker", at: "F4", what: "the provider's answer was believed and nothing is written" },
      { role: "province-worker", at: "F4-province", what: "the hub's answer was believed and nothing is written" },
    ],
  },
  {
    dead: ["province-web"],
    armed: [
      { role: "national-worker", at: "F6", what: "the settlement is committed and the sweep has not heard of it" },
      {
        role: "province-worker",
        at: "F6-province",
        what: "the province has settled and the sweep has not heard of it",
      },
    ],
  },
];
