/**
 * What was typed when a session had ended: kept sealed in the (new, anonymous) session until the person has signed in
 * again, then written to the draft. Nothing of it can be read from the database without the building's key.
 */
import { openJson, sealJson } from "#kit/crypto.ts";
import type { Session } from "#kit/http/index.ts";
import type { PostBody } from "#province/forms/index.ts";

const KEY = "filing.stash";
const PURPOSE = "filing-stash";
const LIFE_MS = 30 * 60_000;
/** A page of a form is a few kilobytes, sealed half as much again; more is not a person’s, and anybody may send it. */
const LIMIT = 60_000;

export interface Stash {
  readonly dossierId: string;
  readonly page: string;
  readonly body: PostBody;
  readonly at: number;
}

export function keepStash(session: Session, secret: string, stash: Stash): void {
  const sealed = sealJson(secret, PURPOSE, stash);
  if (sealed.length <= LIMIT) session.set(KEY, sealed);
}

/** The stash for this dossier, once; undefined when there is none or it is too old. */
export function takeStash(session: Session, secret: string, dossierId: string, now: Date): Stash | undefined {
  const sealed = session.get<string>(KEY);
  if (!sealed) return undefined;
  const stash = openJson(secret, PURPOSE, sealed) as Stash | undefined;
  if (!stash || now.getTime() - stash.at > LIFE_MS) {
    session.delete(KEY);
    return undefined;
  }
  // Another dossier's page may be opened first: the stash waits for its own.
  if (stash.dossierId !== dossierId) return undefined;
  session.delete(KEY);
  return stash;
}
