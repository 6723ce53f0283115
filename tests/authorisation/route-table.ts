/**
 * Who may call what, route by route. A route that is mounted and not named here makes the test fail: whoever adds one
 * says here whose it is. `:id` and the like are filled from the owner's things.
 */
import type { OfficerRole } from "#province/officers/index.ts";
import type { Things } from "./place.ts";

export type Rule =
  /** Anybody, signed in or not; shows nothing of anybody. */
  | { readonly for: "everybody" }
  /** Programs that bring a signature or a password: without it nothing changes. */
  | { readonly for: "program" }
  /** Whoever is signed in, about themselves. */
  | { readonly for: "person" }
  /** The owner of the thing in the address; to others it does not exist. */
  | { readonly for: "owner" }
  /** Officers of these roles in whose unit the dossier lies. */
  | { readonly for: "officers"; readonly roles: readonly OfficerRole[] }
  /** Officers of these roles, each about their own units. */
  | { readonly for: "roles"; readonly roles: readonly OfficerRole[] }
  /** Any officer, about their own work. */
  | { readonly for: "officer" };

export interface Row {
  readonly rule: Rule;
  /** The address with the owner's things in it. */
  readonly at?: (things: Things) => string;
  /** Posted values that are understood and change nothing. */
  readonly form?: Readonly<Record<string, string>>;
  readonly multipart?: true;
  /** The form speaks of more than the table knows: only refusals are judged. */
  readonly needsMore?: true;
}

export type RouteTable = Readonly<Record<string, Row>>;

export const everybody: Row = { rule: { for: "everybody" } };
export const person: Row = { rule: { for: "person" } };
export const program: Row = { rule: { for: "program" } };
export const own = (at: (things: Things) => string, more: Partial<Row> = {}): Row => ({
  rule: { for: "owner" },
  at,
  ...more,
});

/** What every site has. */
export const SITE: RouteTable = {
  "GET /healthz": everybody,
  "GET /readyz": everybody,
  "GET /theme.css": everybody,
  "GET /assets/*": everybody,
  "GET /favicon.ico": everybody,
  "GET /robots.txt": everybody,
};
