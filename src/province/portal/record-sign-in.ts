import type { Db } from "#kit/db.ts";
import { auditSignIn } from "./sign-in-store.ts";

/** Writes into the province's audit who came and went; `db` is the tenant's. The TechID says who, nothing else is kept. */
export function recordSignIn(db: Db, sub: string, action: "portal.signed-in" | "portal.signed-out"): Promise<void> {
  return auditSignIn(db, sub, action);
}
