import { type Db, statement } from "#kit/db.ts";

const audit = statement<unknown, [actor: string, action: string, subject: string, detail: string]>(
  "handling.audit",
  "select audit_put($1, $2, $3, $4::jsonb)",
);

export async function putAudit(db: Db, actor: string, action: string, subject: string, detail: object): Promise<void> {
  await db.run(audit, [actor, action, subject, JSON.stringify(detail)]);
}
