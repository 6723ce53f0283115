/** A person's own sessions: seen, and ended from any of them. */
import type { Db } from "#kit/db.ts";
import { isId } from "#kit/ids.ts";
import { endOtherSessions, endSession, listSessions, type SessionRow } from "./sign-in-store.ts";
import type { SignedIn } from "./signed-in.ts";

/** The newest twenty. */
export function listOwnSessions(db: Db, person: SignedIn): Promise<SessionRow[]> {
  return listSessions(db, person.account.id);
}

/** Ends one other session by its id, or all `others`. Answers how many ended; another person's is none of them. */
export async function endOwnSessions(db: Db, person: SignedIn, which: string): Promise<number> {
  if (which === "others") return endOtherSessions(db, person.account.id, person.sessionId, "ended-elsewhere");
  if (!isId(which) || which === person.sessionId) return 0;
  return endSession(db, person.account.id, which, "ended-elsewhere");
}
