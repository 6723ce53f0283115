import { type Database, statement } from "#kit/db.ts";
import type { Officer } from "#province/officers/index.ts";

const audit = statement<unknown, [actor: string, action: string, subject: string, detail: string]>(
  "handling.audit",
  "select audit_put($1, $2, $3, $4::jsonb)",
);

/** Every reading of a person's papers leaves a trace: who, what, when; nothing of the content. */
export async function noteReading(
  database: Database,
  officer: Officer,
  what: {
    readonly action: "dossier.read" | "file.read";
    readonly subject: string;
    readonly detail?: Readonly<Record<string, string>>;
  },
): Promise<void> {
  await database
    .forTenant(officer.tenant)
    .run(audit, [`officer:${officer.id}`, what.action, what.subject, JSON.stringify(what.detail ?? {})]);
}
