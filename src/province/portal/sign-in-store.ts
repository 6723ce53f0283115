import { type Db, statement } from "#kit/db.ts";

const audit = statement<unknown, [actor: string, action: string, subject: string]>(
  "portal.audit-sign-in",
  "select audit_put($1, $2, $3, '{}')",
);

/** `db` is the tenant's: the row says which province. */
export async function auditSignIn(
  db: Db,
  sub: string,
  action: "portal.signed-in" | "portal.signed-out",
): Promise<void> {
  await db.one(audit, [`citizen:${sub}`, action, `person:${sub}`]);
}
